"""Five levels, once; the rater stays unknown to the office; the public sees sums and screened words."""

from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from santai.exchange.contracts.service import CaseRated, encode
from santai.front.hall.service import CaseView
from santai.front.ratings import service
from santai.kernel.clocks.service import now
from santai.kernel.identity.service import actor_for_account
from tests.support.own_things import FIRM, Things

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "zh"})


@pytest.fixture
def published() -> Any:
    with mock.patch("santai.front.ratings.actions.rate.publish") as publish:
        yield publish


def occasion(number: str, **other: Any) -> service.Occasion:
    values = {"item_code": "i", "item_name": "居住证申领", "organisation": "bj-police", "organisation_name": "公安分局"}
    return service.Occasion(kind="visit", number=number, **{**values, **other})


def rate(things: Things, number: str, level: int, **other: Any) -> service.Rating:
    return service.rate(
        occasion=other.pop("occasion", None) or occasion(number),
        level=level,
        actor=actor_for_account(things.account("founder")),
        at=now(),
        **other,
    )


def test_a_completed_case_is_rated_once_and_the_second_is_refused_at_the_field(client: Client, things: Things, published: Any) -> None:
    case = things.case(state="completed")
    url = reverse("front_ratings:rate", args=[case.case_no])
    things.enter(client, "founder")
    assert "这次办事，您满意吗" in client.get(url).content.decode()
    done = client.post(url, {"level": "1", "tags": ["fast", "rude"], "text": "一天就拿到执照"}, follow=True)
    assert "谢谢您的评价" in done.content.decode() and "非常满意" in done.content.decode()
    rating = service.Rating.objects.get()
    assert (rating.level, rating.tags, rating.follow_up) == (1, ["fast"], False)  # a reason of another level is not kept
    assert CaseView.objects.get(case_no=case.case_no).rated
    again = client.post(url, {"level": "5", "text": "改主意了"})
    page = again.content.decode()
    assert again.status_code == 409 and 'id="f-level-error"' in page and "已经评价过了" in page and "改主意了" in page
    rating.refresh_from_db()
    assert rating.level == 1 and published.call_count == 1
    assert "谢谢您的评价" in client.get(url).content.decode()  # asked only once


def test_no_name_of_the_rater_travels(things: Things, published: Any) -> None:
    case = things.case(state="completed")
    account = things.account("founder")
    found = service.occasion_of_case(case_no=case.case_no, actor=actor_for_account(account), party=_party(account))
    rate(things, "", 5, occasion=found, text="等了很久", contact_wanted=True)
    (message,), options = published.call_args_list[0]
    assert isinstance(message, CaseRated) and (message.level, message.organisation) == (5, "bj-amr")
    sent = str([encode(call.args[0]) for call in published.call_args_list]) + str(options["actor"])  # the work order's message too
    assert account.name not in sent and str(account.pk) not in sent and account.code not in sent
    assert service.Rating.objects.get().follow_up and service.Rating.objects.get().contact_wanted


def _party(account: Any) -> Any:
    from santai.kernel.identity.service import person_of

    return person_of(account)


def test_a_level_must_be_chosen_and_the_entry_is_kept(client: Client, things: Things) -> None:
    case = things.case(state="completed")
    url = reverse("front_ratings:rate", args=[case.case_no])
    things.enter(client, "founder")
    answer = client.post(url, {"text": "字" * 501})
    page = answer.content.decode()
    assert answer.status_code == 422 and "请选一个满意程度" in page and "最多写 500 个字" in page and "字" * 501 in page
    for level in ("0", "6", "x", "", "１"):
        assert client.post(url, {"level": level}).status_code == 422
    assert not service.Rating.objects.exists()


def test_only_the_applicant_rates_and_only_what_is_finished(client: Client, things: Things) -> None:
    running, finished, firms = things.case(), things.case(state="completed"), things.case("legal-rep", of=FIRM, state="completed")
    things.enter(client, "founder")
    assert client.get(reverse("front_ratings:rate", args=[running.case_no])).status_code == 404
    assert client.post(reverse("front_ratings:rate", args=[running.case_no]), {"level": "1"}).status_code == 404
    things.enter(client, "resident")
    assert client.post(reverse("front_ratings:rate", args=[finished.case_no]), {"level": "5"}).status_code == 404
    things.enter(client, "agent", as_firm=True)
    assert client.get(reverse("front_ratings:rate", args=[firms.case_no])).status_code == 200
    assert not service.Rating.objects.exists()


def test_one_visit_at_a_counter_is_one_rating(things: Things, published: Any) -> None:
    rate(things, "A-017", 2)
    rate(things, "A-018", 2)
    with pytest.raises(service.RatedAlready) as refused:
        rate(things, "A-017", 5)
    assert "level" in refused.value.fields and service.Rating.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("办得很快，材料也少", ""),
        ("指南写得清楚，2 天就办好了", ""),
        ("请打我电话13800000000", "number"),
        ("我的号码 138-0000-0000", "number"),
        ("加我微信详谈", "address"),
        ("写信到 a@example.org", "address"),
        ("我住花园路88弄3号楼", "address"),
        ("王科长让我跑了三趟", "name"),
        ("陈静怡谢谢你们", "name"),
        ("这帮狗官", "abuse"),
        ("", ""),
    ],
)
def test_words_are_screened_before_the_public_sees_them(things: Things, published: Any, text: str, why: str) -> None:
    assert rate(things, "1", 3, text=text).hidden_why == why


def test_the_public_page_shows_sums_and_words_but_no_names(client: Client, things: Things, published: Any) -> None:
    for number, level in enumerate([1, 1, 2, 3, 5]):
        rate(things, str(number), level, text="窗口耐心" if level == 1 else "")
    rate(things, "other", 4, text="电话13800000000", occasion=occasion("o", organisation="bj-amr", organisation_name="市场监督管理局"))
    standings = service.departments()
    assert [(one.organisation, one.count, one.good, one.good_share, one.bad) for one in standings] == [
        ("bj-police", 5, 4, 80.0, 1), ("bj-amr", 1, 0, 0.0, 1),
    ]  # fmt: skip
    page = client.get(reverse("front_ratings:home")).content.decode()
    assert "公安分局" in page and "80.0%" in page and "窗口耐心" in page and "13800000000" not in page
    one = client.get(reverse("front_ratings:home"), {"organisation": "bj-amr", "period": "30"}).content.decode()
    assert "市场监督管理局" in one and "窗口耐心" not in one


def test_the_public_page_costs_the_same_with_many_ratings(client: Client, things: Things, published: Any) -> None:
    def queries() -> int:
        counted = []
        for _ in range(3):
            with CaptureQueriesContext(connection) as caught:
                assert client.get(reverse("front_ratings:home")).status_code == 200
            counted.append(len(caught))
        return min(counted)

    rate(things, "first", 1, text="好")
    queries()
    few = queries()
    for number in range(40):
        rate(things, str(number), 1 + number % 5, text="好", occasion=occasion(str(number), organisation=f"o{number % 7}"))
    assert queries() == few


def test_an_empty_page_says_what_would_be_here(client: Client, things: Things) -> None:
    assert "这段时间还没有评价" in client.get(reverse("front_ratings:home")).content.decode()
