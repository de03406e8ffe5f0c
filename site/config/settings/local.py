"""Settings for a developer's machine: plain HTTP, debug pages, a secret of its own."""

from config.settings.production import *
from config.settings.production import DATA_DIR, ENVIRONMENT
from config.local_secret import local_secret

DEBUG = True
SHOW_COMPONENTS = True
SECRET_KEY = local_secret(DATA_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SITE_URL = WAGTAILADMIN_BASE_URL = ENVIRONMENT.site_url or "http://127.0.0.1:8000"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
STORAGES = {
    "default": {"BACKEND": "core.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
