"""Tell the credit room what was found about the holder of a permit."""

from datetime import date, datetime

from santai.back.cases.service import Case
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import CreditEventFound, Party, decode
from santai.kernel.ledger.service import Actor

BASIS = {
    "false_commitment": "本市关于告知承诺的规定",
    "unkept_commitment": "本市关于告知承诺的规定",
    "permit_by_fraud": "《中华人民共和国行政许可法》第六十九条第二款、第七十九条",
    "false_materials": "《中华人民共和国行政许可法》第七十八条",
}


def tell_credit(*, case: Case, kind: str, level: str, text: str, actor: Actor, at: datetime, barred_until: date | None = None) -> None:
    """Publish the finding; one a case and kind. The caller holds the transaction."""
    publish(
        CreditEventFound(
            event_id=f"{case.case_no}:{kind}", subject=decode(Party, case.applicant), kind=kind, level=level,  # type: ignore[arg-type]
            text=text, organisation=case.organisation, organisation_name=case.organisation_name, case_no=case.case_no,
            item_code=case.item_code, basis=BASIS[kind], decided_at=at.isoformat(),
            barred_item_until=barred_until.isoformat() if barred_until else "",
        ),
        actor=actor, order_key=case.case_no, at=at,
    )  # fmt: skip
