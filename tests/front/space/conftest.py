"""A person and a firm with cases, drafts, documents, licences and messages, as the facts of the other desks would have made them."""

from tests.support.browser import browser, page, phone, visitor
from tests.support.own_things import city, things

__all__ = ["browser", "city", "page", "phone", "things", "visitor"]
