"""Start a process on a subject."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError

from santai.kernel.codes.service import new_id
from santai.kernel.flow.actions.project import checked_data, organisation_for, project, write_act
from santai.kernel.flow.errors import AlreadyRunning, DataRefused
from santai.kernel.flow.messages import ProcessState
from santai.kernel.flow.models import Process
from santai.kernel.flow.queries import engine_spec, find_spec
from santai.kernel.ledger.service import Actor, as_one_act


def start_process(
    *,
    key: str,
    version: int = 0,
    subject: str,
    data: dict[str, Any] | None = None,
    organisations: dict[str, str],
    actor: Actor,
    at: datetime,
) -> ProcessState:
    """Start version ``version`` (0: the latest) of ``key`` on ``subject`` and open its first tasks.

    ``organisations`` gives the organisation code of each lane; ``"*"`` stands for every lane not named. ``data`` holds references and
    plain facts that conditions read. UnknownProcess, AlreadyRunning (one running process per subject; within another act
    it comes up where that act's rows are written, as IntegrityError), DataRefused.
    """
    try:
        return _start(key, version, subject, data, organisations, actor, at)
    except IntegrityError as error:
        if "flow_one_running_process" in str(error):
            raise AlreadyRunning(subject=subject) from error
        raise


@as_one_act
def _start(
    key: str, version: int, subject: str, data: dict[str, Any] | None, organisations: dict[str, str], actor: Actor, at: datetime
) -> ProcessState:
    spec_id, number = find_spec(key, version)
    spec = engine_spec(spec_id)
    plain = checked_data(data)
    homeless = [
        node.name
        for node in spec.file.nodes.values()
        if node.task is not None and node.task.organisation and not organisation_for(spec.file, node.id, organisations)
    ]
    if homeless:
        raise DataRefused(f"启动流程时没有给出这些环节的承办部门：{'、'.join(homeless)}。")
    process = Process(
        id=new_id(),
        subject=subject,
        spec_id=spec_id,
        key=key,
        version=number,
        organisations=organisations,
        data=dict(plain),
        started_at=at,
    )
    run = spec.open(plain)
    process.data |= run.decided
    write_act(process, kind="start", actor=actor, at=at, verb="start_process", data=plain)
    process.state = b""
    return project(process, run, actor=actor, at=at)
