"""The registers answer exactly, the names obey the rules, codes are assigned once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from santai.exchange.registers import service
from santai.kernel.codes.service import check_identifier
from santai.kernel.ledger.service import system_actor
from santai.kernel.packs.service import check_pack, install_pack

AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
ACTOR = system_actor("tests")
pytestmark = pytest.mark.django_db
PARTS = {"district": "东江", "trade_name": "澄源", "industry": "精密部件", "form": "有限公司"}
PACK = Path(__file__).resolve().parents[3] / "packs/demo-city"


@pytest.fixture
def city(tmp_path):
    """The demonstration city's registers alone, a tenth of the people."""
    import yaml

    target = tmp_path / "city"
    (target / "registers").mkdir(parents=True)
    for path in (PACK / "registers").iterdir():
        (target / "registers" / path.name).write_text(path.read_text())
    spec = yaml.safe_load((target / "registers/synthetic.yaml").read_text())
    (target / "registers/synthetic.yaml").write_text(yaml.safe_dump(spec | {"persons": 1000, "entities": 200}, allow_unicode=True))
    for name in ("regions.csv",):
        (target / name).write_text((PACK / name).read_text())
    manifest = ["name: city", "title: 城", 'version: "1"', "sample: true", "parts:", "  regions: [regions.csv]"]
    manifest.append("  registers: [registers/*.yaml, registers/business_scope.csv]")
    (target / "pack.yaml").write_text("\n".join(manifest) + "\n")
    assert check_pack(target) == []
    install_pack(target, actor=ACTOR, at=AT)
    return target


def check(reserve_for: str = "", at: datetime = AT, **parts: str):
    return service.check_company_name(**{**PARTS, **parts}, reserve_for=reserve_for, actor=ACTOR, at=at)


def test_synthetic_people_and_firms_have_valid_numbers(city):
    from santai.exchange.registers.models import AddressRecord, EntityRecord, PersonRecord

    assert PersonRecord.objects.count() == 1000 and EntityRecord.objects.count() == 204 and AddressRecord.objects.count() == 300
    for person in PersonRecord.objects.all()[:200]:
        assert check_identifier("resident-id", person.code, on=date(2026, 2, 9)) == person.code
        assert person.sex == ("男" if int(person.code[16]) % 2 else "女")
    for entity in EntityRecord.objects.all()[:200]:
        assert check_identifier("credit-code", entity.credit_code) == entity.credit_code
    assert all(len(one.division) == 12 and one.division.startswith("1899") for one in AddressRecord.objects.all())


def test_installing_again_adds_nothing(city):
    from santai.exchange.registers.models import EntityRecord, PersonRecord

    before = set(PersonRecord.objects.values_list("code", "name")), set(EntityRecord.objects.values_list("credit_code", "name"))
    (city / "pack.yaml").write_text((city / "pack.yaml").read_text().replace('"1"', '"2"'))
    install_pack(city, actor=ACTOR, at=AT)
    assert before == (set(PersonRecord.objects.values_list("code", "name")), set(EntityRecord.objects.values_list("credit_code", "name")))


def test_a_person_is_found_only_by_number_and_name(city):
    from santai.exchange.registers.models import PersonRecord

    person = PersonRecord.objects.order_by("code").first()
    found = service.find_person(code_kind="resident-id", code=person.code, person_name=person.name)
    assert found.found and found.fields["name"] == person.name and found.origin == "人口库" and found.as_of == "2026-01-01"
    other = service.find_person(code_kind="resident-id", code=person.code, person_name=person.name + "某")
    assert not other.found and other.fields == {}


def test_a_firm_is_found_by_code_or_exact_name(city):
    assert service.find_entity(credit_code="91189901MA81000100").fields["legal_representative"] == "魏建华"
    assert service.find_entity(entity_name="东江云桥软件有限公司").fields["credit_code"] == "91189901MA81000100"
    assert not service.find_entity(entity_name="东江云桥").found and not service.find_entity().found


def test_a_free_name_is_kept_two_months_for_its_draft(city):
    kept = check("draft:1")
    assert kept.free and kept.full_name == "东江澄源精密部件有限公司" and kept.reserved_until == "2026-04-09"
    assert check("draft:1").reservation_no == kept.reservation_no
    assert not check("draft:2").free and "已被他人保留" in check().problems[0]
    assert check("draft:2", at=AT + timedelta(days=70)).free


def test_another_name_gives_the_first_back(city):
    check("draft:1")
    assert check("draft:1", trade_name="澄远").free
    assert check("draft:2").free


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"trade_name": "澄"}, "2 个以上"),
        ({"trade_name": "ABC"}, "规范汉字"),
        ({"trade_name": "中国澄源"}, "国务院批准"),
        ({"trade_name": "东江"}, "行政区划名称不能作字号"),
        ({"form": "公司"}, "组织形式"),
        ({"district": "西江"}, "行政区划应为"),
        ({"industry": ""}, "行业"),
        ({"trade_name": "云桥", "industry": "软件"}, "已有"),
        ({"trade_name": "云桥", "industry": "软件", "district": "滨江新区"}, "相同字号"),
    ],
)
def test_a_name_against_the_rules_says_what_to_do(city, parts, words):
    answer = check("draft:1", **parts)
    assert not answer.free and any(words in problem for problem in answer.problems), answer.problems
    assert answer.reservation_no == ""


def test_a_name_that_sounds_alike_is_told_but_free(city):
    check("draft:1")
    answer = check("draft:2", trade_name="成元")
    assert answer.free and "东江澄源精密部件有限公司" in answer.similar


def test_scope_wordings_propose_an_industry_and_tell_of_permits(city):
    first = service.search_scope("机械零件").entries[0]
    assert first["industry_code"] == "3484" and not first["licensed"]
    assert service.search_scope("派遣").entries[0]["permit"] == "劳务派遣经营许可证"
    assert any(one["text"] == "餐饮服务" for one in service.search_scope("奶茶").entries)
    assert service.search_scope("").entries == () and len(service.search_scope("销售", limit=5).entries) == 5


def test_addresses_are_found_by_parts(city):
    found = service.search_address("新港 创新路", limit=5).entries
    assert found and all(one["division"] == "189901100201" and "创新路" in one["full"] for one in found)
    assert service.search_address("不存在的路").entries == ()


def test_a_code_is_assigned_once_and_shown_nowhere_before_registration(city):
    ask = {"entity_name": "东江澄源精密部件有限公司", "region": "189901", "actor": ACTOR, "at": AT}
    code = service.assign_credit_code(case_no="c1", **ask)
    assert check_identifier("credit-code", code) == code and code.startswith("91189901")
    assert service.assign_credit_code(case_no="c1", **ask) == code != service.assign_credit_code(case_no="c2", **ask)
    assert not service.find_entity(credit_code=code).found
    check("draft:1")
    fields = {
        "name": "东江澄源精密部件有限公司",
        "capital": "500",
        "legal_representative": "陈静怡",
        "business_scope": "机械零件、零部件加工",
        "email": "x@example.org",
    }
    with pytest.raises(service.NoCodeReserved):
        service.register_legal_entity(case_no="c3", credit_code=code, fields=fields, actor=ACTOR, at=AT)
    entity = service.register_legal_entity(case_no="c1", credit_code=code, fields=fields, actor=ACTOR, at=AT)
    assert service.register_legal_entity(case_no="c1", credit_code=code, fields=fields, actor=ACTOR, at=AT).id == entity.id
    found = service.find_entity(credit_code=code)
    assert (found.fields["capital"], found.fields["established_on"], found.fields["email"]) == ("500", "2026-02-09", "x@example.org")
    assert entity.trade_name == "澄源" and not check(trade_name="澄源").free


FIRM = {"name": "东江澄源精密部件有限公司", "capital": "500", "type": "有限责任公司", "industry_code": "3484"}


def register(case_no: str, **changes: object):
    """Reserve the case's code and enter the firm."""
    fields = FIRM | changes
    code = service.assign_credit_code(case_no=case_no, entity_name=str(fields["name"]), region="189901", actor=ACTOR, at=AT)
    return service.register_legal_entity(case_no=case_no, credit_code=code, fields=fields, actor=ACTOR, at=AT)


def test_a_name_in_use_is_refused_in_words_that_say_what_to_do(city):
    register("c1")
    with pytest.raises(service.NameRegistered) as refused:
        register("c2", name=" 东江 澄源精密部件有限公司")
    assert refused.value.code == "exchange.registers.name_registered"
    assert "决定没有作出" in refused.value.message and "更换名称" in refused.value.message
    assert service.find_entity(entity_name=FIRM["name"]).fields["credit_code"] == register("c1").credit_code, "the first stands"


def test_a_name_that_a_firm_gave_up_can_be_registered_as_the_check_says(city):
    first = register("c1")
    first.state = "注销"
    first.save()
    assert check().free
    assert register("c2").name == first.name


def test_a_code_that_another_firm_bears_is_refused(city):
    taken = register("c1")
    code = service.assign_credit_code(case_no="c2", entity_name="东江澄远精密部件有限公司", region="189901", actor=ACTOR, at=AT)
    taken.credit_code = code
    taken.save()
    with pytest.raises(service.CreditCodeTaken) as refused:
        register("c2", name="东江澄远精密部件有限公司")
    assert "请联系数据管理员" in refused.value.message


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"name": "东江" + "澄" * 220 + "有限公司"}, "企业名称超过 200 个字"),
        ({"industry_code": "金属结构制造（3311）"}, "行业代码超过 10 个字"),
        ({"address": "路" * 301}, "住所超过 300 个字"),
        ({"capital": "五百万"}, "注册资本“五百万”看不懂"),
        ({"capital": "1000000000000"}, "注册资本太大"),
        ({"valid_to": "2046-02-30"}, "营业期限“2046-02-30”看不懂"),
        ({"type": "型" * 81, "currency": "币" * 21}, "币种超过 20 个字"),
    ],
)
def test_what_the_register_cannot_hold_is_named_and_nothing_is_kept(city, entry, words):
    with pytest.raises(service.EntryUnfit) as refused:
        register("c1", **entry)
    assert words in refused.value.message and "请退回审查环节" in refused.value.message
    assert not service.find_entity(entity_name=FIRM["name"]).found
    assert register("c1").case_no == "c1", "put right, it is registered"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cases", [("c1", "c1"), ("c1", "c2")], ids=["one case asked twice", "two cases, one name"])
def test_two_at_once_make_one_firm_and_nobody_meets_the_database(cases):
    import threading

    from django.db import connection

    from santai.exchange.registers.models import EntityRecord

    barrier, results = threading.Barrier(2), []
    codes = {no: service.assign_credit_code(case_no=no, entity_name=FIRM["name"], region="189901", actor=ACTOR, at=AT) for no in cases}

    def enter(case_no: str) -> None:
        try:
            barrier.wait()
            results.append(service.register_legal_entity(case_no=case_no, credit_code=codes[case_no], fields=FIRM, actor=ACTOR, at=AT))
        except Exception as error:  # noqa: BLE001 - the refusal is what the test looks at
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(case_no,)) for case_no in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert EntityRecord.objects.count() == 1
    refused = [type(one).__name__ for one in results if isinstance(one, Exception)]
    assert refused == ([] if len(set(cases)) == 1 else ["NameRegistered"]), results
