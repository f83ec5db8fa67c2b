"""Values that cross the door of licences."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The answer to "is this licence genuine?" in plain values; the page words it in the reader's language.

    ``outcome``: ``valid`` · ``not_valid`` (exists, but suspended, revoked, expired …) · ``altered`` (the file is not what was issued) ·
    ``superseded`` (a newer version exists) · ``unknown`` · ``being_made``.
    """

    outcome: str
    title: str = ""
    title_en: str = ""
    number: str = ""
    identifier: str = ""
    holder_name: str = ""
    holder_code: str = ""  # masked
    organisation_name: str = ""
    issued_on: str = ""
    valid_from: str = ""
    valid_to: str = ""  # empty: 长期
    state: str = ""
    state_name: str = ""
    state_reason: str = ""
    state_changed_on: str = ""
    version: int = 0
    token: str = ""
    newer_token: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()  # label, English label, value
    file_checked: bool = False
    seal_signer: str = ""
    seal_at: str = ""
    problems: tuple[str, ...] = field(default=())
    demonstration: bool = False
