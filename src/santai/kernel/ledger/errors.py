"""A refused act: the one base of all coded failures that a person may meet."""


class ActRefused(Exception):
    """An act that may not happen, with a stable code and a sentence for the person who tried.

    ``fields`` maps a field's path (``shareholders.0.amount``) to the message that belongs beside it. Rooms subclass this in their
    ``errors.py`` and set ``code`` (``back.cases.already_decided``) and ``message`` (Chinese, says what to do next).
    """

    code = "refused"
    message = "这项操作不能进行。"

    def __init__(self, message: str | None = None, *, fields: dict[str, str] | None = None, **facts: object) -> None:
        self.facts = facts
        self.fields = fields or {}
        self.message = message or self.message
        super().__init__(self.message)
