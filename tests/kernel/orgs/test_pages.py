"""The public directory of bodies."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


class TestDirectory:
    def test_is_open_and_says_what_would_be_here_when_empty(self) -> None:
        answer = Client().get("/kernel/orgs/")
        assert answer.status_code == 200 and "还没有单位" in answer.content.decode()

    def test_knows_no_unknown_body(self) -> None:
        assert Client().get("/kernel/orgs/nothing/").status_code == 404


@pytest.mark.usefixtures("city_installed")
class TestDirectoryOfTheCity:
    def test_lists_bodies_by_level_and_finds_old_names(self) -> None:
        page = Client().get("/kernel/orgs/").content.decode()
        assert "滨江新区住房和城乡建设委员会（人民防空办公室、地震工作办公室）" in page and "锦绣居民委员会" in page
        found = Client().get("/kernel/orgs/", {"q": "质监局"}).content.decode()
        assert "滨江新区质量技术监督局" in found and "已撤并" in found

    def test_tells_remedy_history_and_successor(self) -> None:
        assert "东江市人民政府，也可向滨江新区人民政府申请" in Client().get("/kernel/orgs/eco/").content.decode()
        assert "滨江新区工商行政管理局" in Client().get("/kernel/orgs/amr/").content.decode()
        assert "滨江新区市场监督管理局" in Client().get("/kernel/orgs/qts/").content.decode()

    def test_costs_a_constant_number_of_queries(self, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
        with django_assert_max_num_queries(6):
            Client().get("/kernel/orgs/")
