"""Journeys walk in a real browser through a city of their own; the fixtures are in tests/support/."""

from tests.support.browser import browser, page, phone, visitor
from tests.support.fresh_city import _django_db_helper, prepared_city

__all__ = ["_django_db_helper", "browser", "page", "phone", "prepared_city", "visitor"]
