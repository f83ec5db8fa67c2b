"""Some tests here look at pages in a real browser; the fixtures are in tests/support/browser.py."""

from tests.support.browser import browser, page, phone, visitor

__all__ = ["browser", "page", "phone", "visitor"]
