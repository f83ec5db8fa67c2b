"""A run that starts where many started before is copied, and nobody can tell it from one the engine made."""

from pathlib import Path

import pytest

from santai.kernel.flow.adapters import EngineSpec, Opened, Run, compile_process

PROCESSES = Path(__file__).parents[3] / "packs" / "procedures" / "processes"


def spec_of(key: str) -> EngineSpec:
    return compile_process((PROCESSES / f"{key}.bpmn").read_text(), {})


def elements(run: Run | Opened) -> tuple[list[str], list[tuple[str, str]]]:
    return [task.element for task in run.tasks()], [(wait.element, wait.message) for wait in run.waits()]


@pytest.mark.parametrize("key", ["instant", "permit", "registration", "filing", "push", "joint"])
def test_a_copied_run_stands_where_the_engine_puts_it(key: str) -> None:
    spec = spec_of(key)
    data = {"case_no": '189901\\20260209"000001', "n": 3}
    copied, made = spec.open(data), spec.start(data)
    assert isinstance(copied, Opened), "nothing looks at the data before the first task"
    restored = spec.restore(copied.dump())
    assert elements(copied) == elements(made) == elements(restored)
    assert restored.tasks() == copied.tasks(), "the tasks shown are those the kept state knows"
    assert restored.passed() == made.passed()
    assert [task.data for task in restored.workflow.get_tasks()] == [task.data for task in made.workflow.get_tasks()]


def test_two_copies_share_no_identifier() -> None:
    spec = spec_of("permit")
    one, two = (spec.restore(spec.open({"n": n}).dump()) for n in (1, 2))
    assert not {task.id for task in one.workflow.get_tasks()} & {task.id for task in two.workflow.get_tasks()}


LOOKS_FIRST = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" targetNamespace="urn:santai:processes">
  <bpmn:process id="looks_first" name="先看数据" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:sequenceFlow id="start_to_which" sourceRef="start" targetRef="which"/>
    <bpmn:exclusiveGateway id="which" default="which_to_few"/>
    <bpmn:sequenceFlow id="which_to_many" sourceRef="which" targetRef="many"><bpmn:conditionExpression>n &gt; 9</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="which_to_few" sourceRef="which" targetRef="few"/>
    <bpmn:userTask id="many"/><bpmn:userTask id="few"/>
    <bpmn:sequenceFlow id="many_to_end" sourceRef="many" targetRef="end"/>
    <bpmn:sequenceFlow id="few_to_end" sourceRef="few" targetRef="end"/>
    <bpmn:endEvent id="end"/>
  </bpmn:process>
</bpmn:definitions>"""


def test_a_process_that_looks_at_its_data_first_is_run_each_time() -> None:
    spec = compile_process(LOOKS_FIRST, {})
    found = [spec.open({"n": n}) for n in (1, 99)]
    assert all(isinstance(run, Run) for run in found)
    assert [elements(run)[0] for run in found] == [["few"], ["many"]]
