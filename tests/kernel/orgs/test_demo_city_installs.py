"""The demonstration city's organisations stand after one installation and stay the same after the next."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from santai.kernel.codes.service import check_identifier
from santai.kernel.ledger.service import system_actor
from santai.kernel.orgs.service import (
    Organisation,
    Post,
    Region,
    ancestors,
    find_organisations,
    get_organisation,
    get_region,
    organisations,
    organisations_at,
    organisations_under,
    successor_of,
)
from santai.kernel.packs.service import check_pack, install_pack

AT = datetime(2026, 2, 9, 1, tzinfo=UTC)


@pytest.mark.django_db
class TestDemoCity:
    def test_has_no_problem(self, city: Path) -> None:
        assert check_pack(city) == []

    def test_stands_after_installing_and_again(self, city: Path) -> None:
        for _ in range(2):
            install_pack(city, actor=system_actor("test"), at=AT, again=True)
            assert organisations(on=date(2026, 2, 9)).count() == 49
            assert {level: organisations_at(level).count() for level in ("city", "district", "town", "village")} == {
                "city": 5,
                "district": 35,
                "town": 6,
                "village": 3,
            }
            assert Post.objects.count() >= 200

    def test_every_body_has_a_valid_code_and_four_levels_are_reached(self, city: Path) -> None:
        install_pack(city, actor=system_actor("test"), at=AT)
        for code in Organisation.objects.values_list("credit_code", flat=True):
            assert check_identifier("credit-code", code) == code
        assert [region.name for region in ancestors(get_region("189901001001"))] == ["东江市", "滨江新区", "望江街道"]
        assert get_organisation("eco").remedy.startswith("东江市人民政府")
        assert get_organisation("tax").vertical

    def test_merged_bodies_lead_to_their_successor_and_keep_their_history(self, city: Path) -> None:
        install_pack(city, actor=system_actor("test"), at=AT)
        assert successor_of(get_organisation("qts")).code == "amr"
        assert not organisations(on=date(2026, 1, 1)).filter(code="aic").exists()
        assert organisations(on=date(2012, 1, 1)).filter(code="aic").exists()
        assert find_organisations("工商").filter(code="aic").exists()

    def test_a_region_reaches_down_and_never_sideways(self, city: Path) -> None:
        install_pack(city, actor=system_actor("test"), at=AT)
        assert set(organisations_under("189901001").values_list("code", flat=True)) == {"wangjiang", "wangjiang-centre", "jinxiu"}
        assert not organisations_under("189902").exists()
        assert organisations_under("189900").count() == Organisation.objects.count()
        assert Region.objects.get(code="189904").valid_to == date(2009, 5, 5)
