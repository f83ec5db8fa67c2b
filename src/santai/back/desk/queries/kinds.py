"""Where a case of another kind than an approval is shown: its room says so when the application starts."""

KINDS: dict[str, str] = {}


class ShownElsewhere(Exception):
    """The case is of a kind that has a page of its own; ``page`` is the name of its address."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


def register_kind(kind: str, page: str) -> None:
    """Cases of ``kind`` open on ``page``, the name of an address that takes the case number."""
    KINDS[kind] = page


def shown_here(kind: str) -> None:
    """ShownElsewhere for a kind with a page of its own."""
    if kind in KINDS:
        raise ShownElsewhere(KINDS[kind])
