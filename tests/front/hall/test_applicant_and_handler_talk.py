"""The thread between applicant and handler on a case: both write on their own page, both read with name and time, all is recorded."""

import pytest
from django.utils import timezone

from santai.back.approvals.service import thread_of
from santai.front.hall.models import TalkLine
from santai.kernel.ledger.service import entries_on
from tests.back.desk.test_the_queue import sign_in
from tests.front.hall.test_pages import Enter, filed, text_of
from tests.support import walk

pytestmark = pytest.mark.django_db


def test_a_question_an_urge_and_an_answer_stand_on_both_pages_timed_and_recorded(enter: Enter) -> None:
    visitor, case_no = filed(enter)
    page, desk = f"/front/hall/cases/{case_no}/", f"/back/desk/cases/{case_no}/"
    assert visitor.post(f"{page}write/", {"text": "请问何时办好？", "act": "write"}).status_code == 302
    assert visitor.post(f"{page}write/", {"text": "孩子等着入学。", "act": "urge"}).status_code == 302
    walk.deliver()
    official = sign_in("wangjiang-centre-intake")
    seen = text_of(official.get(desk).content)
    assert "请问何时办好？" in seen and "孩子等着入学。" in seen and "催办" in seen
    answered = official.post(f"{desk}act/", {"act": "reply", "text": "材料齐全，今天办好。"})
    assert answered.status_code == 302
    walk.deliver()
    seen = text_of(visitor.get(page).content)
    assert "材料齐全，今天办好。" in seen and walk.official("wangjiang-centre-intake").organisation_name in seen
    front, back = list(TalkLine.objects.filter(case_no=case_no)), thread_of(case_no)
    assert [one.text for one in front] == [one.text for one in back] == ["请问何时办好？", "孩子等着入学。", "材料齐全，今天办好。"]
    assert all(timezone.is_aware(one.at) for one in front) and [one.at for one in front] == sorted(one.at for one in front)
    assert all(one.answered_at for one in back if one.from_applicant), "and how long the answer took"
    acts = list(entries_on(f"case:{case_no}").values_list("act", flat=True))
    assert (acts.count("front.hall.write_line"), acts.count("back.approvals.write_to_applicant")) == (2, 1)


def test_an_empty_line_is_refused_at_its_field_and_strangers_write_nothing(enter: Enter) -> None:
    visitor, case_no = filed(enter)
    empty = visitor.post(f"/front/hall/cases/{case_no}/write/", {"text": "  ", "act": "write"})
    assert empty.status_code == 422 and 'id="f-text-error"' in empty.content.decode()
    assert enter("resident2").post(f"/front/hall/cases/{case_no}/write/", {"text": "你好", "act": "write"}).status_code == 404
    assert not TalkLine.objects.filter(case_no=case_no).exists()
