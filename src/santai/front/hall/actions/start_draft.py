"""Begin an application."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.contracts.service import FindLegalEntity, FindPerson, ItemDefinition, RegisterAnswer, encode, typed_answers
from santai.exchange.gateway.service import ask
from santai.front.hall.actions.check_standing import refuse_business
from santai.front.hall.errors import Barred, LevelTooLow, PresenceRequired, WrongHolder
from santai.front.hall.models import Application, ApplicationBar, Draft, LicenceView
from santai.front.hall.queries import current_item
from santai.kernel.access.service import require_any
from santai.kernel.codes.service import new_id
from santai.kernel.forms.service import Form, get_form, value_at
from santai.kernel.identity.service import Account, may_act_for
from santai.kernel.ledger.service import Actor, ActRefused, Party, record


def start_draft(
    *,
    account: Account,
    party: Party,
    item_code: str,
    situation: dict[str, Any],
    business: str = "new",
    licence: str = "",
    actor: Actor,
    at: datetime,
    held_by: str = "",
    assistance: dict[str, Any] | None = None,
) -> Draft:
    """A draft of the current version with what the registers already know filled in; each such value keeps its origin.

    Registers that cannot be reached leave their fields to be typed. Errors: ItemNotOffered; WrongHolder; AuthorisationExpired and its kin
    when the company acted for has not given (any longer) the right to this item. ``business`` change, renew or replace is about
    ``licence``, and begins with what was entered for it: NotRenewable, RenewalTooEarly, OutsideRenewalWindow, LicenceEnded.

    A window (``held_by``: its body) keeps it for the person present: ``account`` is that person's, kept or not, never the clerk's;
    ``assistance`` says by which visit and, when the applicant is somebody else, on what paper authority. NotAllowed for other posts.
    """
    if held_by:
        require_any(actor, "intake", "assistant", organisation=held_by)
    item = current_item(item_code)
    seen = (assistance or {}).get("authority", "")
    authorisation = right_to_apply(account=account, party=party, item=item, at=at, seen=seen, in_person=assistance is not None)
    refuse_business(business=business, licence=licence, item_code=item_code, party=party, on=localdate(at))
    form = get_form(item.form, item.form_version)
    identifier = new_id()
    prefilled = prefill(form, account, party, actor, f"draft:{identifier}", at)
    data: dict[str, Any] = _entered_before(licence, form) if business != "new" else {}
    for path, given in prefilled.items():
        _set(data, path, given["value"])
    answers = typed_answers(item, situation)
    data.update({question: value for question, value in answers.items() if question in form.fields})  # asked once, answered once
    with transaction.atomic():
        draft = Draft.objects.create(
            id=identifier,
            account=str(account.pk) if held_by else actor.account,
            held_by=held_by,
            assistance=assistance or {},
            applicant=encode(party),
            applicant_code=party.code,
            authorisation=authorisation,
            item_code=item.code,
            item_version=item.version,
            item_name=item.name,
            situation={**situation, **answers},
            data=data,
            prefilled=prefilled,
            business=business,
            licence=licence,
            created_at=at,
            updated_at=at,
        )
        record(
            actor=actor, act="front.hall.start_draft", on=f"draft:{draft.id}", at=at, details={"item": item.code, "version": item.version}
        )
    return draft


def _entered_before(licence: str, form: Form) -> dict[str, Any]:
    """What the application said from which the licence came, where the form still asks for it."""
    held = LicenceView.objects.filter(identifier=licence).values_list("case_no", flat=True).first()
    before = Application.objects.filter(case_no=held or "", form=form.key).values_list("content", flat=True).first() or {}
    known = {path.partition(".")[0] for path in form.fields}
    return {name: value for name, value in before.items() if name in known}


AT_WINDOW = "window"  # the authorisation of a draft whose paper authority a clerk has seen


def right_to_apply(*, account: Account, party: Party, item: ItemDefinition, at: datetime, seen: str = "", in_person: bool = False) -> str:
    """The authorisation by which the account may ask for the item for this party now; empty for oneself. ``seen``: the paper authority a
    clerk has looked at, which stands where none is registered.

    ``in_person``: a clerk has seen the person's document, which is worth the highest level (standards.md §3).
    Errors: WrongHolder; AuthorisationExpired and its kin, also when acting for another person; LevelTooLow; PresenceRequired; Barred.
    """
    if party.kind not in item.holder_kinds:
        who = "企业" if "organisation" in item.holder_kinds else "个人"
        raise WrongHolder(f"“{item.name}”由{who}申请，请换一个身份办理。", fields={"for": f"该事项由{who}申请，请选择相应的身份。"})
    on = localdate(at)
    own = party.kind == "person" and party.code in (account.code, "")
    if not own and seen and party.kind == "organisation":
        authorisation = AT_WINDOW
    else:
        authorisation = "" if own or seen else str(may_act_for(account=account, company_code=party.code, item_code=item.code, on=on).id)
    if account.level < item.assurance_level and not in_person:
        raise LevelTooLow(needed=item.assurance_level, has=account.level, fields={"for": LevelTooLow.message})
    if item.presence_required and not own and party.kind == "person":
        raise PresenceRequired()
    bar = ApplicationBar.objects.filter(applicant_code=party.code, item_code=item.code, last_day__gte=on).order_by("-last_day").first()
    if bar is not None:
        until = f"{bar.last_day.year}年{bar.last_day.month}月{bar.last_day.day}日"
        raise Barred(f"依照{bar.basis}，{until}以前不能再次申请“{item.name}”。", why=bar.kind)
    return authorisation


def prefill(form: Form, account: Account, party: Party, actor: Actor, subject: str, at: datetime) -> dict[str, dict[str, Any]]:
    """Ask each register the form names, once, with its purpose."""
    answers: dict[str, RegisterAnswer | None] = {}
    found: dict[str, dict[str, Any]] = {}
    for field in form.fields.values():
        wanted = field.prefill
        if wanted is None or "*" in field.path:
            continue
        if wanted.query not in answers:
            answers[wanted.query] = _ask(wanted.query, account, party, actor, subject, at)
        answer = answers[wanted.query]
        value = value_at(answer.fields, wanted.path) if answer and answer.found else None
        if value in (None, "") and actor.kind == "official" and (seen := seen_at_window(wanted.query, wanted.path, account, party)):
            found[field.path] = {"value": seen, "origin": "窗口核验证件", "locked": wanted.locked, "as_of": localdate(at).isoformat()}
        elif value not in (None, ""):
            found[field.path] = {"value": value, "origin": wanted.origin or answer.origin if answer else "", "locked": wanted.locked,
                                 "as_of": answer.as_of if answer else ""}  # fmt: skip
    return found


def seen_at_window(query: str, path: str, account: Account, party: Party) -> str:
    """What the clerk has read off the document, where the register does not know the person or the firm."""
    if query.endswith("person"):
        return {"name": account.name, "code": account.code, "code_kind": account.code_kind}.get(path, "")
    if query.endswith(("entity", "legal_entity")) and party.kind == "organisation":
        return {"name": party.name, "credit_code": party.code}.get(path, "")
    return ""


def _ask(query: str, account: Account, party: Party, actor: Actor, subject: str, at: datetime) -> RegisterAnswer | None:
    purpose = "窗口代办预填" if actor.kind == "official" and actor.represents else "预填申请表"
    common: dict[str, Any] = {"actor": actor, "purpose": purpose, "subject": subject, "at": at}
    try:
        if query in ("person", "exchange.registers.find_person") and account.code:
            answer: RegisterAnswer = ask(FindPerson(code_kind=account.code_kind, code=account.code, person_name=account.name), **common)
            return answer
        if query in ("entity", "exchange.registers.find_legal_entity") and party.kind == "organisation":
            entity: RegisterAnswer = ask(FindLegalEntity(credit_code=party.code), **common)
            return entity
        if query == "account":
            return RegisterAnswer(
                found=True,
                fields={
                    "name": account.name,
                    "code": account.code,
                    "code_kind": account.code_kind,
                    "phone": account.phone,
                    "email": account.email,
                },
                origin="账号信息",
            )
    except ActRefused:  # out of reach or not granted: the field is typed by hand
        return None
    return None


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
    data[last] = value
