"""Settings common to every way of running. What differs by machine comes from the environment (docs/operations.md)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from santai.config.zones import rooms_in, zone_of

ROOT = Path(__file__).resolve().parents[4]
VAR = Path(os.environ.get("SANTAI_VAR", ROOT / "var"))

ZONE = os.environ.get("SANTAI_ZONE", "all")
SPLIT_ZONES = ("front", "exchange", "back")  # the zones of a split city
ROOMS = rooms_in(ZONE)
ZONE_OF_ROOM = zone_of  # rooms ask the settings, for no room imports config
# name=address pairs of the zones this one speaks to, e.g. "exchange=http://127.0.0.1:8102"
ZONE_LINKS: dict[str, str] = dict(pair.split("=", 1) for pair in os.environ.get("SANTAI_LINKS", "").split(",") if pair)
ZONE_LINK_KEY = os.environ.get("SANTAI_LINK_KEY", "")
DEMO = os.environ.get("SANTAI_DEMO", "") == "1"
PACKS_DIR = Path(os.environ.get("SANTAI_PACKS", ROOT / "packs"))
FILES_DIR = Path(os.environ.get("SANTAI_FILES", VAR / "files"))
SECRETS_DIR = Path(os.environ.get("SANTAI_SECRETS", VAR / "secrets"))
# What `make assets` copied out of the npm lock file: scripts for the browser, and complete Chinese fonts for documents.
ASSETS_DIR = Path(os.environ.get("SANTAI_ASSETS", ROOT / "var" / "assets"))
FONTS_DIR = Path(os.environ.get("SANTAI_FONTS", ROOT / "var" / "assets-fonts"))
PUBLIC_ADDRESS = os.environ.get("SANTAI_ADDRESS", "http://127.0.0.1:8000")
# Where anybody verifies a licence, what its QR code opens: the exchange's address in a split city, this site's own otherwise.
VERIFY_ADDRESS = os.environ.get("SANTAI_VERIFY_ADDRESS", PUBLIC_ADDRESS).rstrip("/")

# Who takes payments (exchange/payments; docs/operations.md). Keys are PEM files. Without a gateway nobody can pay online.
PAYMENTS = {
    "gateway": os.environ.get("SANTAI_PAY_GATEWAY", ""),
    "app_id": os.environ.get("SANTAI_PAY_APP_ID", ""),
    "seller_id": os.environ.get("SANTAI_PAY_SELLER_ID", ""),
    "private_key": os.environ.get("SANTAI_PAY_PRIVATE_KEY", ""),
    "provider_key": os.environ.get("SANTAI_PAY_PROVIDER_KEY", ""),
    "title": os.environ.get("SANTAI_PAY_TITLE", ""),
}
PAYMENT_ORIGIN = "://".join(urlsplit(PAYMENTS["gateway"])[:2]) if PAYMENTS["gateway"] else ""


def database_from_url(url: str) -> dict[str, Any]:
    """A Django database entry from ``postgresql://user:password@host:port/name?host=/socket/dir``."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "santai",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "") or ""),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": int(os.environ.get("SANTAI_POOL", "10")), "timeout": 30},
            # The database keeps the plan of what a connection asks again and again; half its work for a case was planning small statements.
            "server_side_binding": True,
            "prepare_threshold": 2,
            **query,
        },
        "CONN_HEALTH_CHECKS": False,
    }


SECRET_KEY = os.environ.get("SANTAI_SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("SANTAI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
DATABASES = {"default": database_from_url(os.environ["DATABASE_URL"])} if "DATABASE_URL" in os.environ else {}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    *[f"santai.{room}" for room in ROOMS],
    *(["santai.config.demo"] if DEMO and ZONE == "all" else []),  # it looks into every wing
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "santai.kernel.web.middleware.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "santai.kernel.identity.middleware.acting_as",
]

ROOT_URLCONF = "santai.config.urls"
WSGI_APPLICATION = "santai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "santai.kernel.web.context.page",
            ],
            "builtins": ["santai.kernel.web.templatetags.santai"],
        },
    }
]

AUTH_USER_MODEL = "kernel_identity.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/kernel/identity/sign-in/"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [VAR / "locale"]  # compiled by kernel/web from every room's .po; binaries are not committed

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ASSETS_DIR] if ASSETS_DIR.is_dir() else []  # e.g. {% static "vendor/htmx.min.js" %}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_COOKIE_NAME = f"santai_{ZONE}"
CSRF_COOKIE_NAME = f"santai_csrf_{ZONE}"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'self'"],
        # the box on the home page asks the exchange; who pays is sent on to the provider
        "form-action": ["'self'", *([VERIFY_ADDRESS] if ZONE == "front" else []), *([PAYMENT_ORIGIN] if PAYMENT_ORIGIN else [])],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_BACKEND = os.environ.get("SANTAI_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
SMS_FILE = VAR / "sms.log"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SANTAI_LOG", "INFO")},
    "loggers": {"pikepdf": {"level": "WARNING"}},  # it greets on import
}
