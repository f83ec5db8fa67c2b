"""Pure rules of licences: states, numbers, what a verification says."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

VALID, SUSPENDED, WITHDRAWN, CANCELLED, EXPIRED, MOVED, REVOKED, OTHER = "01", "02", "03", "04", "05", "06", "07", "99"
# The codes of the construction ministry's e-licence specification (standards.md §4).
STATES: dict[str, str] = {
    VALID: "有效",
    SUSPENDED: "暂扣",
    WITHDRAWN: "撤销",
    CANCELLED: "注销",
    EXPIRED: "失效",
    MOVED: "转出",
    REVOKED: "吊销",
    OTHER: "其他",
}
# what the public reads of an act that has no code of its own, or a clearer word
ENDED: dict[str, str] = {"revoke": "已撤销", "recall": "已撤回", "cancel": "已注销", "lapse": "自行失效"}
ACT_STATES: dict[str, str] = {"revoke": WITHDRAWN, "recall": OTHER, "cancel": CANCELLED, "lapse": EXPIRED}
FROM_VALID = frozenset({SUSPENDED, WITHDRAWN, CANCELLED, EXPIRED, MOVED, REVOKED})
FROM_SUSPENDED = frozenset({VALID, WITHDRAWN, CANCELLED, REVOKED})
LONG_TERM = "长期"

_TOKEN = re.compile(r"[a-z0-9]{12,16}")


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One line on a licence: the value arrives under ``id`` or, from an item's mapping, under its ``label``."""

    id: str
    label: str
    label_en: str = ""
    required: bool = True
    public: bool = True  # shown by public verification
    masked: str = ""  # identifier kind for masking
    default: str = ""  # holder_name, holder_code or issued_on: taken from the licence itself when nothing arrived

    @staticmethod
    def of(data: dict[str, Any]) -> "FieldSpec":
        return FieldSpec(
            id=str(data["id"]),
            label=str(data["label"]),
            label_en=str(data.get("label_en", "")),
            required=data.get("required", True) in (True, "true"),
            public=data.get("public", True) in (True, "true"),
            masked=str(data.get("masked", "")),
            default=str(data.get("default", "")),
        )


def may_become(old: str, new: str) -> bool:
    return new in (FROM_VALID if old == VALID else FROM_SUSPENDED if old == SUSPENDED else frozenset())


def state_on(state: str, valid_to: date | None, on: date) -> str:
    """A valid licence whose last day lies before ``on`` is 失效 without anyone having to say so."""
    return EXPIRED if state == VALID and valid_to and valid_to < on else state


def may_end(act: str, *, state: str, ended_by: str, has_newer: bool) -> bool:
    """May a decided act end a licence in this state? Cancelling follows another end (行政许可法 70); a replaced version is beyond reach."""
    if has_newer or state == CANCELLED:
        return False
    return True if act == "cancel" else state in (VALID, SUSPENDED) and not ended_by


def values_for(specs: list[FieldSpec], given: dict[str, str], defaults: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Field id → value from what arrived by id or label; and the labels of required fields that are empty."""
    values = {spec.id: str(given.get(spec.id) or given.get(spec.label) or defaults.get(spec.default) or "").strip() for spec in specs}
    return values, [spec.label for spec in specs if spec.required and not values[spec.id]]


def number_from(pattern: str, *, values: dict[str, str], year: int, serial: int) -> str:
    """The licence number: ``{credit_code}`` takes a field's value, ``{year}`` and ``{serial}`` (with a format such as ``{serial:06d}``)."""
    return pattern.format_map({**values, "year": year, "serial": serial})


def needs_serial(pattern: str) -> bool:
    return "{serial" in pattern


def looks_like_token(text: str) -> bool:
    return bool(_TOKEN.fullmatch(text)) and not text.isdigit()
