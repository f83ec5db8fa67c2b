"""What the engine costs: cpu milliseconds of this process (PostgreSQL not included) per start and per completed task.

PYTHONPATH=src:. python -m pytest bench/flow.py -s      (aims: start ≤ 4 ms, complete ≤ 8 ms)
"""

import time
from pathlib import Path

import pytest

from santai.kernel.flow.service import complete_task, deploy_process, send_message, start_process, tasks_of
from tests.kernel.flow.conftest import AT, officer

PERMIT = Path(__file__).parents[1] / "packs" / "procedures" / "processes" / "permit.bpmn"
ROUNDS = 60


@pytest.mark.django_db
def test_flow_costs():
    actor, decider = officer("王敏"), officer("李强")
    deploy_process(key="permit", version=1, bpmn=PERMIT.read_text(), actor=actor, at=AT)
    spent: dict[str, list[float]] = {"start": [], "complete": [], "message": []}

    def measure(name, call):
        before = time.process_time()
        call()
        spent[name].append((time.process_time() - before) * 1000)

    for number in range(ROUNDS):
        subject = f"case:{number}"
        common = {"at": AT, "actor": actor}
        measure("start", lambda s=subject, c=common: start_process(key="permit", subject=s, data={"n": 1}, organisations={"*": "gs"}, **c))
        for outcome, who in (("complete", actor), ("suggest_grant", actor), ("granted", decider)):
            task = tasks_of(subject)[0]
            measure("complete", lambda t=task, o=outcome, w=who: complete_task(task=t, outcome=o, actor=w, at=AT))
            if outcome == "complete":
                measure("message", lambda s=subject, c=common: send_message(subject=s, message="accepted", **c))
    for name, values in spent.items():
        values.sort()
        print(f"{name:9s} median {values[len(values) // 2]:5.2f} ms cpu   p95 {values[int(len(values) * 0.95)]:5.2f} ms   n={len(values)}")
