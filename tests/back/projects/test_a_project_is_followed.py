"""An investment project from its code to completion: its approvals found by the code, its progress watched, its file handed up."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.urls import reverse

from santai.back.approvals.errors import ProjectCodeMissing
from santai.back.approvals.rules.project_code import facts_of_project
from santai.back.cases.service import Case, CaseContent
from santai.back.projects import service
from santai.back.projects.rules import Entry, entry_problems, start_by
from santai.exchange.contracts.service import ProgressEntry, next_quarter, progress_problems, quarter_end
from santai.front.space import service as space
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import now, today
from santai.kernel.codes.service import InvalidIdentifier, check_identifier
from santai.kernel.forms.service import dated
from tests.back.desk.test_the_queue import sign_in
from tests.support import city, walk

CODE = "2602-189901-04-01-318899"
FIRM = "91189901MA8100037P"
CITY = ZoneInfo("Asia/Shanghai")
ENTRY = Entry(
    code=CODE,
    name="滨江高新智能装备厂房项目",
    kind="filing",
    firm_code=FIRM,
    firm_name="东江滨江高新科技有限公司",
    place="东江市滨江新区新港镇临港大道 18 号",
    investment="23000",
    decided_on="2026-02-12",
)
BUILDING = ProgressEntry(period="2026Q1", stage="building", invested="1,200.50", happened_on="2026-03-20", text="桩基施工完成。")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


def registered(entry: Entry = ENTRY, when: str = "2026-03-03 10:00") -> service.Project:
    project = service.register_project(entry=entry, actor=walk.official("reform-examiner"), at=at(when))
    walk.deliver()
    return project


def filed(form: str) -> Case:
    """A sample of the construction chain, which carries the code, filed by its firm."""
    read = yaml.safe_load((city.PACKS / "enterprise-services" / "sample.yaml").read_text(encoding="utf-8"))
    one: dict[str, Any] = next(one for one in read["samples"] if one["form"] == form)
    who = walk.company(one["login"], one["company"])
    draft = walk.start(who, one["item"], dated(one["data"], today()), one.get("situation"))
    return walk.case(walk.submit(who, draft))


class TestAProjectCode:
    @pytest.mark.parametrize("text", [CODE, "26021899010401318899", "2602－189901－04－01－318899", "2020-189901-04-01-318899"])
    def test_is_brought_to_one_form(self, text: str) -> None:
        assert check_identifier("project-code", text) in (CODE, "2020-189901-04-01-318899")

    @pytest.mark.parametrize(("text", "finding"), [("", "24 位"), ("2602-1", "位"), ("2613-189901-04-01-318899", "月份"), ("26AB", "数字")])
    def test_that_is_none_says_what_is_wrong(self, text: str, finding: str) -> None:
        with pytest.raises(InvalidIdentifier) as refused:
            check_identifier("project-code", text)
        assert finding in refused.value.message or not text

    def test_is_found_at_the_top_of_a_form_or_in_one_of_its_parts(self) -> None:
        assert facts_of_project({"project_code": CODE.replace("-", "")}) == {"project_code": CODE}
        assert facts_of_project({"name": "厂房", "hb": {"project_code": CODE}}) == {"project_code": CODE}
        assert facts_of_project({"hb": {"project_code": "待补"}}) == {}


class TestTheRules:
    def test_quarters_follow_each_other_over_the_year(self) -> None:
        assert (
            next_quarter("2026Q4") == "2027Q1"
            and quarter_end("2026Q4") == date(2026, 12, 31)
            and quarter_end("2026Q1") == date(2026, 3, 31)
        )

    def test_an_approved_project_has_two_years_to_start_and_a_filed_one_no_such_limit(self) -> None:
        assert start_by("approval", date(2026, 2, 12)) == date(2028, 2, 12) and start_by("approval", date(2024, 2, 29)) == date(2026, 2, 28)
        assert start_by("filing", date(2026, 2, 12)) is None

    def test_a_registration_names_every_wrong_field_at_once(self) -> None:
        found = entry_problems(
            Entry(investment="abc", start_on="2026-05-01", finish_on="2026-04-01", decided_on="2027-01-01"), date(2026, 3, 3)
        )
        assert set(found) == {"name", "firm_name", "place", "kind", "investment", "finish_on", "decided_on"}

    def test_a_report_is_refused_before_its_quarter_ended_and_when_it_takes_back(self) -> None:
        given: dict[str, Any] = {"expected": "2026Q1", "before": Decimal(500), "investment": Decimal(23000), "started": True}
        early = progress_problems(BUILDING, today=date(2026, 3, 31), **given)
        assert set(early) == {"period"}
        entry = ProgressEntry(period="2026Q1", stage="waiting", invested="400", text="停工")
        assert set(progress_problems(entry, today=date(2026, 4, 2), **given)) == {"stage", "invested"}


@pytest.mark.usefixtures("city_db")
class TestAProject:
    @pytest.mark.requirement("BO-018", part="all approvals of a project on one page, found by the code the applications carry")
    def test_shows_every_approval_that_carries_its_code_with_state_clocks_and_documents(self) -> None:
        cases = [filed("project-approval"), filed("eia-form")]
        registered()
        file = service.access_project(CODE, walk.official("reform-examiner"))
        assert {one.case.case_no for one in file.approvals} == {case.case_no for case in cases}
        eia = next(one for one in file.approvals if one.case.organisation == "eco")
        assert eia.clocks and eia.documents and not eia.open_to_me
        page = sign_in("reform-examiner").get(reverse("back_projects:project", args=[CODE]))
        assert page.status_code == 200 and eia.documents[0].document_no in page.content.decode()
        assert service.access_project(CODE, walk.official("eco-examiner")).approvals  # who handles one approval sees them all
        with pytest.raises(service.ProjectNotFound):
            service.access_project(CODE, walk.official("stats-examiner"))

    @pytest.mark.requirement("BO-018", part="no code, no acceptance")
    def test_without_a_valid_code_is_not_accepted(self) -> None:
        case = filed("eia-form")
        content = CaseContent.objects.get(case=case, revision=1)
        for wrong in ("", "待补", "2602-1"):
            content.content["project_code"] = wrong
            content.save()
            with pytest.raises(ProjectCodeMissing):
                walk.check(case.case_no, walk.official("eco-examiner"))
        content.content["project_code"] = CODE
        content.save()
        walk.check(case.case_no, walk.official("eco-examiner"))
        assert walk.case(case.case_no).accepted_at is not None

    def test_not_registered_yet_is_listed_for_those_who_handle_its_cases(self) -> None:
        case = filed("project-approval")
        page = service.projects(walk.official("reform-examiner"), show="unknown", at=now())
        assert [(one.code, one.case_no) for one in page.unknown] == [(CODE, case.case_no)]
        registered()
        assert not service.projects(walk.official("reform-examiner"), show="unknown", at=now()).unknown

    @pytest.mark.requirement("BO-018", part="progress is reported by quarter and supervised until completion")
    def test_is_watched_by_the_quarter_until_completion(self) -> None:
        project = registered()
        actor = walk.official("reform-examiner")
        assert project.report_due_at is not None and project.report_due_at.astimezone(CITY).date() == date(2026, 4, 15)
        assert [one.code for one in service.projects(actor, show="overdue", at=at("2026-04-20 09:00")).projects] == [CODE]
        service.urge_report(code=CODE, actor=actor, at=at("2026-04-20 09:00"))
        report = service.report_progress(code=CODE, entry=BUILDING, actor=actor, at=at("2026-04-21 09:00"))
        assert report.late and report.invested == Decimal("1200.50")
        with pytest.raises(service.NothingOverdue):
            service.urge_report(code=CODE, actor=actor, at=at("2026-04-22 09:00"))
        done = ProgressEntry(period="2026Q2", stage="finished", invested="22800", happened_on="2026-05-20", text="竣工验收合格。")
        service.report_progress(code=CODE, entry=done, actor=actor, at=at("2026-05-21 09:00"))
        project = service.Project.objects.get(code=CODE)
        assert (project.stage, project.started_on, project.finished_on, project.report_due_at) == (
            "finished", date(2026, 3, 20), date(2026, 5, 20), None,
        )  # fmt: skip
        with pytest.raises(service.ReportRefused):
            service.report_progress(code=CODE, entry=done, actor=actor, at=at("2026-05-22 09:00"))

    def test_is_kept_by_its_own_department_and_registered_once(self) -> None:
        registered()
        with pytest.raises(NotAllowed):
            service.report_progress(code=CODE, entry=BUILDING, actor=walk.official("eco-examiner"), at=at("2026-04-02 09:00"))
        with pytest.raises(service.ProjectKnown):
            registered()

    @pytest.mark.requirement("BO-018", part="an exchange file for the higher platform")
    def test_goes_into_the_exchange_file_with_its_approvals(self, tmp_path: Path) -> None:
        case = filed("project-approval")
        registered()
        written = service.write_exchange(folder=tmp_path / "up", at=at("2026-03-04 06:00"))
        assert [path.name for path in written] == ["projects-20260304.csv", "projects-20260304.json"]
        rows = list(csv.DictReader(io.StringIO(written[0].read_text(encoding="utf-8-sig"))))
        assert list(rows[0]) == list(service.FIELDS) and rows == json.loads(written[1].read_text(encoding="utf-8"))
        assert (rows[0]["PROJECT_CODE"], rows[0]["APPROVAL_CASE_CODE"], rows[0]["REPORT_OVERDUE"]) == (CODE, case.case_no, "0")
        answer = sign_in("reform-examiner").post(reverse("back_projects:exchange"), {"format": "json"})
        assert json.loads(answer.content)[0]["PROJECT_NAME"] == ENTRY.name

    def test_typed_wrong_keeps_what_was_typed_and_says_so_at_the_field(self) -> None:
        client = sign_in("reform-examiner")
        answer = client.post(reverse("back_projects:register"), {"code": "2602-1", "name": "厂房", "investment": "很多"})
        page = answer.content.decode()
        assert answer.status_code == 422 and 'value="2602-1"' in page and 'value="很多"' in page and "请填写总投资" in page
        registered()
        answer = client.post(reverse("back_projects:project", args=[CODE]), {"period": "2026Q1", "text": "桩基"})
        assert answer.status_code == 422 and "请选择项目进展" in answer.content.decode()
        for show in service.VIEWS:
            assert client.get(reverse("back_projects:projects"), {"show": show, "q": "智能"}).status_code == 200


@pytest.mark.usefixtures("city_db")
class TestTheFirm:
    @pytest.mark.requirement("BO-018", part="the firm reports progress in its space")
    def test_reports_the_quarter_in_its_space_once(self) -> None:
        earlier = now() - timedelta(days=200)
        service.register_project(entry=replace(ENTRY, decided_on=""), actor=walk.official("reform-examiner"), at=earlier)
        walk.deliver()
        _, actor, party = walk.company("shareholder3", FIRM)
        told = space.firm_page(party, today()).projects
        assert [one.code for one in told] == [CODE]
        entry = replace(BUILDING, period=told[0].period, happened_on=earlier.date().isoformat())
        wrong = replace(entry, stage="", text="")
        with pytest.raises(space.ReportRefused) as refused:
            space.report_project(code=CODE, entry=wrong, party=party, actor=actor, at=now())
        assert set(refused.value.fields) == {"stage", "text"}
        space.report_project(code=CODE, entry=entry, party=party, actor=actor, at=now())
        walk.deliver()
        report = service.ProgressReport.objects.get(project=CODE)
        assert report.by_firm and report.by_name == party.name and service.Project.objects.get(code=CODE).stage == "building"
        told = space.firm_page(party, today()).projects
        assert told[0].period == next_quarter(entry.period) and told[0].started and not told[0].sent_period

    def test_of_another_project_can_neither_see_nor_report_it(self) -> None:
        registered()
        _, actor, party = walk.company("legal-rep", "91189901MA81000100")
        assert not space.firm_page(party, today()).projects
        with pytest.raises(space.ProjectNotFound):
            space.report_project(code=CODE, entry=BUILDING, party=party, actor=actor, at=now())
