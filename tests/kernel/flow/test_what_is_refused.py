"""The linter, the restricted language and the decision tables."""
# ruff: noqa: E501 - lines of BPMN and DMN

from pathlib import Path

import pytest

from santai.kernel.flow.rules.expressions import BadExpression, evaluate
from santai.kernel.flow.service import (
    ProcessRefused,
    VersionIsFixed,
    check_process_file,
    complete_task,
    deploy_decision,
    deploy_process,
    evaluate_decision,
    process_of,
    replay,
    send_message,
    start_process,
    tasks_of,
    waiting_for,
)
from tests.kernel.flow.conftest import AT, officer

PERMIT = (Path(__file__).parents[3] / "packs" / "procedures" / "processes" / "permit.bpmn").read_text()
FILING = (Path(__file__).parents[3] / "packs" / "procedures" / "processes" / "filing.bpmn").read_text()
wang = officer("王敏")
DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:x">
<decision id="route" name="分派"><decisionTable hitPolicy="FIRST">
<input id="i1" label="类别"><inputExpression><text>kind</text></inputExpression></input>
<input id="i2" label="面积"><inputExpression><text>area * 2</text></inputExpression></input>
<output id="o1" name="way" label="途径"/>
<rule id="r1"><inputEntry><text>"a","b"</text></inputEntry><inputEntry><text>[10..20[</text></inputEntry><outputEntry><text>"fast"</text></outputEntry></rule>
<rule id="r2"><inputEntry><text>not("a")</text></inputEntry><inputEntry><text>&gt;= 20</text></inputEntry><outputEntry><text>"slow"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def with_(old: str, new: str, text: str = PERMIT) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("text", "element", "words"),
    [
        (with_('<bpmn:subProcess id="work"', '<bpmn:subProcess triggeredByEvent="true" id="work"'), "work", "事件子流程"),
        (
            with_('<bpmn:endEvent id="work_end"/>', '<bpmn:scriptTask id="work_end"><bpmn:script>1</bpmn:script></bpmn:scriptTask>'),
            "work_end",
            "脚本",
        ),
        (with_('role="decider"', 'role="emperor"'), "decide", "角色“emperor”"),
        (with_('id="lane_department"', 'id="lane_moon"'), "moon", "泳道代码"),
        (with_('check_outcome == "defects"<', "__import__('os').system('x')<"), "checked_to_corrected", "条件不可用"),
        (with_('check_outcome == "defects"<', 'check_outcome == "defect"<'), "checked_to_corrected", "“defect”不是任务"),
        (with_(' default="decided_to_work_end"', ""), "decided", "默认流出"),
        (with_('<bpmn:sequenceFlow id="accepted_to_examine" sourceRef="accepted" targetRef="examine"/>', ""), "accepted", "没有流出"),
        (with_('sourceRef="examine" targetRef="decide"', 'sourceRef="examine" targetRef="accepted"'), "examine", "没有出口的循环"),
        (
            with_('sourceRef="examine" targetRef="decide"', 'sourceRef="examine" targetRef="nowhere"'),
            "examine_to_decide",
            "“nowhere”不存在",
        ),
        (with_("<bpmn:definitions", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><bpmn:definitions'), "", "安全的 XML"),
        ("<broken", "", "安全的 XML"),
        (with_('id="message_accepted" name="accepted"', 'id="message_x" name="accepted"'), "accepted", "没有声明"),
    ],
    ids=range(13),
)
@pytest.mark.django_db
def test_a_bad_file_is_refused_by_element(text, element, words):
    problems = check_process_file(text)
    assert any(each == element and words in said for each, said in problems), problems
    with pytest.raises(ProcessRefused):
        deploy_process(key="permit", version=1, bpmn=text, actor=wang, at=AT)


@pytest.mark.django_db
def test_all_problems_are_listed_at_once():
    text = (
        with_('role="decider"', 'role="emperor"')
        .replace('id="lane_department"', 'id="lane_moon"')
        .replace(' default="checked_to_accepted"', "")
    )
    assert len(check_process_file(text)) >= 3


@pytest.mark.django_db
def test_a_version_is_fixed_and_the_same_content_changes_nothing():
    first = deploy_process(key="permit", version=1, bpmn=PERMIT, actor=wang, at=AT)
    assert deploy_process(key="permit", version=0, bpmn=PERMIT, actor=wang, at=AT).id == first.id
    changed = with_('name="决定"', 'name="审批"')
    with pytest.raises(VersionIsFixed):
        deploy_process(key="permit", version=1, bpmn=changed, actor=wang, at=AT)
    assert deploy_process(key="permit", version=0, bpmn=changed, actor=wang, at=AT).version == 2


@pytest.mark.parametrize(
    "text", ["open('x')", "a.__class__", "[x for x in y]", "lambda: 1", "a if b else c", "9**9**9", "f'{a}'", "", "a;b", "_x", "x" * 600]
)
def test_the_language_knows_no_calls_and_no_ways_out(text):
    with pytest.raises(BadExpression):
        evaluate(text, {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a == "x" and n >= 3', True),
        ("missing > 3", False),
        ("missing == null", True),
        ("n * 2 + 1", 7),
        ("n / 0", None),
        ("d.inner.deep == 1", True),
        ('a in ["x", "y"]', True),
        ("not flag", False),
        ('n < "3"', False),
    ],
)
def test_expressions_read_only_the_data(text, value):
    assert evaluate(text, {"a": "x", "n": 3, "flag": True, "d": {"inner": {"deep": 1}}}) == value


@pytest.mark.django_db
def test_decision_tables_decide_by_version_and_name_what_is_wrong():
    deploy_decision(dmn=DMN, actor=wang, at=AT)
    assert evaluate_decision("route", {"kind": "b", "area": 5}) == {"way": "fast"}
    assert evaluate_decision("route", {"kind": "c", "area": 10}) == {"way": "slow"}
    assert evaluate_decision("route", {"kind": "a", "area": 10}) == {"way": None}
    assert deploy_decision(dmn=DMN, actor=wang, at=AT)[0].version == 1
    assert deploy_decision(dmn=DMN.replace('"slow"', '"steady"'), actor=wang, at=AT)[0].version == 2
    assert evaluate_decision("route", {"kind": "c", "area": 10}, version=1) == {"way": "slow"}
    with pytest.raises(ProcessRefused, match="r1"):
        deploy_decision(dmn=DMN.replace('"fast"', "import os"), actor=wang, at=AT)


@pytest.mark.django_db
def test_a_process_decides_by_the_table_pinned_with_it_and_a_timer_waits_for_its_clock():
    text = with_('id="filing"', 'id="routed"', FILING)
    text = text.replace(
        '<bpmn:sequenceFlow id="work_start_to_check" sourceRef="work_start" targetRef="check"/>',
        '<bpmn:sequenceFlow id="a" sourceRef="work_start" targetRef="route"/><bpmn:sequenceFlow id="b" sourceRef="route" targetRef="check"/>'
        '<bpmn:businessRuleTask id="route" name="分派"><bpmn:extensionElements><santai:decision table="route"/></bpmn:extensionElements>'
        "</bpmn:businessRuleTask>",
    ).replace(
        '<bpmn:messageEventDefinition id="accepted_on" messageRef="message_accepted"/>',
        '<bpmn:timerEventDefinition santai:rule="silence-5"/>',
    )
    assert check_process_file(text) == [("route", "决策表“route”没有随流程提供，也没有部署")]
    deploy_process(key="routed", version=1, bpmn=text, dmn={"route.dmn": DMN}, actor=wang, at=AT)
    start_process(key="routed", subject="case:7", data={"kind": "a", "area": 5}, organisations={"*": "gs"}, actor=wang, at=AT)
    assert process_of("case:7").data["way"] == "fast"
    complete_task(task=tasks_of("case:7")[0], outcome="complete", actor=wang, at=AT)
    assert "clock:silence-5" in waiting_for("case:7")
    assert send_message(subject="case:7", message="clock:silence-5", actor=wang, at=AT).open_elements == ("record",)
    assert replay("case:7").differences == ()
