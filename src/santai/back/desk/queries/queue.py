"""The queue: one predicate compiled into the query, a constant number of queries whatever its length.

A row is one department's part of a case, or, for the window that took a joint case in, the case itself. Both arms are narrowed by
``kernel/access`` scope before they are united; nothing is filtered afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.timezone import localtime

from santai.back.approvals.service import extensions_to_answer
from santai.back.cases.service import READING_ROLES, Case, SubCase
from santai.back.desk.rules.views import UNCOUNTED, VIEWS, Wish, keyset, number_in, place_of
from santai.kernel.access.service import roles_of, scope
from santai.kernel.clocks.service import ClockState, clocks_of_many
from santai.kernel.flow.service import Task, open_tasks
from santai.kernel.ledger.service import Actor

PAGE = 50
COUNTED = 1000  # counts stop here: "999+" costs the same in a city of any size
FAR = datetime(9999, 12, 31, tzinfo=UTC)  # no deadline: after all that have one
CLOSED_CASE = Case.State.COMPLETED
FINISHED = SubCase.State.FINISHED
TO_REVIEW = ~Q(review_wanted="")
STILL_OPEN = ~Q(state=FINISHED) | TO_REVIEW


@dataclass(frozen=True)
class Row:
    """One line of the queue, ready to be shown."""

    number: str
    case: Case
    part: SubCase | None
    tasks: tuple[Task, ...]
    clock: ClockState | None
    at: datetime
    mine: bool
    turn: str  # whose turn it is, in words
    extension: bool = False  # a wish for a longer limit waits for this post's answer
    review: bool = False  # another part was refused after this one's licence was out
    lapsed: bool = False  # the applicant let the time to correct pass: this department says whether it accepts

    @property
    def case_no(self) -> str:
        return self.case.case_no

    @property
    def item_name(self) -> str:
        return self.part.item_name if self.part else self.case.item_name

    @property
    def step(self) -> str:
        if self.extension:
            return "答复延长申请"
        if self.review:
            return "复核已发证照"
        if self.lapsed:
            return "逾期未补正，决定是否受理"
        if self.tasks:
            return "、".join(task.name for task in self.tasks)
        return (self.part or self.case).get_state_display()

    @property
    def due_at(self) -> datetime | None:
        return self.part.due_at if self.part else self.case.due_at

    @property
    def mark(self) -> str:
        """overdue, today or nothing: for the row's edge; the words stand in the remaining time."""
        due = self.due_at
        if due is None:
            return ""
        if due < self.at:
            return "overdue"
        return "today" if localtime(due).date() == localtime(self.at).date() else ""

    @property
    def holder(self) -> str:
        return "、".join(sorted({task.account_name for task in self.tasks if task.account_name}))

    @property
    def claimable(self) -> Task | None:
        if not self.mine or self.extension or self.lapsed or self.review:
            return None
        return next((task for task in self.tasks if task.state == Task.OPEN), None)


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    wish: Wish
    previous: str = ""
    following: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    items: list[tuple[str, str]] = field(default_factory=list)

    def count_text(self, view: str) -> str:
        count = self.counts.get(view)
        return "" if count is None else f"{COUNTED - 1}+" if count >= COUNTED else str(count)


def tasks_i_may_do(actor: Actor) -> Q:
    """The predicate over Task: open to my post's roles at its organisation, or already in my hands."""
    for_my_post = Q(pk__in=())
    for role in sorted(roles_of(actor)):
        for_my_post |= Q(role=role) & scope(actor, role, organisation_field="organisation")
    return for_my_post & (Q(state=Task.OPEN) | Q(account=actor.account) | Q(delegated_by=actor.account))


def _extension_waits(actor: Actor) -> Q:
    """Parts of this post's body whose longer limit it has to approve or not."""
    asked = extensions_to_answer(actor).filter(sub_case_no=OuterRef("sub_case_no"))
    return scope(actor, "decider", organisation_field="organisation") & Q(Exists(asked))


def _lapsed() -> Q:
    """Parts that asked for a correction nobody made in time."""
    return Q(state=SubCase.State.DEFECTIVE, case__state=Case.State.CORRECTING, case__lapsed_at__isnull=False)


def _waits_without_task(actor: Actor) -> Q:
    """What waits for this post although the process has no step open: a longer limit to answer, a lapsed correction."""
    own = scope(actor, "examiner", "decider", organisation_field="organisation")
    return _extension_waits(actor) | (own & _lapsed()) | (scope(actor, "decider", organisation_field="organisation") & TO_REVIEW)


def _subject(prefix: str, number: str) -> Any:
    return Concat(Value(prefix), OuterRef(number))


def _parts(actor: Actor) -> QuerySet[Any]:
    """The department's parts, and whole single cases that its window took in."""
    own = scope(actor, *READING_ROLES, organisation_field="organisation")
    window = Q(case__shape="single") & scope(actor, *READING_ROLES, organisation_field="case__intake_organisation")
    return SubCase.objects.filter(own | window)


def _wholes(actor: Actor) -> QuerySet[Any]:
    """Joint cases as the window sees them."""
    return Case.objects.filter(scope(actor, *READING_ROLES, organisation_field="intake_organisation"), shape="joint")


def _narrow(rows: QuerySet[Any], wish: Wish, actor: Actor, now: datetime, *, parts: bool) -> QuerySet[Any]:
    case, prefix, number = ("case__", "subcase:", "sub_case_no") if parts else ("", "case:", "case_no")
    tasks = open_tasks().order_by().filter(subject=_subject(prefix, number))
    still_open = STILL_OPEN if parts else ~Q(state=CLOSED_CASE)
    if wish.view == "done":
        done = Task.objects.filter(account=actor.account, state=Task.DONE, subject=_subject(prefix, number))
        rows = rows.filter(Exists(done))
    elif wish.view != "every":
        rows = rows.filter(still_open)
    if wish.view == "mine":
        to_do = Q(Exists(tasks.filter(tasks_i_may_do(actor))))
        rows = rows.filter(to_do | _waits_without_task(actor) if parts else to_do)
    if wish.view == "waiting":
        rows = rows.filter(**{f"{case}state": Case.State.CORRECTING})
        rows = rows.filter(state=SubCase.State.DEFECTIVE) if parts else rows
    for due in {wish.view, wish.due} & {"today", "overdue", "week"}:
        rows = rows.filter(_due(due, now))
    if wish.item:
        rows = rows.filter(**{f"{case}item_code": wish.item})
    if wish.step:
        rows = rows.filter(Exists(tasks.filter(element=wish.step)))
    if wish.text:
        rows = rows.filter(Q(**{f"{case}case_no__contains": number_in(wish.text)}) | Q(**{f"{case}applicant_name__icontains": wish.text}))
    return rows


def _due(which: str, now: datetime) -> Q:
    today = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if which == "overdue":
        return Q(due_at__lt=now)
    days = 1 if which == "today" else 7
    return Q(due_at__gte=now, due_at__lt=today + timedelta(days=days))


def _keyed(rows: QuerySet[Any], order: str, *, parts: bool) -> QuerySet[Any]:
    case, number = ("case__", "sub_case_no") if parts else ("", "case_no")
    key: Any = {
        "due": Coalesce("due_at", Value(FAR, output_field=DateTimeField())),
        "changed": F(f"{case}changed_at"),
    }.get(order, F(f"{case}received_at"))
    return rows.order_by().annotate(key=key, number=F(number), part=Value(parts))


def page_of(wish: Wish, actor: Actor, now: datetime, *, size: int = PAGE, with_counts: bool = True) -> Page:
    """One page of the queue; the number of queries does not depend on how many rows there are."""
    down = wish.order in ("newest", "changed")
    place = place_of(wish.after or wish.before)
    backwards = bool(wish.before and place and not wish.after)
    lowest_first = down == backwards
    arms = []
    for base, parts in ((_parts(actor), True), (_wholes(actor), False)):
        rows = _keyed(_narrow(base, wish, actor, now, parts=parts), wish.order, parts=parts)
        if place:
            sign = "gt" if lowest_first else "lt"
            rows = rows.filter(Q(**{f"key__{sign}": place[0]}) | Q(key=place[0], **{f"number__{sign}": place[1]}))
        arms.append(rows.values_list("key", "number", "part"))
    order = ("key", "number") if lowest_first else ("-key", "-number")
    found = list(arms[0].union(arms[1], all=True).order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, bool(place))
    return Page(
        rows=_rows([(number, part) for _, number, part in found], actor, now),
        wish=wish,
        previous=keyset(found[0][0], found[0][1]) if found and has_previous else "",
        following=keyset(found[-1][0], found[-1][1]) if found and has_next else "",
        counts=counts_of(actor, now) if with_counts else {},
        items=_items(actor) if with_counts else [],
    )


def _rows(numbers: list[tuple[str, bool]], actor: Actor, now: datetime) -> list[Row]:
    """Everything the lines show, fetched for the whole page at once."""
    parts = {
        one.sub_case_no: one for one in SubCase.objects.select_related("case").filter(pk__in=[number for number, part in numbers if part])
    }
    wholes = {one.case_no: one for one in Case.objects.filter(pk__in=[number for number, part in numbers if not part])}
    subjects = [f"{'subcase' if part else 'case'}:{number}" for number, part in numbers]
    tasks: dict[str, list[Task]] = {}
    for task in open_tasks().filter(subject__in=subjects):
        tasks.setdefault(task.subject, []).append(task)
    roles = roles_of(actor)
    waiting = set(_asked_here(actor, list(parts)))
    others = SubCase.objects.filter(_waits_without_task(actor) & (_lapsed() | TO_REVIEW), pk__in=list(parts))
    lapsed = set(others.values_list("pk", flat=True))
    case_nos = {parts[number].case_id if part else number for number, part in numbers}
    clocks = clocks_of_many([*subjects, *(f"case:{case_no}" for case_no in sorted(case_nos))])
    found = []
    for (number, is_part), subject in zip(numbers, subjects, strict=True):
        part = parts[number] if is_part else None
        case = part.case if part else wholes[number]
        here = tuple(tasks.get(subject, ()))
        mine = any(task.role in roles and task.organisation == actor.organisation and task.account in ("", actor.account) for task in here)
        clock = nearest(
            [*clocks.get(subject, ()), *(clocks.get(f"case:{case.case_no}", ()) if case.accepted_at is None or not part else ())]
        )
        found.append(
            Row(
                number=number,
                case=case,
                part=part,
                tasks=here,
                clock=clock,
                at=now,
                mine=mine or number in waiting or number in lapsed,
                turn="我" if number in waiting else "本部门" if number in lapsed else whose_turn(case, part, here, actor),
                extension=number in waiting,
                lapsed=number in lapsed and not parts[number].review_wanted,
                review=bool(part and part.review_wanted),
            )
        )
    return found


def _asked_here(actor: Actor, sub_case_nos: list[str]) -> Iterable[str]:
    return SubCase.objects.filter(_extension_waits(actor), pk__in=sub_case_nos).values_list("pk", flat=True)


def nearest(clocks: Iterable[ClockState]) -> ClockState | None:
    """The clock that binds first; a stopped one only when nothing runs."""
    still = [clock for clock in clocks if clock.state in ("running", "missed", "stopped")]
    return min(still, key=lambda clock: (clock.state == "stopped", clock.due_at), default=None)


def whose_turn(case: Case, part: SubCase | None, tasks: Iterable[Task], actor: Actor) -> str:
    """Who has to act now, in words."""
    here = list(tasks)
    if here:
        if any(task.account == actor.account for task in here):
            return "我"
        names = [task.account_name for task in here if task.account_name]
        if names:
            return "、".join(names)
        return "业务系统" if part and part.line_system else "待领取"
    if case.state == Case.State.CORRECTING:
        return "申请人"
    if part is None:
        return "各部门" if case.is_open else "—"
    if part.state in (SubCase.State.CHECKED, SubCase.State.DEFECTIVE):
        return "其他部门" if part.state == SubCase.State.CHECKED else "窗口合并补正"
    return "—"


def counts_of(actor: Actor, now: datetime) -> dict[str, int]:
    """How many stand in each view, counted up to COUNTED: two queries over open rows only."""
    total = dict.fromkeys((view for view in VIEWS if view not in UNCOUNTED), 0)
    for base, parts in ((_parts(actor), True), (_wholes(actor), False)):
        prefix, number = ("subcase:", "sub_case_no") if parts else ("case:", "case_no")
        mine = open_tasks().order_by().filter(tasks_i_may_do(actor), subject=_subject(prefix, number))
        waiting = Q(state=SubCase.State.DEFECTIVE, case__state=Case.State.CORRECTING) if parts else Q(state=Case.State.CORRECTING)
        rows = base.filter(STILL_OPEN if parts else ~Q(state=CLOSED_CASE)).annotate(
            mine=_flag(Q(Exists(mine)) | _waits_without_task(actor)) if parts else Exists(mine)
        )
        rows = rows.annotate(
            is_today=_flag(_due("today", now)), is_overdue=_flag(_due("overdue", now)), is_waiting=_flag(waiting)
        ).order_by("due_at")[:COUNTED]
        counted = rows.aggregate(
            all=Count("pk"),
            mine_count=Count("pk", filter=Q(mine=True)),
            today=Count("pk", filter=Q(is_today=True)),
            overdue=Count("pk", filter=Q(is_overdue=True)),
            waiting=Count("pk", filter=Q(is_waiting=True)),
        )
        counted["mine"] = counted.pop("mine_count")
        for view, count in counted.items():
            total[view] += count
    return total


def _flag(condition: Q) -> Any:
    from django.db.models import BooleanField, ExpressionWrapper

    return ExpressionWrapper(condition, output_field=BooleanField())


def open_count(actor: Actor | None) -> int:
    """How many wait for this post: the figure in the menu, cheap queries over its open tasks and what waits without one."""
    if actor is None or actor.kind != "official":
        return 0
    answers = roles_of(actor) & {"decider", "examiner"}
    waiting = SubCase.objects.filter(_waits_without_task(actor))[:COUNTED].count() if answers else 0
    return min(COUNTED, open_tasks().order_by().filter(tasks_i_may_do(actor))[:COUNTED].count() + waiting)


def _items(actor: Actor) -> list[tuple[str, str]]:
    """Items to filter by: those of the open rows."""
    parts = _parts(actor).filter(~Q(state=FINISHED)).order_by().values_list("case__item_code", "case__item_name").distinct()[:100]
    wholes = _wholes(actor).filter(~Q(state=CLOSED_CASE)).order_by().values_list("item_code", "item_name").distinct()[:100]
    return sorted({*parts, *wholes}, key=lambda pair: pair[1])
