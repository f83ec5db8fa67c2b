"""The spreadsheets: the list as a workbook, the template, and what an uploaded one holds."""

from collections.abc import Iterable

from santai.exchange.items.adapters.workbook import Options, build, read_book
from santai.exchange.items.messages import ReadBook
from santai.exchange.items.models import ItemDraft, ItemVersion
from santai.exchange.items.queries.drafts import options_of, sheet_of_version


def read_upload(data: bytes) -> ReadBook:
    """Every item of an uploaded workbook and every cell that is wrong."""
    return read_book(data, _remembered())


def template() -> bytes:
    """An empty workbook to fill in, with its choices and an explanation of every column."""
    return build((), _remembered())


def book_of(versions: Iterable[ItemVersion]) -> bytes:
    """These versions as a workbook; what is read back from it is the same list."""
    return build((sheet_of_version(row) for row in versions), _remembered())


def book_of_draft(draft: ItemDraft) -> bytes:
    return build((draft.sheet,), _remembered())


def _remembered() -> Options:
    known: dict[str, dict[str, str]] = {}

    def options(source: str) -> dict[str, str]:
        if source not in known:
            known[source] = options_of(source) if source else {}
        return known[source]

    return options
