"""The picture: legible without styles, allowed by the content security policy, readable by ear."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from santai.kernel.flow.rules.layout import lay_out
from santai.kernel.flow.rules.process_file import read_process
from santai.kernel.flow.service import complete_task, deploy_process, diagram, diagram_of, start_process, steps_of_subject, tasks_of
from tests.kernel.flow.conftest import AT, officer

PACK = Path(__file__).parents[3] / "packs" / "procedures" / "processes"
wang = officer("王敏")


@pytest.mark.django_db
def test_current_steps_are_lit_and_passed_steps_ticked_in_picture_and_list():
    deploy_process(key="permit", version=1, bpmn=(PACK / "permit.bpmn").read_text(), actor=wang, at=AT)
    start_process(key="permit", subject="case:7", organisations={"*": "gs"}, actor=wang, at=AT)
    complete_task(task=tasks_of("case:7")[0], outcome="defects", actor=wang, at=AT)
    picture = diagram("case:7")
    assert 'style="' not in picture and "<script" not in picture
    drawing = fromstring(picture)
    css = {each.get("data-element"): each.get("class") for each in drawing.iter() if each.get("data-element")}
    assert "is-done" in css["check"] and "is-current" in css["corrected"] and css["decide"] == "flow-node flow-userTask"
    assert "当前：" in picture and "等待补正" in picture
    states = {step["id"]: step["state"] for step in steps_of_subject("case:7")}
    assert (states["check"], states["corrected"], states["decide"]) == ("done", "current", "ahead")
    assert "is-current" in diagram_of("permit", 1, {"decide"})


@pytest.mark.parametrize("path", sorted(PACK.glob("*.bpmn")), ids=lambda path: path.stem)
def test_computed_layouts_place_every_node_apart(path):
    file = read_process(path.read_text())
    picture = lay_out(file)
    assert set(picture.boxes) == set(file.nodes) and set(picture.ways) == set(file.flows)
    for level in {node.parent for node in file.nodes.values()}:
        boxes = [picture.boxes[node.id] for node in file.inside(level) if not node.attached_to]
        for at, a in enumerate(boxes):
            for b in boxes[at + 1 :]:
                assert a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y


@pytest.mark.django_db
def test_the_pages_ask_strangers_to_sign_in(client):
    assert client.get("/kernel/flow/").status_code in (302, 403)
