"""Materials looked at one by one, and what a chief representative may decide at the centre."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from santai.back.approvals import service as approvals
from santai.back.approvals.errors import MandateIncomplete, ReviewIncomplete
from santai.back.approvals.models import ChiefMandate
from santai.back.approvals.rules.mandate import Mandate, covers
from santai.back.desk import service as desk
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import now, today
from santai.kernel.flow.service import get_task
from santai.kernel.forms.service import dated
from santai.kernel.identity.service import Account
from santai.kernel.ledger.service import system_actor
from santai.kernel.packs.service import Pack, PackFile
from tests.back.approvals.test_one_department import DISPATCH, HR_FIRM, file_residence
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")


def given(case_no: str, step: str, **fields: str) -> desk.Given:
    return desk.Given(case_no=case_no, sub_case_no=f"{case_no}-main", task=str(walk.task(case_no, step)), fields=fields)


class TestEveryMaterial:
    def test_has_a_verdict_and_the_one_notice_is_assembled_from_them(self) -> None:
        case_no = file_residence()
        examiner = walk.official("police-examiner")
        verdicts = {
            "verdict-photo": "qualified", "original-photo": "on", "verdict-dwelling": "to_correct", "reason-dwelling": "缺少出租人签名页",
        }  # fmt: skip
        desk.perform(act="defects", given=given(case_no, "check", **verdicts), actor=examiner, at=now())
        kept = {one.code: one for one in approvals.reviews_of([f"{case_no}-main"])}
        assert kept["photo"].verdict == "qualified" and kept["photo"].original_seen
        notice = approvals.correction_of(case_no)
        assert notice is not None
        assert [(one["material"], one["text"]) for one in notice.defects] == [("dwelling", "住所证明（需补正）：缺少出租人签名页")]

    def test_found_wanting_says_why_and_is_not_called_complete(self) -> None:
        case_no = file_residence()
        examiner = walk.official("police-examiner")
        for act, field in (("defects", "reason-dwelling"), ("complete", "verdict-dwelling")):
            with pytest.raises(ReviewIncomplete) as refused:
                desk.perform(act=act, given=given(case_no, "check", **{"verdict-dwelling": "unqualified"}), actor=examiner, at=now())
            assert field in refused.value.fields
        assert approvals.reviews_of([f"{case_no}-main"]) == []

    def test_of_papers_called_complete_is_good(self) -> None:
        case_no = file_residence()
        desk.perform(act="complete", given=given(case_no, "check"), actor=walk.official("police-examiner"), at=now())
        assert {one.verdict for one in approvals.reviews_of([f"{case_no}-main"])} == {"qualified"}

    def test_can_be_judged_on_the_page(self) -> None:
        case_no = file_residence()
        client = Client()
        account = Account.objects.get(login="police-examiner")
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["acting"] = {"post": "police-examiner"}
        session.save()
        task = str(walk.task(case_no, "check"))
        page = client.get(f"/back/desk/cases/{case_no}/", {"act": "defects", "task": task}).content.decode()
        assert "材料逐项审查" in page and 'name="verdict-dwelling"' in page
        sent = {"act": "defects", "task": task, "sub_case_no": f"{case_no}-main", "verdict-dwelling": "to_correct", "reason-dwelling": ""}
        answer = client.post(f"/back/desk/cases/{case_no}/act/", sent)
        assert answer.status_code == 422 and "请写明“住所证明”需补正的原因" in answer.content.decode()


def examined_dispatch() -> str:
    who = walk.company("hr-manager", HR_FIRM)
    case_no = walk.submit(who, walk.start(who, walk.item_code("劳务派遣经营许可"), dated(DISPATCH, today())))
    walk.check(case_no, walk.official("hrss-examiner"))
    walk.examine(case_no, walk.official("hrss-examiner"))
    return case_no


class TestTheChiefRepresentative:
    def test_decides_what_the_letter_lists(self) -> None:
        case_no = examined_dispatch()
        walk.decide(case_no, walk.official("hrss-chief"))
        assert walk.part(case_no).outcome == "granted"

    def test_leaves_what_it_does_not_list_to_the_department_by_itself(self) -> None:
        case_no = examined_dispatch()
        chief = walk.official("hrss-chief")
        desk.perform(act="claim", given=given(case_no, "decide"), actor=chief, at=now())
        with pytest.raises(approvals.OutsideMandate):
            desk.perform(act="refuse", given=given(case_no, "decide", reason="不符合条件"), actor=chief, at=now())
        assert get_task(walk.task(case_no, "decide")).account == "", "free for the department again"
        walk.decide(case_no, walk.official("hrss-decider"), outcome="refused", reason="不符合条件。")
        assert walk.part(case_no).outcome == "refused"

    def test_decides_nothing_once_the_letter_has_ended(self) -> None:
        case_no = examined_dispatch()
        decider = walk.official("hrss-decider")
        mandate = approvals.mandates_of("hrss")[0]
        with pytest.raises(MandateIncomplete):
            approvals.end_mandate(mandate=mandate.id, why="", actor=decider, at=now())
        approvals.end_mandate(mandate=mandate.id, why="岗位调整", actor=decider, at=now())
        with pytest.raises(approvals.OutsideMandate):
            walk.decide(case_no, walk.official("hrss-chief"))

    def test_gives_no_letter_to_themselves_and_every_gap_is_told(self) -> None:
        common: dict[str, Any] = {
            "items": [walk.item_code("劳务派遣经营许可")], "outcomes": ["granted"], "basis": "滨人社授〔2026〕9号",
            "valid_from": today().isoformat(), "valid_to": (today() + timedelta(days=30)).isoformat(), "at": now(),
        }  # fmt: skip
        with pytest.raises(MandateIncomplete) as refused:
            approvals.entrust_chief(post="hrss-chief", actor=walk.official("hrss-chief"), **common)
        assert "post" in refused.value.fields
        with pytest.raises(NotAllowed):
            approvals.entrust_chief(post="hrss-chief", actor=walk.official("hrss-examiner"), **common)
        wrong = {**common, "items": [], "outcomes": ["all"], "basis": "", "valid_to": "2020-01-01"}
        with pytest.raises(MandateIncomplete) as refused:
            approvals.entrust_chief(post="amr-chief", actor=walk.official("hrss-decider"), **wrong)
        assert set(refused.value.fields) == {"post", "items", "outcomes", "basis", "valid_to"}

    @pytest.mark.parametrize(
        ("item", "outcome", "capital", "day", "covered"),
        [
            ("A", "granted", 500, date(2026, 6, 1), True),
            ("B", "granted", 500, date(2026, 6, 1), False),
            ("A", "refused", 500, date(2026, 6, 1), False),
            ("A", "granted", 5000, date(2026, 6, 1), False),
            ("A", "granted", 500, date(2025, 12, 31), False),
            ("A", "granted", 500, date(2027, 1, 1), False),
            ("A", "granted", 500, date(2026, 12, 31), True),
        ],
    )
    def test_is_bound_by_item_decision_limit_and_dates(self, item: str, outcome: str, capital: int, day: date, covered: bool) -> None:
        letter = Mandate(
            items=("A",), outcomes=("granted",), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
            limit={"<=": [{"var": "capital"}, 1000]},
        )  # fmt: skip
        assert covers([letter], item_code=item, outcome=outcome, content={"capital": capital}, on=day) is covered
        assert not covers([], item_code=item, outcome=outcome, content={}, on=day)


class TestTheLettersOfAPack:
    def test_stay_ended_when_the_pack_is_installed_again(self) -> None:
        letters = list(ChiefMandate.objects.exclude(pack="").order_by("post"))
        first, second = letters[0], letters[1]
        rows = [
            {
                "post": one.post, "items": one.items, "outcomes": one.outcomes, "basis": one.basis, "valid_from": str(one.valid_from),
                "valid_to": str(one.valid_to),
            }
            for one in (first, second)
        ]  # fmt: skip
        ChiefMandate.objects.filter(id=first.id).update(ended_at=now(), ended_why="收回")
        path = Path("mandates.yaml")
        file = PackFile(path=str(path), text="", data={"mandates": rows}, kind="yaml", source=path)
        pack = Pack(name=first.pack, title="城市", version="1", path=path, digest="")
        approvals.install_mandates(pack, [file], actor=system_actor("tests"), at=now())
        kept = list(ChiefMandate.objects.filter(pack=first.pack).order_by("post"))
        assert [one.id for one in kept] == [first.id, second.id]  # those the pack no longer brings are gone
        assert kept[0].ended_at is not None and kept[1].ended_at is None


class TestTheDepartmentsPage:
    def test_gives_and_ends_letters(self, enter_as: Callable[[str], Client]) -> None:
        client = enter_as("hrss-decider")
        assert "滨人社授〔2026〕3号" in client.get("/back/desk/mandates/").content.decode()
        assert client.post("/back/desk/mandates/", {"post": "", "basis": "短"}).status_code == 422
        sent = {
            "post": "hrss-chief", "items": [walk.item_code("劳务派遣经营许可")], "outcomes": ["refused"], "basis": "滨人社授〔2026〕9号",
            "valid_from": today().isoformat(), "valid_to": (today() + timedelta(days=9)).isoformat(),
        }  # fmt: skip
        assert client.post("/back/desk/mandates/", sent).status_code == 302
        letter = next(one for one in approvals.mandates_of("hrss") if one.basis == "滨人社授〔2026〕9号")
        client.post(f"/back/desk/mandates/{letter.id}/end/", {"why": "收回"})
        letter.refresh_from_db()
        assert letter.ended_at and enter_as("hrss-examiner").get("/back/desk/mandates/").status_code == 403


@pytest.fixture
def enter_as() -> Callable[[str], Client]:
    """``enter_as("hrss-decider")``: signed in as that persona, in the first post held."""

    def sign_in(login: str) -> Client:
        client = Client()
        account = Account.objects.get(login=login)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["acting"] = {"post": account.holdings.order_by("seq").first().post_id}  # type: ignore[union-attr]
        session.save()
        return client

    return sign_in
