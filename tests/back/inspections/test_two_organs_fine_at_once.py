"""Two decisions at once on the same conduct: one fine, and the other is told."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from santai.back.inspections import service
from santai.back.inspections.errors import FinedAlready
from tests.back.approvals.test_who_is_first import at_once
from tests.back.inspections.test_a_penalty_keeps_the_law import CARDS, PARTY, at
from tests.support import city, walk


@pytest.mark.django_db(transaction=True)
def test_of_two_fines_for_one_conduct_at_once_one_is_refused() -> None:
    city.install("procedures", "enterprise-start")
    when, actor = at("2026-03-03 09:00"), walk.official("amr-examiner")
    for card in CARDS:
        service.add_inspector(name=f"执法员{card}", card_no=card, valid_to=date(2030, 1, 1), interests=[], actor=actor, at=when)

    def fine() -> Any:
        return service.decide_on_spot(
            party=PARTY, violation="未公示年报", facts="当场查明。", basis="第十七条", kinds=["fine"], amount=Decimal(100), officers=CARDS,
            shown=True, actor=actor, at=when,
        )  # fmt: skip

    results = at_once(fine, fine)
    assert [type(one) for one in results if isinstance(one, Exception)] == [FinedAlready], results
