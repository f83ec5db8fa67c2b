"""``santai pack check`` and ``install`` on a pack full of mistakes: each is listed with file and place, and nothing is written."""

import shutil
from pathlib import Path

import pytest

from santai.config.cli import main
from santai.exchange.items.models import ItemVersion
from santai.kernel.flow.service import deployed_decisions
from santai.kernel.forms.service import installed_forms
from santai.kernel.packs.service import installed_packs
from tests.support import dmn
from tests.support.city import PACKS

BPMN = (PACKS / "procedures" / "processes" / "instant.bpmn").read_text(encoding="utf-8")


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The residents' pack, spoilt in every kind of file it has."""
    for name in ("demo-city", "procedures", "resident-basics"):
        shutil.copytree(PACKS / name, tmp_path / name)
    pack = tmp_path / "resident-basics"
    spoil(pack / "pack.yaml", "sample: true", "sample: true\ncolour: red")
    spoil(pack / "pack.yaml", "parts:\n", "parts:\n  nonsense: [a.yaml]\n  processes: [own.bpmn]\n  organisations: [bodies.csv]\n")
    spoil(pack / "pack.yaml", '["forms/*.yaml"]', '["forms/*.yaml", forms/missing.yaml, ../outside.yaml]')
    spoil(pack / "clock_rules.yaml", "unit: working_day", "unit: fortnight")
    spoil(pack / "forms" / "chronic-disease.yaml", "version: 1", "version: 1\nversion: 2")
    spoil(pack / "forms" / "labour-dispatch.yaml", "- {field: area, unit: m²}", "- {field: acreage, unit: m²}")
    (pack / "forms" / "unemployment-registration.yaml").write_bytes("title: 失业登记".encode("gb18030"))
    items = pack / "items"
    spoil(items / "residence-permit.yaml", "organisation: police", "organisation: sheriff")
    spoil(items / "residence-permit.yaml", "process: permit", "process: by-hand")
    spoil(items / "residence-permit.yaml", "rb-residence-15-days", "rb-residence-99-days")
    spoil(items / "residence-permit.yaml", "address: address}", "address: residence.street}")
    spoil(items / "labour-dispatch.yaml", '"11189901MB6208777X', '"11189901MB62087771')
    spoil(items / "subsistence-allowance.yaml", "nature: ", "natur: ")
    spoil(items / "property-transfer.yaml", 'amount: "80"', 'amount: "八十"')
    tables = pack / "decisions"
    spoil(tables / "property-transfer-fees.dmn", '<text>"other"</text></inputEntry>', '<text>"barn"</text></inputEntry>')
    spoil(tables / "property-transfer-materials.dmn", "<text>cause</text>", "<text>reason</text>")
    spoil(tables / "residence-permit-materials.dmn", '<text>"dwelling"</text>', '<text>"house"</text>')
    (tables / "twice.dmn").write_text(
        dmn.table("twice", ["area"], "fee", [(["[0..90]"], '"a"'), (["[90..144]"], '"b"')], policy="UNIQUE"), encoding="utf-8"
    )
    (tables / "torn.dmn").write_text("<definitions><decision>", encoding="utf-8")
    (pack / "own.bpmn").write_text(BPMN.replace('role="', 'role="chief_', 1), encoding="utf-8")
    header = (PACKS / "demo-city" / "organisations.csv").read_text(encoding="utf-8").splitlines()[0]
    (pack / "bodies.csv").write_text(f"{header}\nnew-body,11189901MB6201\n", encoding="utf-8")
    return pack


FOUND = [  # file, place, words: one line of the list each
    ("pack.yaml", "colour（第", "未知的键"),
    ("pack.yaml", "parts.nonsense（第", "未知的部分"),
    ("pack.yaml", "parts.forms[1]（第", "找不到文件“forms/missing.yaml”"),
    ("pack.yaml", "parts.forms[2]（第", "不在包里"),
    ("bodies.csv", "第 2 行", "应有 16 列，却有 2 列"),
    ("clock_rules.yaml", "[0]（第 ", "unit 只能是"),
    ("forms/chronic-disease.yaml", "第 ", "键“version”重复出现"),
    ("forms/labour-dispatch.yaml", "layout.sections[1].", "acreage"),
    ("forms/unemployment-registration.yaml", "第 1 行", "不是 UTF-8 编码"),
    ("items/residence-permit.yaml", "organisation（第 ", "没有机构“sheriff”"),
    ("items/residence-permit.yaml", "process（第 ", "没有流程“by-hand”"),
    ("items/residence-permit.yaml", "clocks.statutory（第 ", "没有时限规则“rb-residence-99-days”"),
    ("items/residence-permit.yaml", "results.fields.address（第 ", "表单里没有“residence.street”"),
    ("items/labour-dispatch.yaml", "code（第 ", ""),
    ("items/subsistence-allowance.yaml", "natur（第 ", "未知的键"),
    ("items/property-transfer.yaml", "fees[0].amount（第 ", "金额以元为单位"),
    ("decisions/property-transfer-fees.dmn", "property-transfer-fees-2（第 ", "没有“barn”这个选项"),
    ("decisions/property-transfer-fees.dmn", "property-transfer-fees（第 ", "有空档：“用途”为非住宅时没有一行命中"),
    ("decisions/property-transfer-materials.dmn", "property-transfer-materials-in1（第 ", "没有“reason”"),
    ("decisions/residence-permit-materials.dmn", "residence-permit-materials-3（第 ", "结果“house”不存在"),
    ("decisions/residence-permit-materials.dmn", "residence-permit-materials（第 ", "没有一行给出材料“dwelling”"),
    ("decisions/twice.dmn", "r2（第 ", "第 1 行与第 2 行重叠"),
    ("decisions/torn.dmn", "第 1 行", "XML 写法有误"),
    ("own.bpmn", "（第 ", "chief_"),
]


@pytest.mark.django_db
def test_every_mistake_is_listed_with_file_and_place_and_nothing_is_installed(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", str(broken)]) == 1
    told = capsys.readouterr().out
    lines = told.splitlines()
    assert lines[0].startswith("resident-basics: ") and int(lines[0].split()[1]) == len(lines) - 1
    for file, place, words in FOUND:
        assert any(line.strip().startswith(f"{file} · ") and place in line and words in line for line in lines), (
            f"{file} {place} {words}\n{told}"
        )

    assert main(["pack", "install", str(broken)]) == 1
    refused = capsys.readouterr().err
    assert "没有安装任何内容" in refused and all(refused.count(line.strip()) == 1 for line in lines[1:])
    assert not installed_packs().filter(name="resident-basics").exists()
    assert not ItemVersion.objects.exists() and not deployed_decisions().exists()
    assert not any(key == "property-transfer" for key, _, _ in installed_forms())


@pytest.mark.django_db
def test_a_sound_pack_is_said_to_be_sound_in_each_of_its_profiles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", "enterprise-start"]) == 0
    assert "没有发现问题" in capsys.readouterr().out
    assert main(["pack", "install", "enterprise-start", "--profile", "as-in-1999"]) == 1
    assert "没有名为“as-in-1999”的做法" in capsys.readouterr().err
