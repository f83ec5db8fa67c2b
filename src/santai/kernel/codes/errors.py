"""A refused act, the one base of all coded failures that a person may meet; and what codes itself refuses.

The base lives in the lowest room because identifiers are refused too; everyone imports it from kernel/ledger's door.
"""


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


class InvalidIdentifier(ActRefused):
    """A number that cannot be what it claims to be. ``facts["kind"]`` says which kind was asked for, ``facts["finding"]`` what is
    wrong as a word that never changes (bad_length, bad_character, bad_check_digit, bad_date, wrong_type …)."""

    code = "kernel.codes.invalid_identifier"
    message = "号码不正确，请核对。"
