"""The WSGI entry that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "santai.config.settings.production")

application = get_wsgi_application()

# What was loaded stays for good, and a request makes thousands of short-lived objects: looking through them less often saves a tenth.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
