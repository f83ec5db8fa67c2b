"""The recorded acts run again on the pinned version: to check the tables, or to rebuild lost engine state (house.md rule 5)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from santai.kernel.flow.adapters import Run
from santai.kernel.flow.errors import NotRunning
from santai.kernel.flow.messages import ReplayReport
from santai.kernel.flow.models import FlowAct, Process, Task, Waiting
from santai.kernel.flow.queries import engine_spec, latest_process
from santai.kernel.ledger.service import Actor, as_one_act, record

ASSIGNING = ("claim", "release", "transfer", "delegate")


@dataclass
class _Line:
    element: str
    engine_id: UUID
    state: str = Task.OPEN
    outcome: str = ""
    account: str = ""


@dataclass
class _Book:
    """What the tables should say after the acts so far."""

    run: Run | None = None
    lines: dict[int, _Line] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    status: str = Process.RUNNING
    trouble: list[str] = field(default_factory=list)

    def follow(self) -> None:
        """Number what newly opened, cancel what is gone: the same rule as ``project``."""
        assert self.run is not None
        now = {each.id: each for each in self.run.tasks()}
        known = {line.engine_id for line in self.lines.values()}
        for line in self.lines.values():
            if line.state in Task.TO_DO and line.engine_id not in now:
                line.state = Task.CANCELLED
        for each in now.values():
            if each.id not in known:
                self.lines[len(self.lines) + 1] = _Line(each.element, each.id)
        self.data |= self.run.decided
        if self.run.ended:
            self.status = Process.ENDED


def _rerun(process: Process) -> tuple[_Book, int]:
    spec = engine_spec(process.spec_id)
    book, number = _Book(), 0
    for act in FlowAct.objects.filter(process_id=process.id).order_by("number"):
        number += 1
        if act.number != number:
            book.trouble.append(f"第 {number} 个动作缺失")
            break
        _apply(book, act, spec)
    return book, number


def _apply(book: _Book, act: FlowAct, spec: Any) -> None:
    line = book.lines.get(act.task_number)
    if act.kind == "start":
        book.data = dict(act.data)
        book.run = spec.start(act.data)
        book.follow()
    elif act.kind == "complete" and line is not None and book.run is not None:
        given = {**act.data, "outcome": act.outcome, f"{act.element}_outcome": act.outcome}
        line.state, line.outcome, line.account = Task.DONE, act.outcome, act.account
        book.data |= given
        book.run.workflow.santai_decided = {}
        book.run.complete(line.engine_id, given)
        book.follow()
    elif act.kind == "message" and book.run is not None:
        book.data |= act.data
        book.run.workflow.santai_decided = {}
        book.run.send(act.message, act.data)
        book.follow()
    elif act.kind == "cancel":
        book.status = Process.CANCELLED
        for each in book.lines.values():
            if each.state in Task.TO_DO:
                each.state = Task.CANCELLED
    elif act.kind in ASSIGNING and line is not None:
        line.account = act.data["account"]
        line.state = Task.CLAIMED if line.account else Task.OPEN
    else:
        book.trouble.append(f"第 {act.number} 个动作（{act.kind}）无法重放")


def _shown(element: str, state: str, outcome: str, account: str) -> tuple[str, str, str, str]:
    """What is compared of a task; whose a cancelled one was is of no consequence."""
    return element, state, outcome, "" if state == Task.CANCELLED else account


def replay(subject: str) -> ReplayReport:
    """Run the subject's latest process again from its recorded acts and compare with the tables; writes nothing."""
    process = latest_process(subject)
    book, number = _rerun(process)
    differences = list(book.trouble)

    def compare(what: str, replayed: object, stored: object) -> None:
        if replayed != stored:
            differences.append(f"{what}：重放为 {replayed!r}，表中为 {stored!r}")

    compare("动作数", number, process.acts)
    compare("状态", book.status, process.status)
    compare("数据", book.data, process.data)
    rows = Task.objects.filter(process=process).order_by("number")
    stored = {row.number: _shown(row.element, row.state, row.outcome, row.account) for row in rows}
    again = {number: _shown(line.element, line.state, line.outcome, line.account) for number, line in book.lines.items()}
    for at in sorted(set(stored) | set(again)):
        compare(f"任务 {at}", again.get(at), stored.get(at))
    if book.run is not None:
        running = book.status == Process.RUNNING
        compare("结束于", book.run.ended_with() if book.status == Process.ENDED else "", process.ended_with)
        waits = {(wait.element, wait.message) for wait in book.run.waits()} if running else set()
        compare("等待", waits, set(Waiting.objects.filter(process=process).values_list("element", "message")))
        kept = engine_spec(process.spec_id).restore(bytes(process.state))
        compare("引擎中的待办", [task.element for task in book.run.tasks()], [task.element for task in kept.tasks()])
        compare("走过的节点", book.run.passed(), kept.passed())
    return ReplayReport(subject=subject, acts=number, differences=tuple(differences))


@as_one_act
def rebuild(*, subject: str, actor: Actor, at: datetime) -> ReplayReport:
    """Throw the stored engine state away and make it again from the recorded acts; tasks keep their ids. Then report the comparison."""
    process = Process.objects.select_for_update().get(id=latest_process(subject).id)
    book, _ = _rerun(process)
    if book.run is None or book.trouble:
        raise NotRunning(f"无法由记录重建流程：{'；'.join(book.trouble) or '没有动作'}。")
    process.state = book.run.dump()
    process.save(update_fields=["state"])
    for task in Task.objects.filter(process=process):
        if task.number in book.lines:
            Task.objects.filter(id=task.id).update(engine_id=book.lines[task.number].engine_id)
    record(actor=actor, act="kernel.flow.rebuild", on=subject, at=at, details={"process": f"{process.key}/{process.version}"})
    return replay(subject)
