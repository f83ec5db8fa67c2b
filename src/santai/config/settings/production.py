"""A city that serves the public: secrets must come from outside and cookies travel over TLS only."""

import os

from django.core.exceptions import ImproperlyConfigured

from santai.config.settings.defaults import *  # noqa: F403
from santai.config.settings.defaults import DATABASES, PUBLIC_ADDRESS, SECRET_KEY

if not SECRET_KEY:
    raise ImproperlyConfigured("SANTAI_SECRET_KEY is not set: run `santai init`, which writes one into the city's settings file.")
if not DATABASES:
    raise ImproperlyConfigured("DATABASE_URL is not set: `santai up` sets it for the embedded PostgreSQL; otherwise name your server.")

DEBUG = False
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
if PUBLIC_ADDRESS.startswith("https://"):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = int(os.environ.get("SANTAI_HSTS", "31536000"))
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
