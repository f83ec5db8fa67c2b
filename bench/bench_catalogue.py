"""A catalogue of 5,000 items: search, guide page, lint of everything.

Five thousand items are made of those of the sample packs (a new name, code and office each, real lengths, tables and forms), published and
delivered to the hall like any other. Pages are asked through Django's client in this process.

Aims (issue B): search p95 ≤ 100 ms, guide page ≤ 50 ms server time, lint of all ≤ 10 s. SANTAI_BENCH_ITEMS (default 5000).
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.running_city import django_in  # noqa: E402

MANY = int(os.environ.get("SANTAI_BENCH_ITEMS", "5000"))
HOME = Path(os.environ.get("SANTAI_VAR", "var")) / "bench-catalogue"
AIMS = {"search_p95_ms": 100, "guide_ms": 50, "lint_s": 10}
WORDS = """
老年人 残疾人 毕业生 退役军人 外来人员 个体工商户 小微企业 社会组织 农民工 学生
孕产妇 儿童 房屋所有人 承租人 驾驶人 教师 医师 导游 会计 建造师
--
居住证 补贴 津贴 营业许可 经营备案 资格证书 执业注册 社会保险 公积金 不动产登记
道路占用 广告设置 取水 排污 施工 演出 旅馆 药品零售 食品销售 培训学校
--
申领 变更 延续 补办 注销 核准 确认 备案 查询证明 年度报告
转移 登记 审批
"""
WHO, WHAT, ACT = (part.split() for part in WORDS.split("--"))
ASKED = [
    "居住证",
    "老年人补贴",
    "怎么办营业许可",
    "食品销售 延续",
    "公积金",
    "jzz",
    "教师资格",
    "排污许可注销",
    "租房",
    "小微企业社会保险登记",
    "不存在的词",
]


def many(items: list[Any]) -> Iterator[Any]:
    """Items that differ in name, code, words and office as real ones do."""
    offices = _offices()
    for number in range(MANY):
        item = items[number % len(items)]
        who, what, act = WHO[number % 20], WHAT[number // 20 % 20], ACT[number // 400 % 13]
        code, name = offices[number % len(offices)]
        yield replace(
            item,
            code=f"BENCH-{number:05d}", version=1, name=f"{who}{what}{act}", organisation=code, organisation_name=name,
            summary=f"{who}办理{what}{act}的条件、材料和时限，第 {number} 类情形。{item.summary}",
            conditions=f"{item.conditions}（{number}）",
            keywords=(who, what, act), topics=(what,), basic_code=f"0007{number % 100:02d}{number:06d}"[:12],
        )  # fmt: skip


def _offices() -> list[tuple[str, str]]:
    from santai.kernel.orgs.service import organisations

    return [(one.code, one.name) for one in organisations()]


def main() -> dict[str, Any]:
    with django_in(HOME):
        from django.db import transaction

        from santai.exchange.items import service
        from santai.front.hall import service as hall
        from santai.kernel.clocks.service import now, today
        from santai.kernel.jobs.service import drain
        from santai.kernel.ledger.service import system_actor

        items = [service.definition_of(row) for row in service.items_in_force() if not row.code.startswith("BENCH-")]
        actor, at = system_actor("bench"), now()
        have = service.items_in_force().filter(code__startswith="BENCH-").count()
        began = time.perf_counter()
        if have < MANY:
            made = list(many(items))
            for first in range(0, MANY, 250):
                with transaction.atomic():
                    for item in made[first : first + 250]:
                        service.publish_item(definition=item, actor=actor, at=at, pack="bench")
                drain(only=("exchange.bus",))
        published_s = time.perf_counter() - began
        assert hall.find_items().count() >= MANY, hall.find_items().count()
        _analyse()

        found = {"items": hall.find_items().count(), "published_and_delivered_s": round(published_s, 1)}
        found |= _pages()
        began = time.perf_counter()
        known = service.installed()
        definitions = [service.definition_of(row) for row in service.items_in_force()]
        wrong = sum(1 for item in definitions for _ in service.findings(item, known, today()))
        lint_s = time.perf_counter() - began
        began = time.perf_counter()
        pairs = sum(1 for _ in service.alike([service.print_of(item) for item in definitions]))
        found |= {"lint_s": round(lint_s, 2), "findings": wrong, "alike_s": round(time.perf_counter() - began, 2), "alike_pairs": pairs}
        for name, aim in AIMS.items():
            found[f"{name}_aim"] = aim
            print(f"{name}: {found[name]} (aim {aim}) {'met' if found[name] <= aim else 'MISSED'}")
        print(json.dumps(found, ensure_ascii=False))
        return found


def _pages() -> dict[str, Any]:
    from django.test import Client

    from santai.kernel.identity.service import find_account

    public, official = Client(), Client()
    official.force_login(find_account("item-manager"), backend="django.contrib.auth.backends.ModelBackend")
    session = official.session
    session["acting"] = {"post": "dsj-items"}
    session.save()
    times: dict[str, list[float]] = {"search": [], "catalogue": [], "guide": []}
    for number in range(10):
        for asked in ASKED:
            times["search"].append(_timed(public, "/front/hall/", {"q": asked}))
            times["catalogue"].append(_timed(official, "/exchange/items/", {"q": asked}))
        times["guide"] += [_timed(public, f"/front/hall/items/BENCH-{number * 37 + n:05d}/", {}) for n in range(12)]
    return {
        "search_p95_ms": _p95(times["search"]), "search_median_ms": round(statistics.median(times["search"]), 1),
        "catalogue_p95_ms": _p95(times["catalogue"]), "guide_ms": _p95(times["guide"]),
        "guide_median_ms": round(statistics.median(times["guide"]), 1),
    }  # fmt: skip


def _timed(client: Any, path: str, asked: dict[str, str]) -> float:
    began = time.perf_counter()
    answer = client.get(path, asked)
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return took


def _p95(times: list[float]) -> float:
    return round(sorted(times)[int(len(times) * 0.95)], 1)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("analyze")


if __name__ == "__main__":
    main()
