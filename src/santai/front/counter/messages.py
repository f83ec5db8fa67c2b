"""Values that cross the door of the window."""

from dataclasses import dataclass

IDENTIFIED_BY = {"card": "读卡核验", "document": "查看证件原件", "hall": "大厅人证核验"}
BY_AUTHORITY = "authorised"  # 帮办代办: the client is not here, the helper holds their paper
WAYS = {**IDENTIFIED_BY, BY_AUTHORITY: "持代办委托书（本人不在场）"}


@dataclass(frozen=True, kw_only=True)
class VisitEntry:
    """What the clerk enters when a person steps up."""

    person_name: str = ""
    code_kind: str = "resident-id"
    code: str = ""
    phone: str = ""
    identified_by: str = "document"
    represents: str = "self"  # self, organisation, person
    party_kind: str = "resident-id"  # kind of the document, for a person acted for
    party_code: str = ""
    party_name: str = ""
    authority: str = ""
    consent: bool = False


@dataclass(frozen=True, kw_only=True)
class Collector:
    """Who collects a result, and by what right."""

    name: str = ""
    code_kind: str = "resident-id"
    code: str = ""
    relation: str = "self"
    authority: str = ""


@dataclass(frozen=True, kw_only=True)
class Late:
    """停机补录: the true time of receipt and the approved outage that covers it."""

    outage: str
    received_at: str  # local ISO time as entered
