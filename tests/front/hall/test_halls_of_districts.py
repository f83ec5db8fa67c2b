"""District and department halls are views of one catalogue; other halls list, read, file and follow through the interface."""

import json

import pytest
from django.test import Client

from santai.front.hall.service import halls
from santai.kernel.identity.service import find_account
from santai.kernel.jobs.service import drain
from tests.support import city
from tests.support.acts import UNEMPLOYED

ITEM = "12189901MB6218027M5000714001000"


@pytest.fixture
def offered(db: None) -> Client:
    city.install("resident-basics")
    client = Client()
    client.force_login(find_account("resident"), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.requirement("FD-028", part="each district and committee has its own online hall")
def test_each_district_and_department_has_its_view_of_the_one_catalogue(offered: Client) -> None:
    known = {one.code: one for one in halls()}
    assert known["189901"].items >= 6 and known["hrss"].items == 1
    assert known["189900"].items >= known["189901"].items  # the city's hall holds its districts'
    page = offered.get("/front/hall/of/").content.decode()
    assert "/front/hall/of/hrss/" in page and "滨江新区" in page
    page = offered.get("/front/hall/of/hrss/").content.decode()
    assert "劳务派遣经营许可" in page and "居住证申领" not in page and "共 1 项" in page
    assert "没有找到合适的事项" in offered.get("/front/hall/of/hrss/?q=居住证").content.decode()
    assert offered.get("/front/hall/of/nowhere/").status_code == 404


@pytest.mark.requirement("FD-029", "FD-030", part="an interface by which other halls list, read, file and follow")
def test_another_hall_lists_reads_files_and_follows_through_the_interface(offered: Client) -> None:
    stranger = Client()
    listed = stranger.get("/front/hall/api/items/?hall=189901").json()
    assert listed["total"] == len(listed["items"]) >= 6 and {"code", "guide", "promised"} <= listed["items"][0].keys()
    assert [one["name"] for one in stranger.get("/front/hall/api/items/?q=失业登记").json()["items"]][0] == "失业登记"
    assert stranger.get("/front/hall/api/items/?hall=nowhere").status_code == 404
    read = stranger.get(f"/front/hall/api/items/{ITEM}/").json()
    assert read["name"] == "失业登记" and "materials" in read and "process" not in read and "tables" not in read
    assert stranger.get("/front/hall/api/items/none/").json()["code"] == "front.hall.item_not_offered"
    assert stranger.get("/front/hall/api/cases/").status_code == 401
    body = json.dumps({"item_code": ITEM, "content": UNEMPLOYED, "materials": {}})
    filed = offered.post("/front/hall/api/applications/", body, content_type="application/json", headers={"Idempotency-Key": "k1"})
    assert filed.status_code == 201, filed.content
    drain()
    case_no = filed.json()["case_no"]
    followed = offered.get(f"/front/hall/api/cases/{case_no}/").json()
    assert followed["item_name"] == "失业登记" and followed["lines"][0]["event"] == "submitted"
    assert [one["case_no"] for one in offered.get("/front/hall/api/cases/").json()["cases"]] == [case_no]
    assert stranger.get(f"/front/hall/api/cases/{case_no}/").status_code == 401
    other = Client()
    other.force_login(find_account("buyer"), backend="django.contrib.auth.backends.ModelBackend")
    assert other.get(f"/front/hall/api/cases/{case_no}/").status_code == 404


def test_a_guide_tells_what_the_list_says_of_ways_sample_and_materials(offered: Client) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from santai.exchange.contracts.service import ItemVersionPublished, ResultDefinition
    from santai.front.hall import service

    item = service.current_item("11189901MB6208777X4000114021000")
    material = replace(item.materials[0], source="upload", kind="original", form="paper", copies=2, size="A4", standard="页数齐全")
    richer = replace(
        item, version=item.version + 1, channels=("1", "2"), reach="city", online_depth="3", bookable=True, visits=1,
        visit_reason="核对原件",
        quota="每年 20 家", materials=(material,), results=ResultDefinition(kind="document", name="许可证",
        sample={"证书编号": "东人社〔2026〕1号"}),
        decisions=replace(item.decisions, materials=""), tables={},
    )  # fmt: skip
    service.take_item(message=ItemVersionPublished(definition=richer, published_at=datetime.now(UTC).isoformat()))
    page = offered.get(f"/front/hall/items/{item.code}/").content.decode()
    for said in (
        "窗口、网上（电脑）",
        "跨市通办",
        "网上申报、受理",
        "可以预约",
        "核对原件",
        "每年 20 家",
        "原件、纸质、2 份、A4",
        "受理标准：页数齐全",
        "东人社〔2026〕1号",
    ):
        assert said in page, said
