"""Random histories of a case: whoever may do something does something of it, in any order, with any input, while time passes.

Nothing here knows the procedure. The officials choose among the acts the desk offers them and the applicant among what the pages offer, so
a new act is tried as soon as it is offered. A history is told by its seed alone.
"""

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db import transaction

from santai.back.cases.service import Case, SubCase
from santai.back.desk.service import Act, DefectInput, Given, case_file, perform
from santai.exchange.contracts.service import Party, decode
from santai.front.hall import service as hall
from santai.kernel.access.service import may
from santai.kernel.clocks.service import at_demo_moment
from santai.kernel.flow.service import tasks_of
from santai.kernel.forms.service import dated
from santai.kernel.identity.service import PostHolding, actor_for_account, get_account
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import Actor, ActRefused
from tests.support import walk

CITY = ZoneInfo("Asia/Shanghai")
BEGINNING = datetime(2026, 3, 2, 9, tzinfo=CITY)
SWEEPS = ("exchange.bus", "kernel.clocks", "back.approvals.lapse")
ROLES = ("intake", "examiner", "chief", "decider", "issuing")
ALOUD = bool(os.environ.get("SANTAI_HISTORY"))  # one history alone is told as it happens (with -s)
QUIET = {"claim", "release", "delegate", "transfer", "reply"}  # moves nothing on
ENDING = {
    "complete",
    "receive",
    "unify",
    "examine",
    "grant",
    "settle_grant",
    "record",
    "issue",
    "special_end",
    "extension_answer",
    "review",
}
# what an officer does who was told that something is missing before the case can be decided
HELPING = {
    "party_tell", "party_hear", "hearing_tell", "hearing_waive", "hearing_announce", "hearing_notify", "hearing_hold",
    "visit", "name_testers",
}  # fmt: skip
ILL = {"text": ("", " ", "因材料需要核对。", "长" * 300), "number": ("0", "-3", "x", "1", "5", "400")}


@dataclass
class History:
    """One case and everything that was tried on it."""

    seed: int
    at: datetime = BEGINNING
    told: list[str] = field(default_factory=list)
    case_no: str = ""
    refused: bool = False  # was the last act of an officer refused?

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - a history, no secret
        self.at += timedelta(days=self.random.randrange(0, 250), minutes=self.random.randrange(0, 1440))

    def tell(self, what: str) -> None:
        self.told.append(f"{self.at:%Y-%m-%d %H:%M} {what}")
        if ALOUD:
            sys.stderr.write(f"{self.told[-1]}\n")

    @property
    def case(self) -> Case:
        return Case.objects.get(case_no=self.case_no)

    @property
    def parts(self) -> list[SubCase]:
        return list(SubCase.objects.filter(case_id=self.case_no).order_by("position"))

    @contextmanager
    def now(self) -> Iterator[None]:
        """The city's time is the history's; what is due by then has happened."""
        with at_demo_moment(self.at):
            drain(self.at, only=SWEEPS)
            yield
            drain(self.at, only=SWEEPS)

    def wait(self, *, most_days: int = 9) -> None:
        self.at += timedelta(days=self.random.randrange(0, most_days), hours=self.random.randrange(1, 23))
        with self.now():
            self.tell("time passes")


# -- who and what ------------------------------------------------------------------------------------------------------------------


def file_something(history: History, items: dict[str, Any]) -> None:
    """One of ``items``: name → (who, data), as the walks know them; the joint item when its value is None."""
    name = history.random.choices(sorted(items), [1 if items[name] is None else 4 for name in sorted(items)])[0]
    with history.now():
        if items[name] is None:
            history.case_no = walk.file_joint()
        else:
            who, data = items[name]
            account = walk.company(*who) if isinstance(who, tuple) else walk.citizen(who)
            history.case_no = walk.submit(account, walk.start(account, walk.item_code(name), dated(data, history.at.date())))
        history.tell(f"filed {name} {history.case_no}")


def officials(history: History) -> list[Actor]:
    """Everybody with a role in a body that has to do with the case, two of a kind where there are two."""
    case = history.case
    bodies = {case.organisation, case.intake_organisation, *(part.organisation for part in history.parts)}
    holdings = PostHolding.objects.filter(post__organisation_id__in=bodies, account__is_active=True).order_by("seq")
    held = [one for one in holdings.select_related("account", "post__organisation") if set(ROLES) & set(one.post.roles)]
    return [actor_for_account(one.account, post=one) for one in held]


def offered(history: History, actor: Actor) -> list[Act]:
    """What the desk offers this post now: its own body's parts, or the whole for a window that has none."""
    found: dict[tuple[str, str, str], Act] = {}
    own = [part.branch for part in history.parts if part.organisation == actor.organisation]
    for branch in own or [""]:
        try:
            file = case_file(case_no=history.case_no, actor=actor, at=history.at, part=branch, pictures=False)
        except ActRefused:
            return []
        found |= {(act.key, act.sub_case_no, act.task): act for act in file.acts}
    return list(found.values())


# -- acts --------------------------------------------------------------------------------------------------------------------------


def official_acts(history: History, *, among: Collection[str] = ()) -> bool:
    """Some official does something that is offered, or wisely one of the acts ``among``. False when nobody can."""
    wisely = bool(among)
    people = officials(history)
    history.random.shuffle(people)
    steps = [task for part in history.parts for task in tasks_of(f"subcase:{part.sub_case_no}")] + tasks_of(f"case:{history.case_no}")
    if wisely or history.random.random() < 0.8:  # those whose turn it is come first; now and then somebody else does
        people.sort(key=lambda actor: not any(may(actor, task.role, organisation=task.organisation) for task in steps))
    for actor in people:
        acts = [act for act in offered(history, actor) if not among or act.key in among]
        if acts:
            _do(history, actor, history.random.choice(acts), wisely=wisely)
            return True
    return False


def _do(history: History, actor: Actor, act: Act, *, wisely: bool) -> None:
    fields = {one.name: _value(history, one, wisely=wisely) for one in act.inputs}
    defects = () if wisely else _defects(history, act)
    given = Given(case_no=history.case_no, sub_case_no=act.sub_case_no, task=act.task, fields=fields, defects=defects)
    said = f"{actor.post_title} {act.key} {act.sub_case_no} {fields}"
    try:
        with transaction.atomic():
            perform(act=act.key, given=given, actor=actor, at=history.at)
    except ActRefused as refused:
        history.refused = True
        history.tell(f"{said}: refused {refused.code}")
    else:
        history.refused = False
        history.tell(said)


def _value(history: History, field_: Any, *, wisely: bool) -> str:
    choose = history.random
    if field_.kind in ("radio", "select"):
        options = [str(value) for value, *_ in field_.options if value]
        if not options:
            return ""
        return options[0] if wisely else choose.choice([*options, "" if choose.random() < 0.1 else options[0]])
    if field_.kind == "checkbox":
        return "on" if (field_.name == "on_record" if wisely else choose.random() < 0.7) else ""
    if field_.kind == "number":
        return "3" if wisely or choose.random() < 0.8 else choose.choice(ILL["number"])
    if field_.kind in ("date", "datetime-local"):
        day = history.at.date() + timedelta(days=choose.randrange(0, 30))
        return day.isoformat() if field_.kind == "date" else f"{day.isoformat()}T09:00"
    return "已经核实，符合规定。" if wisely or choose.random() < 0.8 else choose.choice(ILL["text"])


def _defects(history: History, act: Act) -> tuple[DefectInput, ...]:
    if act.form != "defects":
        return ()
    places = [value for value, _ in act.data.get("places", ())]
    texts = history.random.choices(("签名页缺失。", "复印件不清晰。", ""), k=history.random.randrange(0, 3))
    found = []
    for text in texts:
        kind, _, value = history.random.choice([*places, ":"]).partition(":")
        found.append(cast(DefectInput, {"text": text} | ({kind: value} if kind in ("material", "field") else {})))
    return tuple(found)


def applicant_acts(history: History, *, wisely: bool = False) -> bool:
    """The applicant answers a correction, withdraws, asks for a hearing: whatever is open. False when nothing is."""
    view = hall.case_by_number(history.case_no)
    assert view is not None
    application = hall.application_of(history.case_no)
    party = decode(Party, application.applicant)
    actor = actor_for_account(get_account(application.account), represents=party if party.kind == "organisation" else None)
    acts = []
    correction = hall.correction_of(history.case_no)
    if correction is not None and correction.answered_at is None and view.state != "completed":
        acts.append("correct")
    if not wisely and view.state != "completed":
        acts += ["withdraw"] if history.random.random() < 0.2 else ["urge"]
        acts += ["hearing"] if any(one.may_ask(history.at.date()) for one in hall.hearings_of(history.case_no)) else []
    if not acts:
        return False
    what = history.random.choice(acts)
    try:
        with transaction.atomic():
            _applicant_does(history, what, actor)
    except ActRefused as refused:
        history.tell(f"applicant {what}: refused {refused.code}")
    else:
        history.tell(f"applicant {what}")
    return True


def _applicant_does(history: History, what: str, actor: Actor) -> None:
    case_no, at = history.case_no, history.at
    if what == "correct":
        correction = hall.correction_of(case_no)
        for code in {one["material"] for one in correction.defects if one.get("material")} if correction else ():
            hall.add_correction_file(case_no=case_no, code=code, files=[walk.paper(f"{code}.pdf")], actor=actor, at=at)
        hall.submit_correction(case_no=case_no, actor=actor, at=at)
    elif what == "withdraw":
        hall.ask_withdrawal(case_no=case_no, reason="不办了。", actor=actor, at=at)
    elif what == "hearing":
        hearing = next(one for one in hall.hearings_of(case_no) if one.may_ask(at.date()))
        hall.ask_hearing(case_no=case_no, sub_case_no=hearing.sub_case_no, actor=actor, at=at)
    else:
        hall.write_line(case_no=case_no, text="请快一点。", urges=True, actor=actor, at=at)


__all__ = ["ENDING", "HELPING", "History", "applicant_acts", "file_something", "offered", "official_acts", "officials"]
