"""Pages of the catalogue: the list, drafts on their way, spreadsheets, 基本目录 and 权责清单."""

from santai.exchange.items.views.catalogue import compare, item, overview, version
from santai.exchange.items.views.drafting import begin, begin_change, changes, draft, drafts, edit, lint, move
from santai.exchange.items.views.lists import basic, claim, powers
from santai.exchange.items.views.sheets import export, export_one, import_sheet, template

__all__ = [
    "basic",
    "begin",
    "begin_change",
    "changes",
    "claim",
    "compare",
    "draft",
    "drafts",
    "edit",
    "export",
    "export_one",
    "import_sheet",
    "item",
    "lint",
    "move",
    "overview",
    "powers",
    "template",
    "version",
]
