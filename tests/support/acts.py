"""What residents and officials do, by their login, through the doors: the short way for fault tests, zone tests and benchmarks.

Each act returns plain values. An act belongs to the zone whose rooms it enters; doors are opened inside, for a zone has only its own.
"""

import contextlib
import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

PACKS = Path(__file__).resolve().parents[2] / "packs"
ITEM_A = "12189901MB6218027M5000714001000"  # 失业登记, settled on the spot
JOINT = "YJS-QYSL-01"  # 企业设立一表制
UNEMPLOYED = {
    "address": "滨江新区望江街道锦绣路1号",
    "unemployed_on": "2026-01-31",
    "reason": "contract",
    "former_employer": "东江某某有限公司",
    "education": "20",
    "skills": "电工",
    "help": ["job", "training"],
    "insured": False,
    "pledge": True,
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" \
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000107 00000 n \n" \
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n174\n%%EOF\n"  # fmt: skip


# -- front ---------------------------------------------------------------------------------------------------------------------------


def draft(*, login: str, item: str = ITEM_A, data: dict[str, Any] | None = None, at: datetime) -> dict[str, Any]:
    """A draft with everything filled in. It is the key of the application: submitting it again returns the same one."""
    from santai.front.hall import service as hall

    account, actor, party = _resident(login)
    begun = hall.start_draft(account=account, party=party, item_code=item, situation={}, actor=actor, at=at)
    # what the register did not give (it may be out of reach) is typed by hand
    own = {"applicant": {"name": party.name, "id_kind": party.code_kind, "id_number": party.code, "mobile": party.phone}}
    filled = _merged(own | (UNEMPLOYED if data is None else data), begun.data)
    hall.save_draft(draft_id=begun.id, data=filled, revision=begun.revision, actor=actor, at=at)
    return {"draft": str(begun.id)}


def submit(*, login: str, draft: str, at: datetime) -> dict[str, Any]:
    from santai.front.hall import service as hall

    account, actor, _ = _resident(login)
    return {"case_no": hall.submit_application(draft_id=draft, account=account, actor=actor, at=at).case_no}


def file(*, login: str, item: str = ITEM_A, data: dict[str, Any] | None = None, at: datetime) -> dict[str, Any]:
    """Draft and application in one request."""
    return submit(login=login, draft=draft(login=login, item=item, data=data, at=at)["draft"], at=at)


def file_joint(*, at: datetime, note: str = "") -> dict[str, Any]:
    """The founder's application of the demonstration firm: filled in, materials handed in, signed by everybody, submitted."""
    from santai.front.hall import service as hall
    from santai.kernel.files.service import store

    account, actor, party = _resident("founder")
    begun = hall.start_draft(account=account, party=party, item_code=JOINT, situation={}, actor=actor, at=at)
    data = _merged(_sample(at.date().isoformat()), begun.data)
    if note:  # another firm: names are given once
        name = note.translate(str.maketrans("0123456789", "零一二三四五六七八九"))
        data = json.loads(
            json.dumps(data).replace(json.dumps("东江澄源精密部件有限公司")[1:-1], json.dumps(f"东江{name}精密部件有限公司")[1:-1])
        )
    begun = hall.save_draft(draft_id=begun.id, data=data, revision=begun.revision, actor=actor, at=at)
    for material in hall.materials_of_draft(begun):
        if material.source == "upload":
            content = PDF + f"% {material.code} {note}\n".encode()
            ref = store(content=content, name=f"{material.code}.pdf", actor=actor, at=at)
            hall.hand_in_material(draft_id=begun.id, code=material.code, files=[ref], actor=actor, at=at)
    begun.refresh_from_db()
    for invitation in hall.invite_signers(draft_id=begun.id, actor=actor, at=at):
        signer = _signer(invitation.code)
        hall.sign_draft(invitation_id=invitation.id, digest=hall.content_digest(begun), actor=signer, at=at)
    return submit(login="founder", draft=str(begun.id), at=at)


def front(*, case_no: str, at: datetime) -> dict[str, Any]:
    """What the applicant sees, with which of the named files are really there to download."""
    from santai.front.hall import service as hall
    from santai.kernel.files.service import exists

    view = hall.case_by_number(case_no)
    if view is None:
        return {}
    papers, licences = hall.papers_of(case_no), hall.licences_of_case(case_no)
    return {
        "state": view.state,
        "outcome": view.outcome,
        "step": view.step,
        "needs_me": view.needs_me,
        "clocks": view.clocks,
        "lines": [(line.event, line.branch) for line in hall.lines_of(case_no)],
        "papers": [paper.document_no for paper in papers],
        "licences": [licence.licence_type for licence in licences],
        "files_missing": [one.file["digest"] for one in (*papers, *licences) if not exists(one.file["digest"])],
    }


# -- back ----------------------------------------------------------------------------------------------------------------------------


def back(*, case_no: str, at: datetime) -> dict[str, Any]:
    """The case as the officials have it: state, parts, open tasks, and material files that are not there."""
    from santai.back.cases import service as cases
    from santai.kernel.files.service import exists

    try:
        case = cases.get_case(case_no)
    except cases.CaseNotFound:
        return {}
    parts = list(case.sub_cases.order_by("position"))
    materials = cases.current_content(case).materials
    return {
        "state": case.state,
        "outcome": case.outcome,
        "parts": {part.branch: [part.state, part.outcome] for part in parts},
        "tasks": [{"id": str(task.id), "subject": task.subject, "element": task.element} for task in _open_tasks(case_no, parts)],
        "events": [event.event for event in cases.events_of(case_no)],
        "files_missing": [ref["digest"] for one in materials for ref in one.get("files", []) if not exists(ref["digest"])],
        "files": sum(len(one.get("files", [])) for one in materials),
    }


def watched(*, case_no: str, at: datetime) -> dict[str, Any]:
    """The case as its time is watched: state, each part's clocks as [state, due] pairs, acceptance by silence, supervision cards."""
    from santai.back.approvals.service import cards_of
    from santai.back.cases import service as cases
    from santai.kernel.clocks.service import clocks_of

    case = cases.get_case(case_no)
    parts = list(case.sub_cases.order_by("position"))
    return {
        "state": case.state,
        "outcome": case.outcome,
        "deemed_accepted": case.deemed_accepted,
        "parts": {part.branch: [part.state, part.outcome] for part in parts},
        "clocks": {
            part.branch: [[clock.state, clock.due_at.isoformat()] for clock in clocks_of(f"subcase:{part.sub_case_no}")] for part in parts
        },
        "cards": [card.card_no for card in cards_of(case_no)],
    }


def step(*, case_no: str, at: datetime) -> dict[str, Any]:
    """One open task of the case done by somebody whose post may; ``{"done": ""}`` when none is open or all wait for another part."""
    from santai.back.approvals import service as approvals
    from santai.back.approvals.errors import NotReadyToFinish
    from santai.back.cases import service as cases

    case = cases.get_case(case_no)
    parts = list(case.sub_cases.order_by("position"))
    for task in _open_tasks(case_no, parts):
        actor = _official(task.role, task.organisation, task.element, at)
        common: dict[str, Any] = {"actor": actor, "at": at, "task": task.id}
        sub_case_no = task.subject.partition(":")[2]
        try:
            if task.element == "check":
                approvals.check_materials(sub_case_no=sub_case_no, complete=True, defects=[], **common)
            elif task.element == "intake":
                from santai.kernel.flow.service import complete_task

                complete_task(task=task.id, outcome="received", data={}, actor=actor, at=at)
            elif task.element == "examine":
                approvals.examine(sub_case_no=sub_case_no, suggestion="suggest_grant", opinion="符合条件。", **common)
            elif task.element == "decide":
                approvals.decide(sub_case_no=sub_case_no, outcome="granted", reason="", **common)
            elif task.element in ("record", "acknowledge"):
                approvals.record_branch(sub_case_no=sub_case_no, opinion="", **common)
            elif task.element == "issue":
                approvals.issue_results(case_no=case_no, how="网上送达", **common)
            elif task.element == "instant":
                approvals.settle_on_the_spot(sub_case_no=sub_case_no, outcome="granted", **common)
            else:
                continue
        except NotReadyToFinish:
            continue
        return {"done": f"{task.subject}/{task.element}"}
    return {"done": ""}


def settle(*, case_no: str, at: datetime) -> dict[str, Any]:
    """The on-the-spot decision; nothing when it has been made."""
    from santai.back.approvals import service as approvals
    from santai.kernel.flow.service import TaskAlreadyDone, tasks_of

    sub_case_no = f"{case_no}-main"
    tasks = tasks_of(f"subcase:{sub_case_no}")
    if tasks:
        actor = _official(tasks[0].role, tasks[0].organisation, "instant", at)
        with contextlib.suppress(TaskAlreadyDone):
            approvals.settle_on_the_spot(sub_case_no=sub_case_no, task=tasks[0].id, outcome="granted", actor=actor, at=at)
    return {"settled": bool(tasks)}


def _open_tasks(case_no: str, parts: list[Any]) -> list[Any]:
    from santai.kernel.flow.service import Task

    subjects = [f"case:{case_no}", *(f"subcase:{part.sub_case_no}" for part in parts)]
    return list(Task.objects.filter(subject__in=subjects, state__in=("open", "claimed")).order_by("opened_at", "id"))


def register_residents(*, count: int, password: str, at: datetime) -> dict[str, Any]:
    """Accounts for persons of the population register who have none yet; their logins are their phone numbers."""
    from santai.exchange.registers.models import PersonRecord
    from santai.kernel.identity.errors import LoginTaken, PersonHasAccount, RegistrationIncomplete
    from santai.kernel.identity.service import register_account

    logins: list[str] = []
    people = PersonRecord.objects.filter(code_kind="resident-id").exclude(phone="").order_by("code")
    for person in people[: count * 3].iterator():
        if len(logins) == count:
            break
        with contextlib.suppress(LoginTaken, PersonHasAccount, RegistrationIncomplete):
            known = {"name": person.name, "code_kind": person.code_kind, "code": person.code, "phone": person.phone}
            logins.append(register_account(login=person.phone, password=password, at=at, **known).login)
    return {"logins": logins}


# -- who -----------------------------------------------------------------------------------------------------------------------------


def _account(login: str) -> Any:
    from santai.kernel.identity.service import Account

    return Account.objects.get(login=login)


def _actor(account: Any) -> Any:
    from santai.kernel.identity.service import actor_for_account

    return actor_for_account(account)


def _resident(login: str) -> tuple[Any, Any, Any]:
    from santai.kernel.identity.service import person_of

    account = _account(login)
    return account, _actor(account), person_of(account)


def _signer(code: str) -> Any:
    from santai.kernel.identity.service import find_account_of_person

    return _actor(find_account_of_person("resident-id", code))


def _official(role: str, organisation: str, element: str, at: datetime) -> Any:
    """Two different people examine and decide, also where one post could do both."""
    from santai.kernel.identity.service import actor_for_account, holders_of_role

    holders = list(holders_of_role(role, organisation=organisation, on=at.date()).order_by("account__login"))
    if not holders:
        raise LookupError(f"nobody holds {role} at {organisation} for {element}")
    chosen = holders[-1 if element == "decide" else 0]
    return actor_for_account(chosen.account, post=chosen)


# -- the demonstration firm ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _sample(today: str) -> dict[str, Any]:
    from datetime import date

    from santai.kernel.forms.service import dated

    raw = yaml.safe_load((PACKS / "enterprise-start/sample.yaml").read_text(encoding="utf-8"))
    data: dict[str, Any] = dated(raw["data"], date.fromisoformat(today))
    data.pop("situation", None)
    return data


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        merged[key] = _merged(merged[key], value) if isinstance(value, dict) and isinstance(merged.get(key), dict) else value
    return merged


ACTS = {one.__name__: one for one in (draft, submit, file, file_joint, front, back, watched, step, settle, register_residents)}
