"""撤销, 撤回, 注销, 补发, 转让: each with its lawful ground, reason, document and remedies."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from santai.back.approvals.service import item_of, note_progress, serve_plain
from santai.back.cases.service import Case, SubCase
from santai.back.permits.actions.publish_decision import mark_revoked
from santai.back.permits.actions.tell_credit import tell_credit
from santai.back.permits.errors import (
    CompensationMissing,
    GroundMissing,
    NoPower,
    NotExpired,
    NotFound,
    NotTransferable,
    NotValid,
    PublicInterestHarm,
    ReasonMissing,
    RectifyFirst,
    TooEarly,
)
from santai.back.permits.models import Commitment, HeldLicence, LicenceAct
from santai.back.permits.queries import is_superior
from santai.back.permits.rules.grounds import BARRED_AFTER_FRAUD, CANCEL, OF_COMMITMENT, RECALL, REPLACE, REVOKE
from santai.back.permits.rules.promises import revocation_trouble
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ItemDefinition, LicenceActDecided, NoticeWanted, Party, decode, months_later
from santai.kernel.access.service import may
from santai.kernel.clocks.service import add_working_days
from santai.kernel.ledger.service import Actor, as_one_act, record

ENDED = ("revoked", "recalled", "lapsed")
COMMITMENT_TROUBLES = {"ground_missing": GroundMissing, "rectify_first": RectifyFirst, "too_early": TooEarly}


@as_one_act
def announce_revocation(*, identifier: str, ground: str, reason: str, actor: Actor, at: datetime, days: int = 5) -> LicenceAct:
    """拟撤销告知: facts, ground, and the right to be heard and to a hearing, before the decision. ``days``: working days to answer.

    Errors: NotFound, NoPower, NotValid, GroundMissing, ReasonMissing.
    """
    row = _valid(identifier)
    _decides(actor, row)
    _check_ground(ground, REVOKE, reason)
    answer_by = add_working_days(localdate(at), days)
    words, law = REVOKE[ground]
    more = {"reason": f"{reason.strip()}（{words}）", "law": law, "number": row.number, "answer_by": answer_by.isoformat()}
    act = _act(row, "announce", ground, reason, actor, at, document="revoke_notice", more=more)
    _tell_holder(row, "licence_notice", f"拟撤销，请在{answer_by.isoformat()}前陈述、申辩或者要求听证", actor, at)
    return act


@as_one_act
def revoke(
    *,
    identifier: str,
    ground: str,
    reason: str,
    statement: str = "",
    interest: str = "",
    public_harm: bool = False,
    actor: Actor,
    at: datetime,
) -> LicenceAct:
    """撤销许可 (行政许可法 69; local rules on 告知承诺) by the deciding organ or the one above it. ``statement``: what the holder said;
    ``interest``: how lawful interests are made good. A permit got by fraud in health, safety or property bars
    the item for three years (79).

    Errors: NotFound, NoPower, NotValid, GroundMissing, ReasonMissing, PublicInterestHarm; RectifyFirst, TooEarly on a commitment.
    """
    row = _valid(identifier)
    _decides(actor, row)
    _check_ground(ground, REVOKE, reason)
    commitment = Commitment.objects.select_for_update().filter(case_no=row.case_no).first()
    if ground in OF_COMMITMENT:
        _check_commitment(commitment, ground, at)
    if public_harm:
        raise PublicInterestHarm()
    words, law = REVOKE[ground]
    facts = {"ground": words, "law": law, "reason": reason.strip(), "statement": statement.strip(), "interest": interest.strip()}
    act = _act(row, "revoke", ground, reason, actor, at, document="revoked", more={**facts, "number": row.number})
    _end(row, "revoked", f"{words}：{reason.strip()}")
    _tell_register(row, "revoke", act, reason=f"{words}：{reason.strip()}", actor=actor, at=at)
    if commitment is not None and ground in OF_COMMITMENT:
        commitment.revoked_at = at
        commitment.save(update_fields=["revoked_at"])
    _after_revocation(row, ground, reason, commitment, actor, at)
    mark_revoked(sub_case_no=row.sub_case_no, actor=actor, at=at)
    _tell_holder(row, "licence_revoked", words, actor, at)
    return act


@as_one_act
def recall(*, identifier: str, ground: str, reason: str, compensation: str, actor: Actor, at: datetime) -> LicenceAct:
    """撤回许可 (行政许可法 8): changed law or facts and the public interest; loss is compensated.

    Errors: NotFound, NoPower, NotValid, GroundMissing, ReasonMissing, CompensationMissing.
    """
    row = _valid(identifier)
    _decides(actor, row)
    _check_ground(ground, RECALL, reason)
    if not compensation.strip():
        raise CompensationMissing(fields={"compensation": CompensationMissing.message})
    facts = {"ground": RECALL[ground], "reason": reason.strip(), "compensation": compensation.strip(), "number": row.number}
    act = _act(row, "recall", ground, reason, actor, at, document="recalled", more=facts)
    _end(row, "recalled", f"{RECALL[ground]}：{reason.strip()}")
    _tell_register(row, "recall", act, reason=f"{RECALL[ground]}：{reason.strip()}", actor=actor, at=at)
    _tell_holder(row, "licence_revoked", RECALL[ground], actor, at)
    return act


@as_one_act
def cancel(*, identifier: str, ground: str, reason: str = "", actor: Actor, at: datetime) -> LicenceAct:
    """注销 (行政许可法 70): a formality once the licence has come to its end by other ways.

    Errors: NotFound, NoPower, NotValid (cancelled or replaced already), GroundMissing, NotExpired.
    """
    row = _held(identifier)
    _decides(actor, row, superior=False)
    if ground not in CANCEL or (ground == "revoked" and row.state not in ENDED) or (ground == "other_law" and not reason.strip()):
        raise GroundMissing(fields={"ground": GroundMissing.message})
    if row.state in ("cancelled", "void"):
        raise NotValid()
    if ground == "expired" and (row.valid_to is None or localdate(at) <= row.valid_to):
        raise NotExpired()
    facts = {"ground": CANCEL[ground], "reason": reason.strip(), "number": row.number}
    act = _act(row, "cancel", ground, reason, actor, at, document="cancelled", more=facts)
    _end(row, "cancelled", CANCEL[ground])
    _tell_register(row, "cancel", act, reason=f"{CANCEL[ground]}{'：' + reason.strip() if reason.strip() else ''}", actor=actor, at=at)
    _tell_holder(row, "licence_revoked", CANCEL[ground], actor, at)
    return act


@as_one_act
def replace_licence(*, identifier: str, ground: str, reason: str = "", actor: Actor, at: datetime) -> LicenceAct:
    """补发: the same number and term in a new version, the old one void. Errors: NotFound, NoPower, NotValid, GroundMissing."""
    row = _valid(identifier)
    _decides(actor, row, superior=False)
    if ground not in REPLACE:
        raise GroundMissing(fields={"ground": "请选择补发的原因。"})
    act = _act(row, "replace", ground, reason or REPLACE[ground], actor, at)
    _tell_register(row, "replace", act, reason=REPLACE[ground], actor=actor, at=at)
    return act


@as_one_act
def transfer_licence(*, identifier: str, to: Party, reason: str = "", actor: Actor, at: datetime) -> LicenceAct:
    """转让, only where a law or regulation allows it for the item (行政许可法 9). Errors: NotFound, NoPower, NotValid, NotTransferable."""
    row = _valid(identifier)
    _decides(actor, row, superior=False)
    item = item_held(row)
    if item is None or not item.transferable_by:
        raise NotTransferable()
    if not to.name.strip() or not to.code.strip():
        raise ReasonMissing("请写明受让人的名称和代码。", fields={"to_name": "请写明受让人的名称和代码。"})
    act = _act(row, "transfer", "", reason or f"依据{item.transferable_by}转让给{to.name}", actor, at, more={"to": to.name})
    _tell_register(row, "transfer", act, reason=f"依据{item.transferable_by}转让", actor=actor, at=at, to=to)
    return act


def item_held(row: HeldLicence) -> ItemDefinition | None:
    """The item version the licence came from; None for one that came from elsewhere."""
    return item_of(row.item_code, row.item_version) if row.item_code else None


def _held(identifier: str) -> HeldLicence:
    row = HeldLicence.objects.select_for_update().filter(identifier=identifier).first()
    if row is None:
        raise NotFound()
    return row


def _valid(identifier: str) -> HeldLicence:
    row = _held(identifier)
    if row.state != "valid":
        raise NotValid()
    return row


def _decides(actor: Actor, row: HeldLicence, *, superior: bool = True) -> None:
    """An officer entitled to decide, of the organ that decided or (for revocation and recall) of one above it."""
    own = may(actor, "decider", organisation=row.organisation)
    above = superior and may(actor, "decider", organisation=actor.organisation) and is_superior(actor.organisation, row.organisation)
    if not own and not above:
        raise NoPower()


def _check_ground(ground: str, known: Any, reason: str) -> None:
    if ground not in known:
        raise GroundMissing(fields={"ground": GroundMissing.message})
    if not reason.strip():
        raise ReasonMissing(fields={"reason": ReasonMissing.message})


def _check_commitment(row: Commitment | None, ground: str, at: datetime) -> None:
    if row is None:
        raise GroundMissing("这一许可不是以告知承诺方式取得的。", fields={"ground": "这一许可不是以告知承诺方式取得的。"})
    trouble = revocation_trouble(ground=ground, result=row.result, rectify_due=row.rectify_due, rectified=row.rectified, on=localdate(at))
    if trouble:
        raise COMMITMENT_TROUBLES[trouble]()


def _after_revocation(row: HeldLicence, ground: str, reason: str, commitment: Commitment | None, actor: Actor, at: datetime) -> None:
    """What a revocation brings besides: credit records and the bar of article 79."""
    case = Case.objects.filter(case_no=row.case_no).first()
    if case is None:
        return
    if ground == "fraud":
        item = item_held(row)
        barred: date | None = months_later(localdate(at), 36) if item and item.guarded_field in BARRED_AFTER_FRAUD else None
        text = f"以欺骗、贿赂等不正当手段取得“{row.item_name}”许可：{reason.strip()}"
        tell_credit(case=case, kind="permit_by_fraud", level="serious", text=text, actor=actor, at=at, barred_until=barred)
    if commitment is not None and ground in OF_COMMITMENT and not commitment.false_promise:
        text = f"办理“{row.item_name}”时作出的承诺没有履行：{reason.strip()}"
        tell_credit(case=case, kind="unkept_commitment", level="general", text=text, actor=actor, at=at)


def _act(
    row: HeldLicence,
    kind: str,
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
    *,
    document: str = "",
    more: dict[str, Any] | None = None,
) -> LicenceAct:
    """Keep the act, with its document and a line in the case it came from."""
    paper = ""
    if document:
        paper = serve_plain(
            kind=document, case_no=row.case_no, sub_case_no=row.sub_case_no, organisation=actor.organisation or row.organisation,
            applicant=row.holder_name, item=row.item_name or row.title, data=more or {}, at=at,
        ).document_no  # fmt: skip
    act = LicenceAct.objects.create(
        identifier=row.identifier, case_no=row.case_no, kind=kind, ground=ground, reason=reason.strip(), more=more or {},
        organisation=actor.organisation or row.organisation, organisation_name=actor.organisation_name or row.organisation_name,
        by_name=actor.name, by_post=actor.post_title, document_no=paper, at=at,
    )  # fmt: skip
    record(actor=actor, act=f"back.permits.{kind}", on=f"licence:{row.identifier}", at=at, why=reason.strip(), details={"ground": ground})
    sub_case = SubCase.objects.select_related("case").filter(sub_case_no=row.sub_case_no).first()
    if sub_case is not None:
        events = {"revoke": "licence_revoked", "recall": "licence_recalled", "cancel": "licence_cancelled"}
        said = LicenceAct.KINDS[kind]
        note_progress(
            case=sub_case.case, sub_case=sub_case, event=events.get(kind, "licence_changed"), actor=actor, at=at, document_no=paper,
            text=f"{row.title}（{row.number}）：{said}{f'（{paper}）' if paper else ''}。", reason=reason.strip(),
        )  # fmt: skip
    return act


def _end(row: HeldLicence, state: str, reason: str) -> None:
    row.state, row.state_reason = state, reason
    row.save(update_fields=["state", "state_reason"])


def _tell_register(
    row: HeldLicence, act: str, kept: LicenceAct, *, reason: str, actor: Actor, at: datetime, to: Party | None = None
) -> None:
    publish(
        LicenceActDecided(
            act_id=str(kept.id), identifier=row.identifier, act=act, reason=reason, decided_at=at.isoformat(),  # type: ignore[arg-type]
            document_no=kept.document_no, case_no=row.case_no, to=to,
        ),
        actor=actor, order_key=row.case_no or row.identifier, at=at,
    )  # fmt: skip


def _tell_holder(row: HeldLicence, template: str, reason: str, actor: Actor, at: datetime) -> None:
    publish(
        NoticeWanted(
            to=decode(Party, row.holder), template=template, case_no=row.case_no, wanted_at=at.isoformat(),
            facts={"title": row.title, "number": row.number, "reason": reason, "state": row.get_state_display(), "name": row.holder_name},
        ),
        actor=actor, order_key=row.case_no or row.identifier, at=at,
    )  # fmt: skip
