"""The parts of packs that flow owns, ``processes`` (BPMN files) and ``decisions`` (DMN files); and deadlines that move a process on."""

from datetime import datetime

from santai.kernel.clocks.service import ClockState, on_due
from santai.kernel.flow.service import (
    check_decision_file,
    check_process_file,
    clock_message,
    deploy_decision,
    deploy_process,
    process_key,
    send_message,
    waiting_for,
)
from santai.kernel.ledger.service import Actor, system_actor
from santai.kernel.packs.service import Pack, PackFile, Problem, register_part


def check_decisions(pack: Pack, files: list[PackFile]) -> list[Problem]:
    return [file.problem(element, text) for file in files for element, text in check_decision_file(file.text)]


def put_decisions(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    return sum(len(deploy_decision(dmn=file.text, actor=actor, at=at)) for file in files)


def check_processes(pack: Pack, files: list[PackFile]) -> list[Problem]:
    """Every file alone, with the decision tables this pack and those it requires bring along; and one file a process."""
    dmn = {file.path: file.text for file in pack.visible_files("decisions")}
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for file in files:
        key = process_key(file.text)
        if key and key in seen:
            problems.append(file.problem(key, f"流程代码与 {seen[key]} 重复"))
        seen[key] = file.path
        problems += [file.problem(element, text) for element, text in check_process_file(file.text, dmn=dmn)]
    return problems


def put_processes(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    """A changed file becomes the next version of its process; an unchanged one stays what it is."""
    for file in files:
        deploy_process(key=process_key(file.text), version=0, bpmn=file.text, actor=actor, at=at)
    return len(files)


def on_clock_due(clock: ClockState, at: datetime) -> None:
    """A deadline passed: where the subject's process waits for this clock rule (a timer event), it goes on."""
    message = clock_message(clock.rule)
    if message in waiting_for(clock.subject):
        send_message(subject=clock.subject, message=message, actor=system_actor("kernel.clocks"), at=at)


def register() -> None:
    on_due("", on_clock_due)
    register_part("decisions", order=79, check=check_decisions, install=put_decisions)  # before the processes that use them
    register_part("processes", order=80, check=check_processes, install=put_processes)
