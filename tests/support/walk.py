"""Walks of cases through the doors, without a browser: who acts, what is filed, which desk moves it on."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from uuid import UUID

import yaml
from PIL import Image

from santai.back.approvals import service as approvals
from santai.back.cases.service import Case, SubCase
from santai.exchange.contracts.service import encode
from santai.front.hall import service as hall
from santai.kernel.clocks.service import now, today
from santai.kernel.files.service import FileRef, store
from santai.kernel.flow.service import tasks_of
from santai.kernel.forms.service import dated
from santai.kernel.identity.service import Account, PostHolding, actor_for_account, companies_of, find_account, person_of
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import Actor, Party, system_actor
from tests.support.city import PACKS

JOINT = "YJS-QYSL-01"
# who examines and decides at each branch of the joint item
EXAMINERS = {
    "gs": "amr-examiner",
    "sw": "tax-examiner",
    "cz": "finance-examiner",
    "zj": "amr-quality-examiner",
    "tj": "stats-examiner",
    "wz": "commerce-examiner",
    "hb": "eco-examiner",
}
DECIDERS = {"gs": "amr-decider", "sw": "tax-decider", "cz": "finance-decider", "hb": "eco-decider"}


# -- people ------------------------------------------------------------------------------------------------------------------------


def official(post: str) -> Actor:
    """The holder of a post, acting in it."""
    holding = PostHolding.objects.select_related("account").filter(post_id=post).order_by("seq").first()
    assert holding is not None, post
    return actor_for_account(holding.account, post=post)


def citizen(login: str) -> tuple[Account, Actor, Party]:
    account = find_account(login)
    assert account is not None, login
    party = person_of(account)
    assert party is not None
    return account, actor_for_account(account), party


def company(login: str, code: str) -> tuple[Account, Actor, Party]:
    """A person acting for a company."""
    account = find_account(login)
    assert account is not None, login
    party = next(one for one in companies_of(account, on=today()) if one.code == code)
    return account, actor_for_account(account, represents=party), party


# -- filing ------------------------------------------------------------------------------------------------------------------------


def deliver() -> None:
    """Let every message arrive, as the worker would."""
    drain(only=("exchange.bus",))


@cache
def _page(kind: str) -> bytes:
    """One white page."""
    held = BytesIO()
    Image.new("RGB", (210, 297), "white").save(held, kind)
    return held.getvalue()


def paper(name: str = "材料.pdf") -> FileRef:
    kind = "png" if name.endswith(".png") else "pdf"
    kinds = ("image/png",) if kind == "png" else ("application/pdf",)
    return store(content=_page(kind), name=name, accepted_types=kinds, max_megabytes=5, actor=system_actor("tests"), at=now())


def materials_for(draft: hall.Draft, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """A file for every material the applicant must upload."""
    return {
        material.code: {"files": [encode(paper(f"{material.code}.{'pdf' if 'application/pdf' in material.accepted_types else 'png'}"))]}
        for material in hall.materials_of_draft(draft)
        if material.source == "upload" and material.code not in without
    }


def start(who: tuple[Account, Actor, Party], item: str, data: dict[str, Any], situation: dict[str, Any] | None = None) -> hall.Draft:
    """A filled draft with its materials."""
    account, actor, party = who
    at = now()
    draft = hall.start_draft(account=account, party=party, item_code=item, situation=situation or {}, actor=actor, at=at)
    filled = _merged(draft.data, data)
    draft = hall.save_draft(draft_id=draft.id, data=filled, revision=draft.revision, actor=actor, at=at)
    draft.materials = materials_for(draft)
    draft.save(update_fields=["materials"])
    return draft


def submit(who: tuple[Account, Actor, Party], draft: hall.Draft) -> str:
    account, actor, _ = who
    case_no = hall.submit_application(draft_id=draft.id, account=account, actor=actor, at=now()).case_no
    deliver()
    return case_no


def item_code(name: str) -> str:
    return hall.ItemCopy.objects.get(name=name, current=True).code


def _merged(known: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    merged = dict(known)
    for key, value in given.items():
        merged[key] = _merged(merged[key], value) if isinstance(value, dict) and isinstance(merged.get(key), dict) else value
    return merged


def sample_firm(**changes: Any) -> dict[str, Any]:
    """The demonstration firm of packs/enterprise-start, with today's dates."""
    read = yaml.safe_load((PACKS / "enterprise-start" / "sample.yaml").read_text(encoding="utf-8"))
    data = dated({key: value for key, value in read["data"].items() if key != "situation"}, today())
    return _merged(data, changes)


SIGNERS = {"陈静怡": "founder", "林浩然": "shareholder2", "沈国强": "shareholder3", "苏明哲": "director2", "叶慧琳": "supervisor2"}


def sign_all(draft: hall.Draft) -> list[str]:
    """Everybody invited signs; returns their names."""
    invited = hall.invite_signers(draft_id=draft.id, actor=citizen("founder")[1], at=now())
    draft.refresh_from_db()
    for invitation in invited:
        _, actor, _ = citizen(SIGNERS[invitation.name])
        hall.sign_draft(invitation_id=invitation.id, digest=hall.content_digest(draft), actor=actor, at=now())
    return [invitation.name for invitation in invited]


def file_joint(**changes: Any) -> str:
    """The joint application of the demonstration firm, signed by everyone, filed and delivered; its case number."""
    who = citizen("founder")
    draft = start(who, JOINT, sample_firm(**changes))
    sign_all(draft)
    return submit(who, draft)


# -- desks -------------------------------------------------------------------------------------------------------------------------


def case(case_no: str) -> Case:
    return Case.objects.get(case_no=case_no)


def part(case_no: str, branch: str = "main") -> SubCase:
    return SubCase.objects.get(case_id=case_no, branch=branch)


def task(case_no: str, element: str, branch: str = "main") -> UUID:
    """The open task of a step; of the whole case when ``branch`` is empty."""
    subject = f"subcase:{case_no}-{branch}" if branch else f"case:{case_no}"
    return next(one.id for one in tasks_of(subject) if one.element == element)


def check(
    case_no: str, actor: Actor, branch: str = "main", *, defects: Sequence[approvals.DefectInput] = (), at: datetime | None = None
) -> None:
    approvals.check_materials(
        sub_case_no=f"{case_no}-{branch}",
        task=task(case_no, "check", branch),
        complete=not defects,
        defects=defects,
        actor=actor,
        at=at or now(),
    )


def examine(case_no: str, actor: Actor, branch: str = "main", *, suggestion: str = "suggest_grant", opinion: str = "符合条件。") -> None:
    approvals.examine(
        sub_case_no=f"{case_no}-{branch}",
        task=task(case_no, "examine", branch),
        suggestion=suggestion,
        opinion=opinion,
        actor=actor,
        at=now(),
    )


def decide(case_no: str, actor: Actor, branch: str = "main", *, outcome: str = "granted", reason: str = "") -> None:
    approvals.decide(
        sub_case_no=f"{case_no}-{branch}", task=task(case_no, "decide", branch), outcome=outcome, reason=reason, actor=actor, at=now()
    )


def record_part(case_no: str, actor: Actor, branch: str) -> None:
    element = "acknowledge" if part(case_no, branch).nature == "push" else "record"
    approvals.record_branch(
        sub_case_no=f"{case_no}-{branch}", task=task(case_no, element, branch), opinion="已核实。", actor=actor, at=now()
    )


def check_all(case_no: str, *, defects: dict[str, Sequence[approvals.DefectInput]] | None = None) -> None:
    """Every department of a joint case answers whether its papers are complete."""
    for sub_case in SubCase.objects.filter(case_id=case_no).order_by("position"):
        check(case_no, official(EXAMINERS[sub_case.branch]), sub_case.branch, defects=(defects or {}).get(sub_case.branch, ()))


def finish(case_no: str, branch: str) -> None:
    """One department does everything it still has to do, positively."""
    sub_case = part(case_no, branch)
    if sub_case.nature in ("push", "report", "filing"):
        record_part(case_no, official(EXAMINERS[branch]), branch)
        return
    if sub_case.state == SubCase.State.EXAMINING:
        examine(case_no, official(EXAMINERS[branch]), branch)
    decide(case_no, official(DECIDERS[branch]), branch)


def issue(case_no: str) -> None:
    approvals.issue_results(case_no=case_no, task=task(case_no, "issue", ""), how="电子送达", actor=official("asc-issuing"), at=now())


def attempts(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each call gave or raised."""
    results: list[Any] = []
    for call in calls:
        try:
            results.append(call())
        except Exception as error:  # the refusal is what the test looks at
            results.append(error)
    return results
