"""The base of all settings: safe for production. `local`, `demo` and `test` loosen it, each in its own file."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from config import env

PROJECT = env.PROJECT
ENVIRONMENT = env.read(os.environ)
if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production"):
    env.require(
        SECRET_KEY=ENVIRONMENT.secret_key,
        ALLOWED_HOSTS=ENVIRONMENT.allowed_hosts,
        SITE_URL=ENVIRONMENT.site_url,
    )

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
DATA_DIR = ENVIRONMENT.data_dir
SITE_URL = ENVIRONMENT.site_url

INSTALLED_APPS = [
    "home",
    "api",
    "search",
    "cases",
    "accounts",
    "core",
    "wagtail.contrib.typed_table_block",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.delivery.Compression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.delivery.ContentPolicy",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.delivery.Revalidation",
    "core.text_only.TextOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.WithdrawnMiddleware",
    "core.access.guard.AccessGuard",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("ru", _("Russian")),
    ("zh-hans", _("Chinese (simplified)")),
    ("da", _("Danish")),
    ("pt", _("Portuguese")),
]
LOCALE_PATHS = [PROJECT / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PROJECT / "static"]
# Uploaded files are never in a public folder: they leave only through core.files.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/files/"
STORAGES = {
    "default": {"BACKEND": "core.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SENDFILE_BACKEND = f"django_sendfile.backends.{ENVIRONMENT.sendfile}"
SENDFILE_ROOT = MEDIA_ROOT
SENDFILE_URL = "/protected-files/"

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Without a worker, a thread of the process that took the request does background jobs.
JOBS_IN_THREAD = True
EMAIL_CONFIG = ENVIRONMENT.email
globals().update({key: value for key, value in EMAIL_CONFIG.items() if key.startswith("EMAIL_")})
EMAIL_TIMEOUT = 10  # a server that does not answer holds nobody up: the mail waits in the outbox
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    ENVIRONMENT.mail_from or f"Collaborative on Citizen Data <noreply@{urlsplit(SITE_URL).hostname or 'localhost'}>"
)

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "SAMEORIGIN"
# Names and form are Django 6's own: see core.delivery.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
}
# Wagtail writes styles and small scripts into its pages, and shows pictures that were chosen but not sent yet.
SECURE_CSP_ADMIN = {
    **SECURE_CSP,
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}

# The page that shows every part of the look; elsewhere it is for those who may enter the admin.
SHOW_COMPONENTS = False

WAGTAIL_SITE_NAME = "Citizen data case repository"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# The address is the login and where links of power are mailed: it changes once a link sent to the new one was opened.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "accounts.signing_in.SignInForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "accounts.signing_in.PasswordResetForm"  # noqa: S105 - the name of a form
# Else the editor of links would look up whatever address is typed, and name the page that is there by its draft title.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False  # what is published again for another reason ends no review of a newer draft
WAGTAIL_FINISH_WORKFLOW_ACTION = "cases.workflow.finish.publish_approved"
MODERATION_STEP_DAYS = 14
MODERATION_REMIND_DAYS = 3  # before a step is due
MODERATION_CLAIM_DAYS = 7  # after which others may take over
WAGTAIL_AUTOSAVE_INTERVAL = 2000  # of silence, in milliseconds, before a draft is saved by itself
WAGTAILADMIN_PERMITTED_LANGUAGES = [(code, name) for code, name in LANGUAGES if code not in {"da", "pt"}]
WAGTAILIMAGES_IMAGE_MODEL = "core.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "core.File"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "json", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
TAGGIT_CASE_INSENSITIVE = True

SEARCH_ENGINE = ENVIRONMENT.search_engine
ELASTICSEARCH = ENVIRONMENT.elasticsearch
if SEARCH_ENGINE == "elasticsearch":
    env.require(ELASTICSEARCH_URL=ELASTICSEARCH.urls)

# How long an editor may undo a mistaken withdrawal in one go, and after how many months an entry is due for review.
WITHDRAWAL_UNDO_DAYS = 30
REVIEW_MONTHS = 24
# Where the quick exit of cases that tell of violence leads: a page that many people open, about nothing in particular.
QUICK_EXIT_URL = ENVIRONMENT.quick_exit_url
# Seconds until a process writes the failed searches that it has counted; None: never by itself.
FAILED_SEARCHES_WRITTEN_AFTER: int | None = 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    # Every task and every request to a cluster announces itself; only what goes wrong is news.
    "loggers": {"django_tasks": {"level": "WARNING"}, "elastic_transport": {"level": "WARNING"}},
}
