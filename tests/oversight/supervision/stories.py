"""Facts as approvals would publish them, for tests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from santai.exchange.contracts.service import CaseProgressed, DueDate
from santai.kernel.clocks.service import add_working_days
from santai.kernel.codes.service import new_id
from santai.oversight.supervision import service
from santai.oversight.supervision.models import Card

CITY = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CITY)  # an ordinary week, no holiday near


def at(days: int = 0, hours: float = 0) -> datetime:
    """The time ``days`` calendar days after Monday, 9:00."""
    return MONDAY + timedelta(days=days, hours=hours)


def limit(
    kind: str = "promised", length: int = 3, *, start: datetime = MONDAY, state: str = "running", due: datetime | None = None, **more: Any
) -> DueDate:
    day = add_working_days(start.date(), length)
    due = due or datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=CITY)
    title = {"promised": "承诺办结时限", "statutory": "法定办结时限", "correction": "补正告知期限", "step": "现场核查时限"}[kind]
    more.setdefault("rule", f"test-{kind}")
    return DueDate(
        title=title,
        starts_on=start.date().isoformat(),
        due_at=due.isoformat(),
        kind=kind,
        state=state,
        length=length,
        law="测试法第一条",
        **more,
    )


class Story:
    """One single item told fact by fact."""

    def __init__(
        self, case_no: str = "18990120260302000001", organisation: str = "amr", name: str = "滨江新区市场监督管理局", nature: str = "permit"
    ) -> None:
        self.case_no, self.organisation, self.name, self.nature = case_no, organisation, name, nature
        self.last: tuple[CaseProgressed, UUID] | None = None

    def tell(self, event: str, when: datetime, *clocks: DueDate, whole: bool = False, heard: datetime | None = None, **more: Any) -> bool:
        more.setdefault("state", "examining")
        more.setdefault("step", {"checking": "材料审查", "examining": "审查", "deciding": "待决定"}.get(more["state"], more["state"]))
        message = CaseProgressed(
            case_no=self.case_no,
            event=event,
            at=when.isoformat(),
            item_code="xk-1",
            item_name="食品经营许可",
            nature=self.nature,
            sub_case_no="" if whole else f"{self.case_no}-main",
            branch="" if whole else "main",
            organisation=self.organisation,
            organisation_name=self.name,
            region="189901",
            by_post="审核岗",
            by_name="张明",
            text=more.pop("text", f"{event}。"),
            clocks=clocks,
            **more,
        )
        self.last = (message, new_id())
        return service.note_facts(facts=[self.last], at=heard or when) == 1

    def received(self, when: datetime = MONDAY, *clocks: DueDate) -> None:
        self.tell("received", when, *clocks, whole=True, state="checking", facts={"shape": "single", "channel": "online"})

    def accepted(self, when: datetime = MONDAY, *clocks: DueDate) -> None:
        self.tell("accepted", when, *(clocks or (limit(start=when, clock="c1"),)))

    def decided(self, when: datetime, *clocks: DueDate, outcome: str = "granted", reason: str = "", **more: Any) -> None:
        self.tell("decided", when, *clocks, outcome=outcome, reason=reason, state="finished", document_no="滨许准〔2026〕1号", **more)

    def completed(self, when: datetime) -> None:
        self.tell("completed", when, whole=True, state="completed", outcome="granted")

    def cards(self) -> list[tuple[str, str, str]]:
        """(rule, level, state), oldest first."""
        return list(Card.objects.filter(case_id=self.case_no).order_by("issued_at", "card_no").values_list("rule", "level", "state"))

    def rules(self) -> list[str]:
        return [rule for rule, *_ in self.cards()]


def tick(when: datetime, *, until: datetime | None = None) -> int:
    """All ticks that are due at ``when``; the record is complete up to then unless said otherwise."""
    total = 0
    while done := service.tick(at=when, until=until or when):
        total += done
    return total
