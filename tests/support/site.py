"""Settings of the processes that fault tests, zone tests and benchmarks start: production, plus ``tests.support.acts`` over HTTP.

Every process names itself to PostgreSQL by its process id, so that a test can tell whose transactions are open when it kills one.
"""

import os

from santai.config.settings.production import *  # noqa: F403
from santai.config.settings.production import DATABASES, STORAGES

FAULTS_ALLOWED = True  # the control run may take the protection away
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ROOT_URLCONF = "tests.support.site_urls"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # nothing collected
DATABASES["default"]["OPTIONS"]["application_name"] = f"santai-{os.getpid()}"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # … and pages walked in a browser have their scripts all the same
