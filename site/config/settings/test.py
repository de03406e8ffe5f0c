"""Settings of the test suite: cheap hashing, memory mail, nothing kept between tests."""

import tempfile
from pathlib import Path

from config.settings.production import *
from config.settings.production import DATABASES

SECRET_KEY = "only-for-tests"  # noqa: S105 - signs nothing outside a test run
ALLOWED_HOSTS = ["*"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
# The folder goes when the process ends: each parallel worker has one of its own.
_data = tempfile.TemporaryDirectory(prefix="ccd-test-")
DATA_DIR = Path(_data.name)
# A connection kept open would stop PostgreSQL from dropping the test database.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Always level with a test's transaction; tests of an engine choose theirs.
SEARCH_ENGINE = "database"
# A thread would write into a later test; tests of it write themselves.
FAILED_SEARCHES_WRITTEN_AFTER = None
# A thread would not see what a test has not committed: tests run jobs by `core.jobs.run_waiting`.
JOBS_IN_THREAD = False
MEDIA_ROOT = SENDFILE_ROOT = DATA_DIR / "media"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEMO_ACCOUNTS = True
SHOW_COMPONENTS = True
STORAGES = {
    "default": {"BACKEND": "core.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
