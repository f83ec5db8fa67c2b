"""差评整改: from the rating to the closed order, each step by the post it belongs to, the rater unknown throughout."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from santai.back.cases.service import Case
from santai.back.workorders import service
from santai.exchange.contracts.service import RedressWanted, encode
from santai.front.ratings import service as ratings
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import clocks_of
from santai.kernel.ledger.service import ActRefused
from tests.back.desk.test_the_queue import sign_in
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")

CITY = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


def rate(level: int = 5, *, agreed: bool = True, when: str = "2026-03-03 15:00", number: str = "V-1") -> ratings.Rating:
    _, actor, _ = walk.citizen("resident")
    occasion = ratings.Occasion(
        kind="visit", number=number, item_name="食品经营许可", organisation="amr", organisation_name="市场监督管理局"
    )
    given = ratings.rate(
        occasion=occasion,
        level=level,
        tags=["late"],
        text="等了很久",
        contact_wanted=agreed,
        contact="13900000000",
        actor=actor,
        at=at(when),
    )
    walk.deliver()
    return given


def order_of(rating: ratings.Rating) -> service.Redress:
    return service.Redress.objects.select_related("case").get(rating=str(rating.id))


def take(order: service.Redress, *steps: str, when: str = "2026-03-04 09:00") -> None:
    examiner, decider = walk.official("amr-examiner"), walk.official("amr-decider")
    for step in steps:
        common = {"case_no": order.case_id, "at": at(when)}
        if step == "contact":
            service.contact_rater(note="电话联系，说等了两周", actor=examiner, **common)
        elif step == "rectify":
            service.report_rectified(answer="受理窗口漏转，已当天补办并调整交接办法。", actor=examiner, **common)
        elif step == "revisit":
            service.revisit_rater(satisfied=True, note="对方满意", actor=examiner, **common)
        else:
            service.close_redress(actor=decider, **common)
    walk.deliver()


class TestABadRating:
    def test_becomes_an_order_of_its_department_with_its_limits(self) -> None:
        order = order_of(rate(when="2026-02-14 15:00"))
        assert (order.case.organisation, order.case.kind, order.case.is_open) == ("amr", service.KIND, True)
        due = {clock.rule: clock.due_at.astimezone(CITY).date().isoformat() for clock in clocks_of(f"case:{order.case_id}")}
        assert due["rating-contact-1"] == "2026-02-24"  # the spring festival lies between
        assert due["rating-rectify"] == "2026-03-13"  # 28 February is a make-up day

    def test_of_a_rater_who_did_not_agree_asks_for_no_call(self) -> None:
        order = order_of(rate(agreed=False))
        assert order.contact == "" and [clock.rule for clock in clocks_of(f"case:{order.case_id}")] == ["rating-rectify"]
        take(order, "rectify", "close")
        assert order_of_case(order).closed_at is not None

    def test_is_closed_only_after_everything_and_by_another_officer(self) -> None:
        given = rate()
        order = order_of(given)
        with pytest.raises(service.ContactMissing):
            take(order, "rectify")
        take(order, "contact", "rectify")
        with pytest.raises(service.RevisitMissing):
            take(order, "close")
        take(order, "revisit", "close")
        order = order_of_case(order)
        assert order.case.state == Case.State.COMPLETED and {clock.state for clock in clocks_of(f"case:{order.case_id}")} == {"met"}
        given.refresh_from_db()
        assert given.redress == "closed" and given.answer.startswith("受理窗口漏转")

    def test_is_not_closed_by_the_officer_who_put_it_right(self) -> None:
        order = order_of(rate(agreed=False))
        decider = walk.official("amr-chief")  # holds both roles
        examiner = walk.official("amr-examiner")
        with pytest.raises(NotAllowed):
            service.close_redress(case_no=order.case_id, actor=examiner, at=at("2026-03-04 09:00"))
        with pytest.raises(NotAllowed):
            service.report_rectified(case_no=order.case_id, answer="已改", actor=decider, at=at("2026-03-04 09:00"))

    def test_names_nobody_in_public(self) -> None:
        order = order_of(rate(agreed=False))
        for words, wrong in (("", service.WordsMissing), ("已由王科长打13900000000道歉", service.PersonNamed)):
            with pytest.raises(wrong) as refused:
                service.report_rectified(
                    case_no=order.case_id, answer=words, actor=walk.official("amr-examiner"), at=at("2026-03-04 09:00")
                )
            assert "text" in refused.value.fields

    def test_reaches_its_department_without_the_raters_name(self) -> None:
        order = order_of(rate())
        _, actor, party = walk.citizen("resident")
        kept = str(encode(order.case.applicant)) + order.contact + order.text + order.case.item_name
        assert actor.name not in kept and party.code not in kept and order.contact == "13900000000"

    def test_told_twice_is_one_order(self) -> None:
        given = rate()
        message = RedressWanted(rating=str(given.id), organisation="amr", level=5, rated_at=at("2026-03-03 15:00").isoformat())
        service.open_redress(message=message, at=at("2026-03-03 16:00"))
        assert service.Redress.objects.filter(rating=str(given.id)).count() == 1

    def test_of_another_department_is_not_found(self) -> None:
        order = order_of(rate())
        with pytest.raises(service.OrderNotFound):
            service.access_order(order.case_id, walk.official("tax-examiner"))
        with pytest.raises(ActRefused):
            service.contact_rater(case_no=order.case_id, note="x", actor=walk.official("tax-examiner"), at=at("2026-03-04 09:00"))


def order_of_case(order: service.Redress) -> service.Redress:
    return service.Redress.objects.select_related("case").get(case_id=order.case_id)


class TestThePages:
    def test_list_the_order_and_take_its_steps(self) -> None:
        order = order_of(rate())
        client = sign_in("amr-examiner")
        url = reverse("back_workorders:order", args=[order.case_id])
        assert order.case.item_name in client.get(reverse("back_workorders:orders")).content.decode()
        assert client.get(reverse("back_desk:case", args=[order.case_id])).headers["location"] == url
        empty = client.post(url, {"step": "contact", "text": " "})
        assert empty.status_code == 422 and "请写明什么时候、怎样联系的" in empty.content.decode()
        done = client.post(url, {"step": "contact", "text": "当天电话联系"}, follow=True).content.decode()
        assert "已记下联系的情况" in done and "整改情况（公开）" in done and "13900000000" in done

    def test_are_not_found_by_another_department(self) -> None:
        order = order_of(rate())
        client = sign_in("tax-examiner")
        assert client.get(reverse("back_workorders:order", args=[order.case_id])).status_code == 404
