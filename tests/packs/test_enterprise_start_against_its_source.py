"""企业设立一表制 against content.md §1: kinds of branch, shared fields and who reads them, materials, usual corrections, the demo firm."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from santai.kernel.forms.service import compile_form
from tests.support import city

START = city.PACKS / "enterprise-start"
LETTERS = {"工": "gs", "税": "sw", "财": "cz", "质": "zj", "统": "tj", "外": "wz", "环": "hb"}
SEVEN = tuple(LETTERS.values())
# §1.2 "Used by"; S21 decides who takes part, S24 is the signature under all of it
USED_BY = {
    **dict.fromkeys(("S01", "S03", "S04", "S08", "S17", "S22", "S23"), "工税财质统外环"),
    "S02": "税财质统外环", "S05": "工税统环", "S06": "工税环", "S07": "工税财统外", "S09": "工税财统外", "S10": "工外",
    "S11": "工税统外环", "S12": "税统外环", "S13": "税统环", "S14": "工外", "S15": "工税财", "S16": "工税", "S18": "工税统环",
    "S19": "税统环", "S20": "税财统",
}  # fmt: skip
# §1.4: material → branches, source, may follow
MATERIALS = {
    "application": ("工", "generated", 0), "appointment": ("工", "generated", 0), "authorisation": ("工", "generated", 0),
    "articles": ("工财外", "upload", 0), "articles_model": ("工财外", "generated", 0), "identity": ("", "register", 0),
    "domestic_shareholders": ("", "register", 0), "foreign_standing": ("工外", "upload", 0), "foreign_translation": ("工外", "upload", 10),
    "real_estate": ("工税环", "register", 0), "lease": ("工税环", "upload", 0), "contribution_approval": ("财", "upload", 10),
    "appraisal_record": ("财", "upload", 10), "eia_report": ("环", "upload", 0), "eia_statement": ("环", "upload", 0),
    "eia_publicity": ("环", "upload", 0), "site_plan": ("环", "upload", 5), "equipment_list": ("质", "form", 0),
}  # fmt: skip
# §1.5, by the words a reader looks for
CORRECTIONS = {
    "gs": ("五年", "董事或者经理", "主体资格文件", "许可项目", "利害关系"), "sw": ("财务负责人", "户名"), "cz": ("评估备案", "比例"),
    "zj": ("标准",), "tj": ("行业代码",), "wz": ("实际控制人", "翻译机构"), "hb": ("名录类别", "产能", "噪声", "公示"),
}  # fmt: skip


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def item() -> dict:
    return read(START / "items" / "enterprise-start.yaml")


def branches(item: dict) -> dict[str, dict]:
    return {branch["code"]: branch for branch in item["branches"]}


def test_seven_branches_of_five_kinds_have_their_present_legal_nature(item: dict) -> None:
    kinds = {code: branch["nature"] for code, branch in branches(item).items()}
    assert kinds == {
        "gs": "registration", "sw": "registration", "cz": "registration", "zj": "push", "tj": "push", "wz": "report", "hb": "permit",
        "hbs": "permit", "hbb": "filing",
    }  # fmt: skip
    assert set(kinds.values()) == {"permit", "registration", "filing", "report", "push"}
    bodies = {code: branch["organisation"] for code, branch in branches(item).items() if code in SEVEN}
    assert bodies == {"gs": "amr", "sw": "tax", "cz": "finance", "zj": "amr", "tj": "stats", "wz": "commerce", "hb": "eco"}
    assert "expert_review" in branches(item)["hb"]["special_procedures"] and branches(item)["gs"]["extension_rule"]
    assert branches(item)["hb"]["clocks"]["runs_from"] == "receipt"  # 环评法 22


@pytest.mark.requirement("FD-094", part="what is filled in once is read by every department that needs it")
def test_every_shared_field_reaches_the_departments_that_use_it(item: dict) -> None:
    fields = compile_form(read(START / "forms" / "enterprise-start.yaml")).fields
    shared = defaultdict(set)
    for path, field in fields.items():
        for number in re.findall(r"§1\.2 (S\d\d)", field.source):
            shared[number].add(path)
    assert set(shared) == {f"S{number:02}" for number in range(1, 25)}
    for number, letters in USED_BY.items():
        for letter in letters:
            mapped = set(branches(item)[LETTERS[letter]]["mapping"].values())
            assert shared[number] & mapped, f"{number} {letter}"


def test_every_material_has_its_source_its_readers_and_its_days_of_grace(item: dict) -> None:
    found = {one["code"]: one for one in item["materials"]}
    assert set(found) - set(MATERIALS) <= {"premises_pledge"}
    for code, (letters, source, days) in MATERIALS.items():
        one = found[code]
        assert (one["source"], one.get("may_follow_days", 0)) == (source, days), code
        assert {LETTERS[letter] for letter in letters} <= set(one["branches"]) or not letters, code
    assert found["foreign_standing"]["original_checked"]


def test_the_usual_reasons_for_correction_are_offered_and_pushes_ask_for_none(item: dict) -> None:
    for code, words in CORRECTIONS.items():
        texts = branches(item)[code]["correction_texts"]
        assert all(any(word in text for text in texts) for word in words), (code, texts)
    assert all("核实" in text for code in ("zj", "tj") for text in branches(item)[code]["correction_texts"])


def test_the_demonstration_firm_is_one_that_all_seven_have_to_see() -> None:
    firm = read(START / "sample.yaml")["data"]
    assert firm["company_name"] == "东江澄源精密部件有限公司" and firm["domicile"]["area"] == 1800 and firm["domicile"]["tenure"] == "rent"
    shares = {holder["kind"]: holder["amount"] / firm["registered_capital"] for holder in firm["shareholders"]}
    assert shares == {"person": 0.5, "foreign_company": 0.4, "state": 0.1}
    assert firm["hb"]["assessment"] == "table"
