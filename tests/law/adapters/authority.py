"""Who may file for a firm (chapter identity): the gate every application passes in front/hall, over kernel/identity's authority."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from santai.exchange.contracts.service import ItemDefinition, Party
from santai.front.hall.actions.start_draft import right_to_apply
from santai.kernel.identity.models import Account, Authorisation
from santai.kernel.identity.service import AuthorisationExpired, AuthorisationMissing, AuthorisationNotYet, AuthorisationTooNarrow
from santai.kernel.ledger.service import ActRefused
from tests.law.table import Row

PLACE = "申请资格"
DATABASE = True
DISPUTED: Mapping[str, str] = {}

CITY = ZoneInfo("Asia/Shanghai")
FIRM = Party(kind="organisation", code_kind="credit-code", code="91189901MA0000001X", name="企业甲")
ITEM = ItemDefinition(code="同一事项", basic_code="000114025000", version=1, name="本行的事项", holder_kinds=("person", "organisation"))
REFUSALS: Mapping[str, type[ActRefused]] = {
    "authority_expired": AuthorisationExpired,
    "authority_not_begun": AuthorisationNotYet,
    "authority_missing": AuthorisationMissing,
    "out_of_scope": AuthorisationTooNarrow,
}


def supports(row: Row) -> bool:
    """Only what the gate turns away: what becomes of a case let in is not its to say."""
    if row.acts != ("receive",) or row.item or row.expect.get("refused") not in REFUSALS or row.expect.keys() != {"refused", "unchanged"}:
        return False
    event = row.events[0]
    return event["channel"] == "线上" and event["materials"] == "齐全" and "by" in event and row.given.keys() <= {"authority", "applicant"}


def run(row: Row) -> None:
    event = row.events[0]
    somebody = Account.objects.create(login="grantee", name=event["by"])
    if given := row.given.get("authority"):
        Authorisation.objects.create(
            grantor_code=FIRM.code, grantor_name=given["grantor"], grantee=somebody, items=given["scope"], evidence="授权书",
            valid_from=date.fromisoformat(given["from"]), valid_to=date.fromisoformat(given["to"]),
        )  # fmt: skip
    at = datetime.fromisoformat(event["at"]).replace(tzinfo=CITY)
    try:
        right_to_apply(account=somebody, party=FIRM, item=ITEM, at=at)
    except REFUSALS[row.expect["refused"]]:
        return
    raise AssertionError("the gate let it in")
