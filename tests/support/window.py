"""Walks at the window without a browser: a person steps up, papers are looked at, the application is taken in."""

from typing import Any

from santai.exchange.contracts.service import encode
from santai.front.counter import service as counter
from santai.front.hall import service as hall
from santai.kernel.clocks.service import now, today
from santai.kernel.forms.service import dated
from santai.kernel.ledger.service import Actor
from tests.support import walk

# somebody the city knows, without account and without telephone
PERSON = {"person_name": "周文", "code": "189901197605140617", "code_kind": "resident-id"}
RESIDENCE = {
    "household": "云山县",
    "address": "望江街道锦绣路 8 号 301 室",
    "registered_on": "@-300d",
    "ground": "home",
    "landlord": "李明",
    "lease_to": "@+300d",
    "receive": "window",
    "pledge": True,
}
GOOD = counter.Review(copies=1, original_seen=True, verdict="qualified")


def clerk(post: str = "asc-intake") -> Actor:
    return walk.official(post)


def step_up(actor: Actor | None = None, **changes: Any) -> counter.Visit:
    entry = counter.VisitEntry(**{**PERSON, "identified_by": "card", "consent": True, **changes})
    return counter.open_visit(entry=entry, actor=actor or clerk(), at=now())


def begin(
    visit: counter.Visit, *, item: str = "居住证申领", data: dict[str, Any] | None = None, actor: Actor | None = None
) -> counter.Intake:
    """An intake whose form is filled in; no paper has been looked at."""
    actor = actor or clerk()
    intake = counter.start_intake(number=visit.number, item_code=walk.item_code(item), situation={}, actor=actor, at=now())
    draft = draft_of(intake, actor)
    filled = {**draft.data, **dated(RESIDENCE if data is None else data, today())}
    counter.save_intake(intake_id=intake.id, data=filled, reviews={}, revision=draft.revision, page="", actor=actor, at=now())
    return intake


def draft_of(intake: counter.Intake, actor: Actor | None = None) -> hall.Draft:
    return hall.access_draft(draft_id=intake.draft, actor=counter.assisting_in(actor or clerk(), intake))


def codes(intake: counter.Intake, actor: Actor | None = None) -> list[str]:
    return [one.code for one in counter.seen_by_clerk(hall.materials_of_draft(draft_of(intake, actor)))]


def look(intake: counter.Intake, *, actor: Actor | None = None, **other: counter.Review) -> list[str]:
    """Every paper is good but those named otherwise; returns the codes."""
    actor = actor or clerk()
    draft = draft_of(intake, actor)
    found = codes(intake, actor)
    reviews = {code: other.get(code, GOOD) for code in found}
    counter.save_intake(intake_id=intake.id, data=draft.data, reviews=reviews, revision=draft.revision, page="", actor=actor, at=now())
    return found


def take_in(intake: counter.Intake, *, actor: Actor | None = None, late: counter.Late | None = None) -> str:
    filed = counter.file_intake(intake_id=intake.id, signature="confirmed", late=late, actor=actor or clerk(), at=now())
    walk.deliver()
    return filed.case_no


def scan(name: str = "扫描件.pdf") -> dict[str, Any]:
    return dict(encode(walk.paper(name)))
