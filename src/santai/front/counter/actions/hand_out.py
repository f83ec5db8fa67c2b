"""出件登记: the applicant or a representative collects and signs; again when lost; back when void."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, localtime

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ResultsHandedOut, decode, encode
from santai.front.counter.errors import AlreadyDone, Incomplete, Unknown
from santai.front.counter.messages import Collector
from santai.front.counter.models import HandOut
from santai.front.counter.queries import access_results, assisting, legal_representative, papers_waiting
from santai.front.counter.rules.handout import NEEDS_PAPER, RELATIONS
from santai.front.counter.rules.signature import picture_of
from santai.front.hall.service import application_of
from santai.kernel.access.service import require_any
from santai.kernel.codes.service import InvalidIdentifier, check_identifier, next_gapless
from santai.kernel.files.service import FileRef, store
from santai.kernel.ledger.service import Actor, Party, record


def hand_out(
    *,
    case_no: str,
    papers: Sequence[str],
    collector: Collector,
    signature_image: str = "",
    confirmed: bool = False,
    again_why: str = "",
    actor: Actor,
    at: datetime,
) -> HandOut:
    """Register who took what, signed with a drawn signature (a PNG as data URL) or by confirmation. ``again_why``: 遗失补发, the papers
    were handed out before; without it a case is collected once.

    Errors: Unknown (no such case, or nothing to collect), Incomplete with ``fields``, AlreadyDone, NotAllowed.
    """
    require_any(actor, "issuing", "intake", organisation=actor.organisation)
    view = access_results(case_no=case_no, actor=actor)
    applicant = decode(Party, application_of(case_no).applicant)
    waiting = {one["number"]: one for one in papers_waiting(case_no)}
    earlier = HandOut.objects.filter(case_no=case_no, again_for="").first()
    collector, fields = _checked(collector, applicant, at)
    if not papers or any(number not in waiting for number in papers):
        fields["papers"] = "请勾选这次领取的文书和证照。"
    if not (signature_image or confirmed):
        fields["confirmed"] = "请领取人签名，或者由领取人当面确认后勾选。"
    picture = _picture(signature_image, fields)
    if earlier is not None and not again_why.strip():
        fields["again_why"] = "这个办件的结果已经领取过。遗失的，请写明原因后补发。"
    if fields:
        raise (AlreadyDone if set(fields) == {"again_why"} else Incomplete)(fields=fields)
    acting = assisting(actor, applicant)
    file = _kept(picture, acting, at) if picture else None
    handout = HandOut(
        case_no=case_no,
        item_name=view.item_name,
        organisation=actor.organisation,
        organisation_name=actor.organisation_name,
        papers=[{**waiting[number], "copies": 1} for number in papers],
        collector_name=collector.name,
        code_kind=collector.code_kind,
        code=collector.code,
        relation=collector.relation,
        authority=collector.authority,
        signature="drawn" if file else "confirmed",
        signature_file=encode(file) if file else {},
        again_for=earlier.number if earlier else "",
        why_again=again_why.strip()[:300] if earlier else "",
        clerk=actor.name,
        at=at,
    )
    try:
        return _register(handout, actor, acting, at)
    except IntegrityError:  # two windows at once
        raise AlreadyDone(fields={"again_why": "这个办件的结果刚刚在另一个窗口领取。"}) from None


def _checked(given: Collector, applicant: Party, at: datetime) -> tuple[Collector, dict[str, str]]:
    fields: dict[str, str] = {}
    code = given.code
    if len(given.name.strip()) < 2:
        fields["collector_name"] = "请填写领取人的姓名。"
    try:
        code = check_identifier(given.code_kind, given.code, on=localdate(at))
    except InvalidIdentifier as wrong:
        fields["code"] = wrong.message
    except KeyError:
        fields["code_kind"] = "请选择证件类型。"
    if given.relation not in RELATIONS:
        fields["relation"] = "请选择领取人与申请人的关系。"
    elif given.relation in NEEDS_PAPER and not given.authority.strip():
        fields["authority"] = "代领的，请写明看到的委托书。"
    elif given.relation == "self" and "code" not in fields and code != applicant.code:
        fields["relation"] = "证件号码与申请人不一致，不是本人领取，请另选关系。"
    elif given.relation == "legal" and applicant.kind != "organisation":
        fields["relation"] = "申请人是个人，没有法定代表人，请另选关系。"
    elif given.relation == "legal" and not given.authority.strip() and not legal_representative(applicant, given.code_kind, code, at):
        fields["authority"] = "不能确认领取人是这家单位的法定代表人，请写明看到的法定代表人身份证明。"
    return replace(given, name=given.name.strip(), code=code, authority=given.authority.strip()), fields


def _picture(image: str, fields: dict[str, str]) -> bytes:
    if not image:
        return b""
    if (picture := picture_of(image)) is not None:
        return picture
    fields["confirmed"] = "签名没有传好，请重新签名。"
    return b""


def _kept(picture: bytes, acting: Actor, at: datetime) -> FileRef:
    return store(content=picture, name="签名.png", accepted_types=("image/png",), max_megabytes=1, actor=acting, at=at)


@transaction.atomic
def _register(handout: HandOut, actor: Actor, acting: Actor, at: datetime) -> HandOut:
    year = localtime(at).year
    serial = next_gapless(series=f"{actor.organisation}:handout", year=year)
    handout.number = f"{actor.organisation}-C{year}{serial:05d}"
    handout.save(force_insert=True)
    numbers = tuple(one["number"] for one in handout.papers)
    record(
        actor=acting, act="front.counter.hand_out", on=f"case:{handout.case_no}", at=at, why=handout.why_again,
        details={"number": handout.number, "relation": handout.relation, "papers": list(numbers)},
    )  # fmt: skip
    publish(
        ResultsHandedOut(
            case_no=handout.case_no,
            handout_no=handout.number,
            handed_out_at=at.isoformat(),
            collector=Party(kind="person", code_kind=handout.code_kind, code=handout.code, name=handout.collector_name),
            relation=RELATIONS[handout.relation],
            authority=handout.authority,
            signature=handout.signature,  # type: ignore[arg-type]
            documents=numbers,
        ),
        actor=actor,
        order_key=handout.case_no,
        at=at,
    )
    return handout


@transaction.atomic
def recall(*, number: str, why: str, actor: Actor, at: datetime) -> HandOut:
    """A paper that was handed out is void: it is called back, with the reason. Unknown, Incomplete, AlreadyDone, NotAllowed."""
    require_any(actor, "issuing", "chief", organisation=actor.organisation)
    found = _open(number, actor)
    if found.state != HandOut.State.DONE:
        raise AlreadyDone()
    if len(why.strip()) < 4:
        raise Incomplete(fields={"recall_why": "请写明为什么作废、依据是什么。"})
    found.state, found.recalled_at, found.recalled_why = HandOut.State.RECALLED, at, why.strip()[:300]
    found.save(update_fields=["state", "recalled_at", "recalled_why"])
    record(actor=actor, act="front.counter.recall", on=f"case:{found.case_no}", at=at, why=found.recalled_why, details={"number": number})
    return found


@transaction.atomic
def take_returned(*, number: str, actor: Actor, at: datetime) -> HandOut:
    """The recalled paper came back. Unknown, AlreadyDone, NotAllowed."""
    require_any(actor, "issuing", "intake", organisation=actor.organisation)
    found = _open(number, actor)
    if found.state != HandOut.State.RECALLED:
        raise AlreadyDone()
    found.state, found.returned_at = HandOut.State.RETURNED, at
    found.save(update_fields=["state", "returned_at"])
    record(actor=actor, act="front.counter.take_returned", on=f"case:{found.case_no}", at=at, details={"number": number})
    return found


def _open(number: str, actor: Actor) -> HandOut:
    found = HandOut.objects.select_for_update().filter(number=number, organisation=actor.organisation).first()
    if found is None:
        raise Unknown()
    return found
