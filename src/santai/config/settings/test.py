"""The test suite: an embedded PostgreSQL that tests/conftest.py starts, cheap hashing, mail in memory."""

import os

os.environ.setdefault("SANTAI_DEMO", "1")
os.environ.setdefault("SANTAI_SECRET_KEY", "only-for-tests")
os.environ.setdefault("SANTAI_LINK_KEY", "only-for-tests-links")
os.environ.setdefault("DATABASE_URL", "postgresql://santai@/santai?host=/nonexistent")  # replaced by tests/conftest.py

from santai.config.settings.defaults import *  # noqa: E402, F403
from santai.config.settings.defaults import DATABASES, ROOT  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["OPTIONS"].pop("pool", None)  # one connection a thread is what the test runner can clean up
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEST_VAR = ROOT / "var" / "test"
FAULTS_ALLOWED = True  # the control run of the kill tests may take the bus's protection away
SEAL_INLINE = True  # no worker runs beside the tests: licences are sealed before the answer
