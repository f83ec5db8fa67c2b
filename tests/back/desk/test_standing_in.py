"""AB 角: who stands in, from when to when; steps reach the stand-in and come back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from santai.back.desk import service as desk
from santai.kernel.access.service import may
from santai.kernel.clocks.service import now, today
from santai.kernel.flow.service import claim_task, get_task
from santai.kernel.identity.service import EntryIncomplete, PostNotHeld, actor_for_account, find_account, stand_ins
from tests.back.approvals.test_one_department import file_residence
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")


def deputy() -> str:
    account = find_account("police-examiner-b")
    assert account is not None
    return str(account.pk)


def away(*, start: int = 0, days: int = 5, **changes: Any) -> int:
    sent = {
        "deputy": deputy(), "valid_from": (today() + timedelta(days=start)).isoformat(),
        "valid_to": (today() + timedelta(days=start + days)).isoformat(), "why": "年休假", **changes,
    }  # fmt: skip
    return desk.be_absent(**sent, actor=walk.official("police-examiner"), at=now())


def claimed() -> str:
    case_no = file_residence()
    claim_task(task=walk.task(case_no, "check"), actor=walk.official("police-examiner"), at=now())
    return case_no


class TestAnAbsence:
    def test_hands_what_was_claimed_to_the_stand_in_who_may_do_it(self) -> None:
        case_no = claimed()
        assert away() == 1
        task = get_task(walk.task(case_no, "check"))
        assert task.account == deputy()
        account = find_account("police-examiner-b")
        assert account is not None
        acting = actor_for_account(account, post="police-examiner", on=today())
        assert "代理" in acting.post_title and may(acting, "examiner", organisation="police")
        walk.check(case_no, acting)

    def test_that_begins_later_passes_steps_on_that_morning_and_takes_them_back_afterwards(self) -> None:
        case_no = claimed()
        assert away(start=2, days=1) == 0
        assert desk.keep_stand_ins(at=now()) == 0
        assert desk.keep_stand_ins(at=now() + timedelta(days=2)) == 1
        assert get_task(walk.task(case_no, "check")).account == deputy()
        holding = stand_ins(absent=walk.official("police-examiner").account).get()
        others = holding.account.holdings.exclude(pk=holding.pk)
        others.update(valid_to=today())  # the stand-in holds the step by this post alone
        desk.keep_stand_ins(at=now() + timedelta(days=4))
        assert get_task(walk.task(case_no, "check")).account == ""

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"deputy": ""}, "deputy"),
            ({"deputy": "nobody"}, "deputy"),
            ({"why": ""}, "why"),
            ({"valid_from": "明天"}, "valid_from"),
            ({"valid_from": "2020-01-01"}, "valid_from"),
            ({"valid_to": "2020-01-01"}, "valid_to"),
            ({"valid_to": "2099-01-01"}, "valid_to"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, changes: dict[str, str], field: str) -> None:
        with pytest.raises(EntryIncomplete) as refused:
            away(**changes)
        assert field in refused.value.fields

    def test_is_covered_once_by_a_colleague_of_the_same_body(self) -> None:
        away()
        with pytest.raises(EntryIncomplete):
            away()
        stranger = find_account("amr-examiner")
        assert stranger is not None
        with pytest.raises(EntryIncomplete) as refused:
            away(start=20, deputy=str(stranger.pk))
        assert "deputy" in refused.value.fields

    def test_ends_early_when_its_owner_is_back_and_only_by_them(self) -> None:
        away()
        holding = stand_ins(absent=walk.official("police-examiner").account).get()
        with pytest.raises(PostNotHeld):
            desk.come_back(holding=holding.pk, actor=walk.official("police-decider"), at=now())
        with pytest.raises(PostNotHeld):
            desk.come_back(holding="没有", actor=walk.official("police-examiner"), at=now())
        desk.come_back(holding=holding.pk, actor=walk.official("police-examiner"), at=now())
        assert not stand_ins(on=today()).filter(pk=holding.pk).exists()

    def test_has_a_page(self) -> None:
        account = find_account("police-examiner")
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["acting"] = {"post": "police-examiner"}
        session.save()
        assert client.post("/back/desk/absence/", {"deputy": deputy(), "why": ""}).status_code == 422
        day = today().isoformat()
        sent = {"deputy": deputy(), "valid_from": day, "valid_to": day, "why": "培训"}
        assert "进行中" in client.post("/back/desk/absence/", sent, follow=True).content.decode()
