"""到窗登记: a person steps up, is identified, and agrees to being helped."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from santai.exchange.contracts.service import FindPerson, encode
from santai.exchange.gateway.service import ask
from santai.front.counter.errors import VisitIncomplete
from santai.front.counter.messages import BY_AUTHORITY, IDENTIFIED_BY, VisitEntry
from santai.front.counter.models import Visit
from santai.front.counter.queries import client_now
from santai.kernel.access.service import require_any
from santai.kernel.codes.service import InvalidIdentifier, check_identifier, next_gapless
from santai.kernel.identity.service import find_account_of_person
from santai.kernel.ledger.service import Actor, ActRefused, Party, record

CONSENT = "同意由窗口工作人员代为录入；本人是申请人，已核对录入内容，对其真实性负责"


def open_visit(*, entry: VisitEntry, actor: Actor, at: datetime) -> Visit:
    """The visit, or the one that is open already for the same person here (a second press). The population register is asked whether the
    name fits the number; where it cannot be reached the document alone counts.

    VisitIncomplete with every wrong field; NotAllowed.
    """
    require_any(actor, "intake", "assistant", "issuing", organisation=actor.organisation)
    code, phone, party = _checked(entry, actor, at)
    same = Visit.objects.filter(
        organisation=actor.organisation, code_kind=entry.code_kind, code=code, for_code=party.code if party else "", closed_at=None
    )
    known = same.first()
    if known is not None:
        return known
    checked = _in_register(entry, code, actor, at)
    account = find_account_of_person(entry.code_kind, code)
    day = localdate(at)
    try:
        with transaction.atomic():
            serial = next_gapless(series=f"{actor.organisation}:visit:{day:%Y%m%d}", year=day.year)
            visit = Visit.objects.create(
                number=f"{actor.organisation}-{day:%Y%m%d}-{serial:04d}",
                organisation=actor.organisation,
                organisation_name=actor.organisation_name,
                person_name=entry.person_name.strip(),
                code_kind=entry.code_kind,
                code=code,
                phone=phone or (account.phone if account else ""),
                account=account.pk if account else None,
                identified_by=entry.identified_by,
                register_checked=checked,
                represents=encode(party) if party else None,
                for_code=party.code if party else "",
                authority=entry.authority.strip(),
                consent=CONSENT,
                clerk=actor.name,
                clerk_account=actor.account,
                post_title=actor.post_title,
                opened_at=at,
            )
            details = {"identified_by": entry.identified_by, "register": checked, "represents": bool(party)}
            record(actor=actor, act="front.counter.open_visit", on=f"visit:{visit.number}", at=at, why=CONSENT, details=details)
            return visit
    except IntegrityError:  # two presses at once
        return same.get()


def _checked(entry: VisitEntry, actor: Actor, at: datetime) -> tuple[str, str, Party | None]:
    fields: dict[str, str] = {}
    code = _number("code", entry.code_kind, entry.code, at, fields)
    phone = _number("phone", "mobile", entry.phone, at, fields) if entry.phone.strip() else ""
    if len(entry.person_name.strip()) < 2:
        fields["person_name"] = "请填写与证件一致的姓名。"
    if entry.identified_by not in (*IDENTIFIED_BY, BY_AUTHORITY):
        fields["identified_by"] = "请选择怎样核对了本人身份。"
    if not entry.consent:
        fields["consent"] = "请向本人说明并取得同意后勾选；不同意的，请引导本人自助办理。"
    party = _party(entry, code, at, fields)
    if entry.identified_by == BY_AUTHORITY and client_now(actor, party.code if party else code, localdate(at)) is None:
        fields["identified_by"] = "没有这个服务对象有效的代办委托，请先登记委托书。"
    account = find_account_of_person(entry.code_kind, code) if not fields.get("code") else None
    if account is not None and "person_name" not in fields and account.name != entry.person_name.strip():
        fields["person_name"] = "与该证件号码账号登记的姓名不一致，请核对证件。"
    if fields:
        raise VisitIncomplete(fields=fields)
    return code, phone, party


def _party(entry: VisitEntry, code: str, at: datetime, fields: dict[str, str]) -> Party | None:
    if entry.represents not in ("organisation", "person"):
        return None
    kind = "credit-code" if entry.represents == "organisation" else entry.party_kind
    party_code = _number("party_code", kind, entry.party_code, at, fields)
    if len(entry.party_name.strip()) < 2:
        fields["party_name"] = "请填写被代理人的名称或者姓名。"
    if not entry.authority.strip():
        fields["authority"] = "请写明看到的授权文件，例如：授权委托书（2026年11月2日）原件；法定代表人写“法定代表人身份证明”。"
    if entry.represents == "person" and party_code == code and party_code:
        fields["party_code"] = "被代理人就是本人，请选择“为本人办理”。"
    return Party(kind=entry.represents, code_kind=kind, code=party_code, name=entry.party_name.strip())  # type: ignore[arg-type]


def _number(field: str, kind: str, text: str, at: datetime, fields: dict[str, str]) -> str:
    try:
        return check_identifier(kind, text, on=localdate(at))
    except InvalidIdentifier as wrong:
        fields[field] = wrong.message
    except KeyError:
        fields[field] = "请选择证件类型。"
    return ""


def _in_register(entry: VisitEntry, code: str, actor: Actor, at: datetime) -> bool:
    question = FindPerson(code_kind=entry.code_kind, code=code, person_name=entry.person_name.strip())
    try:
        answer = ask(question, actor=actor, purpose="窗口核验身份", subject=f"counter:{actor.organisation}", at=at)
    except ActRefused:  # out of reach or not granted: the document counts
        return False
    return bool(answer.found)
