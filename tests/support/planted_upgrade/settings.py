"""A new version of the program whose second migration fails: production with this folder as one more application."""

from santai.config.settings.production import *  # noqa: F403
from santai.config.settings.production import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.planted_upgrade"]
