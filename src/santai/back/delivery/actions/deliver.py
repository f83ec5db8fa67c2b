"""送达: one try, with its proof; and 制证 before it."""

from datetime import date, datetime

from django.utils.timezone import localtime

from santai.back.approvals.service import serve_document
from santai.back.cases.service import lock_sub_case, note_event
from santai.back.delivery import errors, rules
from santai.back.delivery.models import Delivery, Try
from santai.back.delivery.queries import consents
from santai.exchange.contracts.service import ResultsHandedOut
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import clocks_of, finish_clock, start_clock
from santai.kernel.ledger.service import Actor, ActRefused, as_one_act, record, system_actor

WORKERS = ("issuing", "intake", "examiner", "chief", "decider")
REFUSALS: dict[str, type[ActRefused]] = {
    "consent_missing": errors.ConsentMissing,
    "last_resort": errors.LastResort,
    "receiver_unqualified": errors.ReceiverUnqualified,
    "proof_missing": errors.ProofMissing,
    "date_wrong": errors.DateWrong,
}
FIELD = {
    "consent_missing": "mode",
    "last_resort": "mode",
    "receiver_unqualified": "receiver",
    "proof_missing": "proof",
    "date_wrong": "receipt_on",
}
PUBLIC_RULE = "public-service-30"


@as_one_act
def issue_paper(*, sub_case_no: str, sealed: bool, actor: Actor, at: datetime) -> Delivery:
    """制证: the paper was made and bears the deciding organ's seal. Errors: NotDelivery, NotAllowed, NotGranted, SealMissing."""
    delivery = _locked(sub_case_no, actor)
    if delivery.outcome == "refused":
        raise errors.NotGranted
    if not sealed:
        raise errors.SealMissing(fields={"sealed": errors.SealMissing.message})
    if delivery.issued_at is None:
        delivery.issued_at, delivery.issued_by = at, actor.name
        delivery.save(update_fields=["issued_at", "issued_by"])
        _note(delivery, "证件已制作并加盖印章。", actor, at, public=True)
        record(actor=actor, act="back.delivery.issue_paper", on=f"case:{delivery.case_no}", at=at)
    return delivery


@as_one_act
def deliver(
    *,
    sub_case_no: str,
    mode: str,
    receiver: str = "",
    receiver_name: str = "",
    proof: str,
    proof_note: str = "",
    mail_no: str = "",
    receipt_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Try:
    """One try at delivering, and what it comes to: delivered on a day, under way (post, public notice), or not delivered.

    Errors: NotDelivery, NotAllowed, DeliveredAlready, and what makes it no service (rules.py): ConsentMissing, LastResort,
    ReceiverUnqualified, ProofMissing, DateWrong.
    """
    delivery = _locked(sub_case_no, actor)
    if delivery.state == Delivery.State.DELIVERED:
        raise errors.DeliveredAlready
    if mode not in rules.MODES or proof not in rules.PROOFS:
        raise errors.ProofMissing(fields={"mode" if mode not in rules.MODES else "proof": "请选择送达方式和送达证明。"})
    earlier = list(delivery.tries.all())
    try:
        came_to = rules.outcome_of(
            mode=mode,
            receiver=receiver,
            proof=proof,
            consent=consents(delivery.person_code),
            tried_and_failed=any(one.state == Try.State.FAILED for one in earlier),
            today=localtime(at).date(),
            decided_on=localtime(delivery.decided_at).date(),
            receipt_on=receipt_on,
        )
    except rules.Unserved as unserved:
        refusal = REFUSALS[unserved.why]
        raise refusal(fields={FIELD[unserved.why]: refusal.message}) from unserved
    made = delivery.tries.create(
        mode=mode,
        receiver=receiver,
        receiver_name=receiver_name.strip() or (delivery.person_name if receiver == "self" else ""),
        proof=proof,
        proof_note=proof_note.strip(),
        mail_no=mail_no.strip(),
        receipt_on=receipt_on,
        state=came_to.state,
        at=at,
        by=actor.name,
    )
    delivery.next_mode = rules.NEXT.get(mode, "") if came_to.state == "failed" else ""
    record(
        actor=actor,
        act="back.delivery.deliver",
        on=f"case:{delivery.case_no}",
        at=at,
        details={"mode": mode, "proof": proof, "state": came_to.state},
    )
    if came_to.state == "under_way":
        delivery.state = Delivery.State.UNDER_WAY
        if mode == "public":
            start_clock(rule=PUBLIC_RULE, subject=f"delivery:{sub_case_no}", event_at=at, actor=actor, at=at)
    elif came_to.state == "failed" and delivery.state == Delivery.State.UNDER_WAY:
        delivery.state = Delivery.State.WAITING
        delivery.tries.filter(state=Try.State.UNDER_WAY, mode=mode).update(state=Try.State.FAILED)
    delivery.save()
    _note(delivery, _said(made), actor, at, public=came_to.state != "told")
    if came_to.on is not None:
        delivered(delivery, made, came_to.on, actor, at)
    return made


def delivered(delivery: Delivery, made: Try, on: date, actor: Actor, at: datetime) -> None:
    """Inside the caller's act: the day of service, the numbered return of service, the clock met."""
    sub_case = lock_sub_case(delivery.sub_case_no)
    delivery.state, delivery.delivered_on, delivery.mode, delivery.next_mode = Delivery.State.DELIVERED, on, made.mode, ""
    who = made.receiver_name or rules.RECEIVERS.get(made.receiver, "") or delivery.person_name
    delivery.proof_no = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="service_proof",
        data={
            "served": delivery.document_no or delivery.item_name,
            "mode": rules.MODES[made.mode],
            "receiver": f"{who}（{rules.RECEIVERS[made.receiver]}）" if made.receiver and made.receiver != "self" else who,
            "proof": rules.PROOFS[made.proof] + (f"：{made.proof_note}" if made.proof_note else ""),
            "delivered_on": on.isoformat(),
            "by": actor.name,
            "note": f"邮件号 {made.mail_no}" if made.mail_no else "",
        },
        at=at,
    ).document_no
    delivery.tries.filter(state=Try.State.UNDER_WAY).exclude(id=made.id).update(state=Try.State.OVERTAKEN)
    if made.state != Try.State.DELIVERED:
        made.state = Try.State.DELIVERED
        made.save(update_fields=["state"])
    delivery.save()
    for clock in clocks_of(f"delivery:{delivery.sub_case_no}"):
        if clock.state in ("running", "stopped", "missed") and clock.is_open:
            finish_clock(clock=clock.id, actor=actor, at=at)
    _note(delivery, f"送达日期 {on}，送达回证 {delivery.proof_no}。", actor, at, public=True)


@as_one_act
def public_notice_ran_out(*, sub_case_no: str, on: date, at: datetime) -> None:
    """Thirty days after a public notice the result counts as delivered; idempotent."""
    delivery = Delivery.objects.select_for_update().filter(sub_case_no=sub_case_no).exclude(state=Delivery.State.DELIVERED).first()
    notice = delivery.tries.filter(mode="public", state=Try.State.UNDER_WAY).last() if delivery else None
    if delivery is not None and notice is not None:
        delivered(delivery, notice, on, system_actor("back.delivery"), at)


@as_one_act
def note_opened(*, document_no: str, by: str, at: datetime) -> None:
    """The person opened the decision in the own space: it has arrived there; service where electronic service was agreed to."""
    delivery = Delivery.objects.select_for_update().filter(document_no=document_no).exclude(state=Delivery.State.DELIVERED).first()
    if delivery is None or not document_no:
        return
    actor = system_actor("back.delivery")
    agreed = consents(delivery.person_code)
    made = delivery.tries.create(
        mode="electronic",
        receiver="self",
        receiver_name=by,
        proof="arrival",
        proof_note="本人在“我的空间”打开",
        at=at,
        by=actor.name,
        state=Try.State.DELIVERED if agreed else Try.State.TOLD,
    )
    if agreed:
        delivered(delivery, made, localtime(at).date(), actor, at)


@as_one_act
def take_hand_out(*, message: ResultsHandedOut, actor: Actor, at: datetime) -> None:
    """出件登记: what was signed for at a window is delivered, on the day it was signed for. What was not handed out still waits."""
    handed_out = localtime(datetime.fromisoformat(message.handed_out_at))
    for found in Delivery.objects.filter(case_no=message.case_no).exclude(state=Delivery.State.DELIVERED).order_by("sub_case_no"):
        sub_case = lock_sub_case(found.sub_case_no)
        if message.documents and not {found.document_no, sub_case.licence.get("number", "")} & set(message.documents):
            continue
        delivery = Delivery.objects.select_for_update().get(sub_case_no=found.sub_case_no)
        own = message.relation == "本人"
        made = delivery.tries.create(
            mode="window",
            receiver="self" if own else "agent",
            receiver_name=message.collector.name,
            proof="signature",
            proof_note="，".join(filter(None, (f"出件登记 {message.handout_no}", "" if own else message.relation, message.authority))),
            at=handed_out,
            by=actor.name,
            state=Try.State.DELIVERED,
        )
        delivered(delivery, made, handed_out.date(), actor, at)


def _locked(sub_case_no: str, actor: Actor) -> Delivery:
    found = Delivery.objects.filter(sub_case_no=sub_case_no).first()
    if found is None:
        raise errors.NotDelivery
    require_any(actor, *WORKERS, organisation=found.organisation)
    lock_sub_case(sub_case_no)
    return Delivery.objects.select_for_update().get(sub_case_no=sub_case_no)


def _said(made: Try) -> str:
    words = [
        rules.MODES[made.mode],
        rules.RECEIVERS.get(made.receiver, ""),
        rules.PROOFS[made.proof] if made.proof != "none" else "",
        made.mail_no,
    ]
    return f"{'，'.join(filter(None, words))}：{Try.State(made.state).label}。"


def _note(delivery: Delivery, text: str, actor: Actor, at: datetime, *, public: bool) -> None:
    note_event(
        case_no=delivery.case_no,
        sub_case_no=delivery.sub_case_no,
        event="delivery",
        organisation_name=delivery.organisation_name,
        actor=actor,
        text=text,
        public=public,
        at=at,
    )
