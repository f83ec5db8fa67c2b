"""Issue and delivery (chapter 8): back/delivery's tries, proofs and dates."""

from datetime import date
from typing import Any

from santai.back.approvals import service as approvals
from santai.back.delivery import service as delivery
from santai.back.delivery.models import Delivery, Try
from tests.law.adapters.case import trial as trials
from tests.law.adapters.case.compare import last, text_of
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import ACTS, CLOCKS, CONTENTS, DOCUMENTS, EXPECTS, GIVENS, STATES, Event, act, in_table, refusal
from tests.law.table import Row

MODES = {
    "直接送达": "direct",
    "窗口领取": "window",
    "电子送达": "electronic",
    "短信": "sms",
    "邮寄": "post",
    "留置": "left",
    "公告": "public",
}
RECEIVERS = {"本人": "self", "本人拒收": "refused", "同住成年家属": "adult_family", "未成年家属": "minor", "无授权的代领人": "unauthorised"}
PROOFS = {
    "签收": "signature",
    "到达回执": "arrival",
    "回执": "receipt",
    "录像": "recording",
    "公告": "notice",
    "退回": "returned",
    "发送失败": "failed",
    "无": "none",
}
SAID = {"call": "电话"}


@in_table(GIVENS, "e_service_consent")
def consent(trial: Trial, value: bool) -> None:
    if value:
        party = trial.applicant[2]
        delivery.confirm_address(
            person_code=party.code,
            person_name=party.name,
            recipient=party.name,
            phone="",
            address="",
            electronic=True,
            proof="送达地址确认书",
            actor=trial.official("examiner"),
            at=trial.at,
        )


def of(trial: Trial) -> Delivery | None:
    return Delivery.objects.filter(sub_case_no=trial.part.sub_case_no).first()


@act("issue", "sealed")
def issue(trial: Trial, event: Event) -> None:
    delivery.issue_paper(
        sub_case_no=trial.sub_case_no(event), sealed=event.get("sealed", True), actor=trial.official("decider"), at=trial.at
    )


def _known(row: Row, event: Event) -> bool:
    return event["mode"] in MODES and event.get("receiver", "本人") in RECEIVERS and event["proof"] in PROOFS


@act("deliver", "mode", "receiver", "proof", "receipt_on", when=_known)
def deliver(trial: Trial, event: Event) -> None:
    received = event.get("receipt_on")
    delivery.deliver(
        sub_case_no=trial.sub_case_no(event),
        mode=MODES[event["mode"]],
        receiver=RECEIVERS.get(event.get("receiver", ""), ""),
        proof=PROOFS[event["proof"]],
        receipt_on=date.fromisoformat(received) if received else None,
        actor=trial.official("decider"),
        at=trial.at,
    )


def _taken(row: Row, event: Event) -> bool:
    """A decision that is taken; one to be refused is not tried here, for the examination before it would stay."""
    refused = "refused" in event or event is row.events[-1] and "refused" in row.expect
    return not refused and event.get("remedies", "自动") == "自动"


if "decide" not in ACTS:

    @act("decide", "result", "reason", "remedies", when=_taken)
    def decide(trial: Trial, event: Event) -> None:
        """Examined by one officer, decided by another; the remedies are the platform's own."""
        sub_case_no = trial.sub_case_no(event)
        if trial.open_step(event, "examine"):
            approvals.examine(
                sub_case_no=sub_case_no,
                task=trial.step(event, "examine"),
                suggestion="suggest_grant",
                opinion="已审查。",
                actor=trial.official("examiner"),
                at=trial.at,
            )
        approvals.decide(
            sub_case_no=sub_case_no,
            task=trial.step(event, "decide"),
            outcome="granted" if event["result"] == "准予" else "refused",
            reason=event.get("reason", ""),
            actor=trial.official("decider"),
            at=trial.at,
        )


def _issued(trial: Trial) -> bool:
    found = of(trial)
    return found is not None and found.issued_at is not None and found.state != "delivered"


STATES["issued"] = _issued
STATES["delivered"] = lambda trial: (found := of(trial)) is not None and found.state == "delivered"
CLOCKS["delivery"] = lambda trial: last(trials_clocks(trial), "step")


def trials_clocks(trial: Trial) -> list[Any]:
    from santai.kernel.clocks.service import clocks_of

    return [clock for clock in clocks_of(f"delivery:{trial.part.sub_case_no}") if clock.rule == "deliver-10"]


@in_table(EXPECTS, "delivered_on")
def delivered_on(trial: Trial, wanted: str) -> None:
    found = of(trial)
    assert (found.delivered_on.isoformat() if found and found.delivered_on else "none") == wanted


@in_table(EXPECTS, "next_mode")
def next_mode(trial: Trial, wanted: str) -> None:
    found = of(trial)
    assert found is not None and SAID.get(found.next_mode) == wanted


DOCUMENTS["送达回证"] = "service_proof"
CONTENTS["签收人"] = lambda trial, paper: bool(paper.data.get("receiver")) and paper.data["receiver"] in text_of(paper)
refusal("proof_missing", "back.delivery.proof_missing")
refusal("receiver_unqualified", "back.delivery.receiver_unqualified")
refusal("consent_missing", "back.delivery.consent_missing")
refusal("last_resort", "back.delivery.last_resort")
refusal("seal_missing", "back.delivery.seal_missing")
refusal("not_granted", "back.delivery.not_granted")
trials.KEPT.extend((Delivery, Try))
