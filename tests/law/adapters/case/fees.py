"""Fees (chapter 21): what is charged, paid and paid back, through back/fees."""

from typing import Any

from santai.back.fees import service as fees
from santai.back.fees.models import Charge, Payback
from santai.exchange.contracts.service import DecisionTables, FeeDefinition, encode
from santai.front.hall import service as hall
from tests.law.adapters.case import trial as trials
from tests.law.adapters.case.acts import extra, paper
from tests.law.adapters.case.items import UNITS, limit, own_rule
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import DOCUMENTS, EXPECTS, ITEM_FIELDS, KINDS, Event, act, in_table, refusal
from tests.law.table import Row

RANKS = {"法律": "law", "行政法规": "regulation", "地方性法规": "local_regulation"}
FEE = "fee"  # code of the item's only published fee
BUSINESS = {"新办": "new", "补领": "reissue"}
FIRST_FREE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="工本费" namespace="urn:santai:decisions">
<decision id="law-fees" name="工本费"><decisionTable id="t" hitPolicy="COLLECT">
<input id="i" label="办理业务"><inputExpression typeRef="string"><text>situation.business</text></inputExpression></input>
<output id="o" name="fee" label="收费" typeRef="string"/>
<rule id="r"><inputEntry><text>"reissue"</text></inputEntry><outputEntry><text>"fee"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""

KINDS.setdefault("确认", {"nature": "confirmation", "act_type": "07", "process": "registration"})


@in_table(ITEM_FIELDS, "fee")
def _fee(terms: dict[str, Any], value: dict[str, Any], row: Row) -> None:
    """A published fee; of one that the first applicant does not pay, the item's fee table says so."""
    name = next((event["for"] for event in row.events if event["act"] == "charge"), "费用")
    basis = f"本行的依据（{value['basis']}）"
    terms["fees"] = (FeeDefinition(code=FEE, name=name, amount=str(value["standard"]), basis=basis, basis_rank=RANKS[value["basis"]]),)
    if value.get("first_free"):
        options = [{"value": code, "label": name} for name, code in BUSINESS.items()]
        terms["questions"] = ({"id": "business", "text": "办理什么？", "options": options},)
        terms["decisions"] = DecisionTables(fees="law-fees")
        terms["tables"] = {"law-fees": FIRST_FREE}


if "statutory" not in ITEM_FIELDS:

    @in_table(ITEM_FIELDS, "statutory")
    def _statutory(terms: dict[str, Any], value: dict[str, Any], row: Row) -> None:
        said = limit(value)
        terms["clocks"]["statutory"] = own_rule(
            f"{row.id}-statutory",
            title="法定办结时限",
            kind="statutory",
            law=row.citation,
            length=said["length"],
            unit=UNITS[value["unit"]],
            trigger=said["trigger"],
        )
        terms["clocks"]["runs_from"] = said["trigger"]


@act(
    "receive",
    "channel",
    "materials",
    "business",
    when=lambda row, event: event.get("materials") == "齐全" and event.get("business") in BUSINESS,
)
def receive(trial: Trial, event: Event) -> None:
    """Filed with the guided question answered: for the first time, or again for a lost one."""
    account, actor, party = trial.applicant
    application, _ = hall.file_application(
        account=account,
        party=party,
        item_code=trial.item.code,
        content={"note": event["business"], "situation": {"business": BUSINESS[event["business"]]}},
        materials={one.code: {"files": [encode(paper(one.code))]} for one in trial.item.materials},
        key=trial.row.id,
        actor=actor,
        at=trial.at,
        **extra(trial, event, []),
    )
    trial.cases["第1件"], trial.last = application.case_no, "第1件"
    trial.settle()


@act("charge", "for", "amount")
def charge(trial: Trial, event: Event) -> None:
    """What the item publishes goes by its code; anything else is nothing the item knows."""
    known = {one.name: one.code for one in trial.item.fees}
    if event["for"] == "申请书格式文本":
        known = {}
    fees.charge_fee(
        sub_case_no=trial.sub_case_no(event),
        fee=known.get(event["for"], event["for"]),
        amount=str(event["amount"]),
        actor=trial.official("examiner"),
        at=trial.at,
    )


@act("pay", "amount")
def pay(trial: Trial, event: Event) -> None:
    (owed,) = [one for one in fees.charges_of(trial.of(event)) if one.state == "owed"]
    assert owed.amount == event["amount"]
    fees.take_at_window(order_no=owed.order_no, way="card", note="0001", actor=trial.official("examiner"), at=trial.at)


@act("refund", "amount", "reason")
def refund(trial: Trial, event: Event) -> None:
    (paid,) = [one for one in fees.charges_of(trial.of(event)) if one.paid_at]
    fees.refund_fee(
        order_no=paid.order_no, amount=str(event["amount"]), reason=event["reason"], actor=trial.official("decider"), at=trial.at
    )


@in_table(EXPECTS, "charged")
def charged(trial: Trial, wanted: int) -> None:
    assert fees.charged(fees.charges_of(trial.case_no)) == wanted


DOCUMENTS["缴款通知书"] = "fee_notice"
DOCUMENTS["退费通知书"] = "fee_refund"
refusal("fee_no_basis", "back.fees.no_basis")
refusal("fee_over_standard", "back.fees.over_standard")
refusal("fee_exempt", "back.fees.exempt")
trials.KEPT.extend((Charge, Payback))
