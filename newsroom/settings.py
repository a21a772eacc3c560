"""Settings, all from the environment; the names are listed in the README.

A local run keeps its secret key in ``var/local.env``; the real environment wins over that file.
"""

from decimal import Decimal
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from newsroom import local

BASE_DIR = local.BASE_DIR
VAR_DIR = local.VAR_DIR

env = Env()
env.read_env(str(local.LOCAL_ENV), recurse=False)

SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
if missing := [name for name in ("SECRET_KEY", "ALLOWED_HOSTS") if not env.str(name, "")]:
    raise ImproperlyConfigured(
        f"{' and '.join(missing)} not set: set it in the environment, or run `make run` once, "
        f"which writes {local.LOCAL_ENV} for a local site."
    )

DEBUG = env.bool("DEBUG", False)

# The site as its readers know it
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = env.str("SITE_NAME", "Newsroom")
# Off, the service worker of earlier visits removes itself and what it kept
OFFLINE_READING = env.bool("OFFLINE_READING", True)
EDITORS_EMAIL = env.str("EDITORS_EMAIL", "")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "")
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True

# The site speaks one language: that of its templates, or one that has a catalogue
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en").lower()
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
SPOKEN = {"en", *(path.parts[-3].lower() for path in LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.mo"))}
if not {LANGUAGE_CODE.replace("-", "_"), LANGUAGE_CODE.partition("-")[0]} & SPOKEN:
    raise ImproperlyConfigured(
        f"LANGUAGE_CODE is {LANGUAGE_CODE!r}, which has no catalogue: set one of {', '.join(sorted(SPOKEN))}, or "
        "translate the interface (README, “House style”)."
    )

INSTALLED_APPS = [
    "django_tasks_db",
    "articles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "articles.web.headers.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.web.site.site",
                "articles.reading.settings.reading_settings",
            ],
        },
    }
]

# Database: SQLite writes ahead (readers never wait) and takes the write lock when a transaction starts, so that
# two writers queue instead of failing half-way.
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# What is counted for the limits below is kept here, so several server processes need a cache that they share;
# granian reads the same variable.
CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 50_000}
SERVER_PROCESSES = env.int("GRANIAN_WORKERS", 1)

# How much readers may send in an hour, from one network and about one story, 0 for no limit; and the seconds that
# nobody fills a form in faster than
SENT_PER_NETWORK = env.int("SENT_PER_NETWORK", 10)
SENT_PER_STORY = env.int("SENT_PER_STORY", 60)
FORM_MIN_SECONDS = env.int("FORM_MIN_SECONDS", 3)

# Published pages are kept in each process's memory; who may read the figures, by network
PAGES_MEMORY_MB = env.int("PAGES_MEMORY_MB", 32)
METRICS_ALLOW: list[str] = env.list("METRICS_ALLOW", ["127.0.0.0/8", "::1"])

# The queue of the outbox: rows of the database above, which `manage.py work` runs
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mails"]}}

# Static files: hashed names, compressed once when they are collected
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Mail: without EMAIL_URL nothing is sent and no reader is asked for an address
EMAIL_IS_SET_UP = bool(env.str("EMAIL_URL", ""))
if EMAIL_IS_SET_UP:
    for name, value in env.dj_email_url("EMAIL_URL").items():
        globals()[name] = value
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = EDITORS_EMAIL or f"newsroom@{urlsplit(SITE_URL).hostname}"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# TLS: an https SITE_URL turns on everything that needs it; a plain local run needs none of it
IS_TLS = SITE_URL.startswith("https://")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IS_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_TLS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_TLS
SESSION_COOKIE_NAME = "editor"
X_FRAME_OPTIONS = "DENY"
# Whether sibling host names speak TLS is for the owner of the domain to say, not for this site.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Feeds and pages are fetched from public addresses; these host:port pairs are exempt, for tests
FETCH_ALLOW: list[str] = env.list("FETCH_ALLOW", [])

# Drafts by a server that speaks OpenAI's protocol; without an address the site drafts by its own method. Times are
# in seconds, prices per million tokens, and ceilings per day; a ceiling on money of 0 is none.
DRAFTING_BASE_URL = env.str("DRAFTING_BASE_URL", "").strip()
DRAFTING_API_KEY = env.str("DRAFTING_API_KEY", "").strip()
DRAFTING_MODEL = env.str("DRAFTING_MODEL", "").strip() or "default"
DRAFTING_TIMEOUT = env.float("DRAFTING_TIMEOUT", 60.0)
DRAFTING_MAX_TOKENS = env.int("DRAFTING_MAX_TOKENS", 12_000)
DRAFTING_DAILY_TOKENS = env.int("DRAFTING_DAILY_TOKENS", 500_000)
DRAFTING_PRICE_IN = env.decimal("DRAFTING_PRICE_IN", Decimal(0))
DRAFTING_PRICE_OUT = env.decimal("DRAFTING_PRICE_OUT", Decimal(0))
DRAFTING_DAILY_COST = env.decimal("DRAFTING_DAILY_COST", Decimal(0))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"propagate": True},
        # What it can't read in a page, the import reports with its file.
        "trafilatura": {"level": "CRITICAL"},
    },
}
