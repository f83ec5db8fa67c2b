"""A pack is installed whole or not at all, and every problem is named with its file and place."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from santai.kernel.ledger.service import entries_on, system_actor
from santai.kernel.packs import rules
from santai.kernel.packs.service import (
    Pack,
    PackFile,
    PackRefused,
    Problem,
    check_pack,
    install_pack,
    install_packs,
    installed_packs,
    register_part,
)

AT = datetime(2026, 2, 9, tzinfo=UTC)
ACTOR = system_actor("test")


@pytest.fixture
def written() -> Iterator[list[str]]:
    log: list[str] = []

    def check(pack: Pack, files: list[PackFile]) -> list[Problem]:
        return [
            file.problem(f"things[{index}].colour", f"没有颜色“{thing['colour']}”。")
            for file in files
            for index, thing in enumerate(file.data["things"])
            if thing["colour"] not in ("red", "blue")
        ]

    def check_rows(pack: Pack, files: list[PackFile]) -> list[Problem]:
        known = {row["code"] for file in pack.visible_files("test_rows") for row in file.data}
        return [
            file.problem(i, "上级不存在。")
            for file in files
            for i, row in enumerate(file.data)
            if row["parent"] and row["parent"] not in known
        ]

    def install(pack: Pack, files: list[PackFile], *, actor: Any, at: Any) -> int:
        log.extend(thing["colour"] for file in files for thing in file.data["things"])
        return len(log)

    def install_rows(pack: Pack, files: list[PackFile], *, actor: Any, at: Any) -> int:
        log.extend(row["code"] for file in files for row in file.data)
        return sum(len(file.data) for file in files)

    def explode(*_: Any, **__: Any) -> int:
        raise ZeroDivisionError

    before = dict(rules.PARTS)
    register_part("test_things", order=2, check=check, install=install)
    register_part("test_rows", order=1, check=check_rows, install=install_rows)
    register_part("test_late", order=3, check=lambda pack, files: [], install=explode)
    yield log
    rules.PARTS.clear()
    rules.PARTS.update(before)


def make(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", ".").replace("_in_", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def good(folder: Path, name: str = "good", extra: str = "") -> Path:
    return make(
        folder / name,
        pack__yaml=f'name: {name}\ntitle: 好包\nversion: "1.0"\n{extra}parts:\n  test_things: ["t/*.yaml"]\n  test_rows: [rows.csv]\n',
        t_in_a__yaml="things:\n  - colour: red\n  - colour: blue\n",
        rows__csv="code,parent\nr1,\nr2,r1\n",
    )


@pytest.mark.django_db
def test_a_good_pack_is_installed_once_in_the_order_of_its_parts(tmp_path: Path, written: list[str]) -> None:
    path = good(tmp_path)
    assert check_pack(path) == []
    done = install_pack(path, actor=ACTOR, at=AT)
    assert written == ["r1", "r2", "red", "blue"]
    assert done.changed and done.counts["test_rows"] == 2
    assert not install_pack(path, actor=ACTOR, at=AT).changed
    assert written == ["r1", "r2", "red", "blue"]
    (path / "rows.csv").write_text("code,parent\nr3,\n")
    assert install_pack(path, actor=ACTOR, at=AT).changed
    assert installed_packs().get().version == "1.0"
    assert entries_on("pack:good").count() == 2


@pytest.mark.django_db
def test_a_pack_with_several_errors_installs_nothing_and_lists_every_one_with_file_and_place(tmp_path: Path, written: list[str]) -> None:
    path = make(
        tmp_path / "bad",
        pack__yaml=(
            'name: bad\ntitle: 坏包\nversion: 1.0\ncolour: red\nparts:\n  test_things: ["t/*.yaml", missing.yaml, ../x.yaml]\n'
            "  test_rows: [rows.csv]\n  nonsense: [a.yaml]\n  test_late: [broken.json]\n"
        ),
        t_in_a__yaml="things:\n  - colour: red\n  - colour: green\n    x: 1\n  - colour: pink\n",
        t_in_b__yaml="things:\n  - a: [1\n",
        rows__csv="code,parent\nr1,\nr2,nowhere\nr3\n",
        a__yaml="x: 1\nx: 2\n",
        broken__json='{"a": 1,}',
    )
    with pytest.raises(PackRefused) as refused:
        install_pack(path, actor=ACTOR, at=AT)
    found = {(problem.file, problem.place) for problem in refused.value.facts["problems"]}  # type: ignore[attr-defined]
    assert {
        ("pack.yaml", "version（第 3 行）"),
        ("pack.yaml", "colour（第 4 行）"),
        ("pack.yaml", "parts.test_things[1]（第 6 行）"),
        ("pack.yaml", "parts.test_things[2]（第 6 行）"),
        ("pack.yaml", "parts.nonsense（第 8 行）"),
        ("t/a.yaml", "things[1].colour（第 3 行）"),
        ("t/a.yaml", "things[2].colour（第 5 行）"),
        ("rows.csv", "第 4 行"),
        ("a.yaml", "第 2 行第 1 列"),
    } <= found
    assert {file for file, _ in found} == {"pack.yaml", "t/a.yaml", "t/b.yaml", "rows.csv", "a.yaml", "broken.json"}
    assert all(str(problem).startswith(problem.file) for problem in refused.value.facts["problems"])  # type: ignore[attr-defined]
    assert written == []
    assert not installed_packs().exists()


@pytest.mark.django_db
def test_a_reference_to_a_row_that_is_nowhere_is_named_with_its_line(tmp_path: Path, written: list[str]) -> None:
    path = good(tmp_path)
    (path / "rows.csv").write_text("code,parent\nr1,\n\nr2,nowhere\n")
    assert [(problem.file, problem.place) for problem in check_pack(path)] == [("rows.csv", "第 4 行")]


@pytest.mark.django_db
def test_a_failure_while_installing_takes_everything_back(tmp_path: Path, written: list[str]) -> None:
    path = good(tmp_path)
    with (path / "pack.yaml").open("a") as file:
        file.write("  test_late: [rows.csv]\n")
    with pytest.raises(ZeroDivisionError):
        install_pack(path, actor=ACTOR, at=AT)
    assert not installed_packs().exists()
    assert not entries_on("pack:good").exists()


@pytest.mark.django_db
def test_packs_are_installed_after_what_they_require_and_see_its_files(tmp_path: Path, written: list[str]) -> None:
    good(tmp_path, "zbase")
    above = good(tmp_path, "above", extra="requires: [zbase]\n")
    (above / "rows.csv").write_text("code,parent\nr9,r1\n")
    with pytest.raises(PackRefused):
        install_pack(above, actor=ACTOR, at=AT)
    assert [done.name for done in install_packs(tmp_path, actor=ACTOR, at=AT)] == ["zbase", "above"]
    assert install_packs(tmp_path, actor=ACTOR, at=AT, only=("above",))[-1].name == "above"


@pytest.mark.django_db
def test_a_missing_requirement_and_a_circle_are_problems(tmp_path: Path, written: list[str]) -> None:
    assert "没有安装" in check_pack(good(tmp_path, "lonely", extra="requires: [nobody]\n"))[0].text
    one = good(tmp_path, "one", extra="requires: [two]\n")
    good(tmp_path, "two", extra="requires: [one]\n")
    assert any("成环" in problem.text for problem in check_pack(one)) or any("成环" in p.text for p in check_pack(tmp_path / "two"))


@pytest.mark.django_db
def test_a_part_whose_room_runs_in_another_zone_is_left_to_it(tmp_path: Path, written: list[str], settings: Any) -> None:
    settings.ROOMS = [room for room in settings.ROOMS if not room.startswith("oversight")]
    rules.PARTS.pop("supervision_rules", None)
    path = good(tmp_path)
    with (path / "pack.yaml").open("a") as file:
        file.write("  supervision_rules: [rows.csv]\n")
    assert check_pack(path) == []


@pytest.mark.django_db
def test_text_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path, written: list[str]) -> None:
    path = good(tmp_path)
    (path / "rows.csv").write_bytes("code,parent\n工商,\n".encode("gbk"))
    assert [(problem.file, problem.place) for problem in check_pack(path)] == [("rows.csv", "第 2 行")]
