"""What the catalogue keeps: published versions, 基本目录, drafts on their way, 权责清单, enquiry services."""

from santai.exchange.items.models.basic import BasicItem, Power
from santai.exchange.items.models.draft import DraftOpinion, ItemDraft
from santai.exchange.items.models.version import STATES, ItemVersion

__all__ = ["STATES", "BasicItem", "DraftOpinion", "ItemDraft", "ItemVersion", "Power"]
