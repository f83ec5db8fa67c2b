"""The door of the item catalogue: published versions of service items, immutable, told to every desk that keeps a copy."""

from santai.exchange.items.actions.install_items import check_items, install_items
from santai.exchange.items.actions.publish_item import announce_again, publish_item, withdraw_item
from santai.exchange.items.errors import NotInForce, ReasonMissing, UnknownItem, VersionIsFixed
from santai.exchange.items.models import ItemVersion
from santai.exchange.items.queries import compare, definition_of, get_version, items_in_force, latest_versions, tables_of, versions_of

__all__ = [
    "ItemVersion",
    "NotInForce",
    "ReasonMissing",
    "UnknownItem",
    "VersionIsFixed",
    "announce_again",
    "check_items",
    "compare",
    "definition_of",
    "get_version",
    "install_items",
    "items_in_force",
    "latest_versions",
    "publish_item",
    "tables_of",
    "versions_of",
    "withdraw_item",
]
