"""Credit records: how long one counts, what it bars, repair; and the public list of decisions."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from santai.exchange.contracts.service import CreditEventFound, CreditStanding, DecisionPublished, DecisionUnpublished
from santai.exchange.credit import rules, service
from santai.exchange.credit.models import CreditRecord
from santai.kernel.ledger.service import Actor, Party, entries_on, system_actor

CITY = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 5, 6, 10, tzinfo=CITY)
FIRM = Party(kind="organisation", code_kind="credit-code", code="91189901MA8100029W", name="东江汇才人力资源有限公司")
ME = system_actor("tests")


def found(kind: str = "false_commitment", level: str = "general", until: str = "", number: int = 1) -> CreditRecord:
    message = CreditEventFound(
        event_id=f"case:{number}", subject=FIRM, kind=kind, level=level, text="不实承诺", organisation="hrss",  # type: ignore[arg-type]
        organisation_name="区人社局", case_no="1", item_code="item", basis="依据", decided_at=AT.isoformat(), barred_item_until=until,
    )  # fmt: skip
    return service.record_event(message=message, actor=ME, at=AT)


def standing(on: str, item: str = "item"):
    return service.standing(CreditStanding(subject_code=FIRM.code, item_code=item, on=on))


class TestTerms:
    def test_a_general_record_is_shown_from_three_months_of_minimum_to_one_year(self) -> None:
        term = rules.term_of("general", date(2026, 5, 6))
        assert (term.repairable_on, term.ends_on) == (date(2026, 8, 6), date(2027, 5, 6))

    def test_the_end_of_a_month_stays_the_end_of_a_month(self) -> None:
        assert rules.term_of("general", date(2026, 11, 30)).repairable_on == date(2027, 2, 28)

    def test_a_minor_record_is_not_shown_but_counts(self) -> None:
        day = {"level": "minor", "from_on": date(2026, 5, 6), "repaired_on": None, "on": date(2026, 5, 7)}
        assert not rules.shown(**day) and rules.in_force(**day)

    def test_only_serious_records_and_broken_promises_bar_promises(self) -> None:
        assert rules.bars_promises(kind="false_commitment", level="general")
        assert rules.bars_promises(kind="false_materials", level="serious")
        assert not rules.bars_promises(kind="false_materials", level="general")


@pytest.mark.django_db
class TestRecords:
    def test_the_same_finding_twice_is_one_record(self) -> None:
        assert found().id == found().id
        assert CreditRecord.objects.count() == 1

    def test_a_false_commitment_bars_promises_until_it_is_repaired(self) -> None:
        row = found()
        assert standing("2026-05-07").promises_barred
        assert "虚假承诺" in standing("2026-05-07").reasons[0]
        later = AT.replace(month=8, day=7)
        service.repair_record(record_id=row.id, ground="已改正", actor=ME, at=later)
        assert not standing("2026-08-07").promises_barred
        assert CreditRecord.objects.get().repair_ground == "已改正"

    def test_repair_before_the_minimum_and_twice_is_refused(self) -> None:
        row = found()
        with pytest.raises(service.TooEarly, match="2026年8月6日起可以修复"):
            service.repair_record(record_id=row.id, ground="已改正", actor=ME, at=AT)
        later = AT.replace(month=9)
        service.repair_record(record_id=row.id, ground="已改正", actor=ME, at=later)
        with pytest.raises(service.AlreadyEnded):
            service.repair_record(record_id=row.id, ground="已改正", actor=ME, at=later)

    def test_only_the_recording_organ_repairs_and_only_the_subject_asks(self) -> None:
        row = found()
        stranger = Actor(kind="official", account="x", name="他人", post="none", organisation="amr")
        with pytest.raises(service.NotTheRecorder):
            service.repair_record(record_id=row.id, ground="已改正", actor=stranger, at=AT.replace(month=9))
        with pytest.raises(service.RecordNotFound):
            service.ask_repair(record_id=row.id, subject_code="another", wish="请修复", actor=stranger, at=AT.replace(month=9))
        with pytest.raises(service.GroundMissing):
            service.ask_repair(record_id=row.id, subject_code=FIRM.code, wish=" ", actor=stranger, at=AT.replace(month=9))
        service.ask_repair(record_id=row.id, subject_code=FIRM.code, wish="已履行", actor=stranger, at=AT.replace(month=9))
        service.decline_repair(record_id=row.id, answer="还没有改正", actor=ME, at=AT.replace(month=9))
        row.refresh_from_db()
        assert (row.repair_asked_at, row.repair_answer) == (None, "还没有改正")

    def test_a_permit_got_by_fraud_bars_its_item_for_three_years_and_no_other(self) -> None:
        found(kind="permit_by_fraud", level="serious", until="2029-05-06")
        assert standing("2029-05-06").item_bar_years == 3
        assert standing("2029-05-07").item_barred_until == ""
        assert standing("2026-06-01", item="other").item_barred_until == ""

    def test_what_happened_is_in_the_ledger(self) -> None:
        row = found()
        assert [entry.act for entry in entries_on(f"credit:{row.id}")] == ["exchange.credit.record_event"]


def published(number: str = "p1", **more: str) -> None:
    message = DecisionPublished(
        publication_id=number, kind="licence", document_no="滨人社准〔2026〕1号", document_title="准予决定书", organisation="hrss",
        organisation_name="区人社局", party_name=FIRM.name, party_code=FIRM.code, fields={"许可内容": "劳务派遣"}, decided_on="2026-05-06",
        published_at=AT.isoformat(), **more,
    )  # fmt: skip
    service.keep_decision(message=message)


@pytest.mark.django_db
class TestPublicList:
    def test_a_decision_is_found_by_party_number_and_code(self) -> None:
        published()
        for text in ("汇才", "滨人社准〔2026〕1号", FIRM.code.lower()):
            assert [row.id for row in service.published(text=text)] == ["p1"], text
        assert not service.published(text="没有这家")

    def test_what_is_taken_down_leaves_the_list_and_says_why(self) -> None:
        published()
        service.take_down(message=DecisionUnpublished(publication_id="p1", reason="决定已被撤销", at=AT.isoformat()))
        assert not service.published()
        page = Client().get("/exchange/credit/decisions/p1/")
        assert page.status_code == 410
        assert "决定已被撤销" in page.content.decode() and "劳务派遣" not in page.content.decode()

    def test_an_objection_needs_text_name_and_a_phone_and_keeps_what_was_typed(self) -> None:
        published()
        page = Client().post("/exchange/credit/decisions/p1/", {"text": "写错了", "by": "", "phone": "12"})
        assert page.status_code == 422
        said = page.content.decode()
        assert "请填写姓名或者单位名称" in said and "请填写能联系到您的电话" in said and "写错了" in said
        assert Client().post("/exchange/credit/decisions/p1/", {"text": "写错了", "by": "王某", "phone": "13800000000"}).status_code == 302
        assert service.get_decision("p1").questions.count() == 1

    def test_the_empty_list_and_an_empty_search_say_what_would_be_there(self) -> None:
        assert "还没有公示的决定" in Client().get("/exchange/credit/").content.decode()
        assert "没有符合条件的公示" in Client().get("/exchange/credit/?q=x").content.decode()
        assert Client().get("/exchange/credit/decisions/none/").status_code == 404
