"""Every row of the table the adapters can run, against the real code. The id of a test is the id of its row."""

import pytest

from tests.law.adapters import ADAPTERS, adapter_of, disputed
from tests.law.table import Row, rows

RUN = [(row, adapter) for row in rows() if (adapter := adapter_of(row)) is not None]


def params(*, database: bool) -> list[object]:
    return [pytest.param(row, id=row.id) for row, adapter in RUN if adapter.DATABASE is database]


def obey(row: Row) -> None:
    adapter = adapter_of(row)
    assert adapter is not None
    adapter.run(row)


@pytest.mark.parametrize("row", params(database=False))
def test_the_platform_keeps(row: Row) -> None:
    obey(row)


@pytest.mark.usefixtures("city_of_the_table")
@pytest.mark.parametrize("row", params(database=True))
def test_the_platform_keeps_in_a_whole_case(row: Row) -> None:
    obey(row)


def test_what_is_disputed_could_be_run_and_says_why() -> None:
    by_id = {row.id: row for row in rows()}
    assert [row for row, why in disputed().items() if row not in by_id or not why.endswith("。")] == []
    assert [row for one in ADAPTERS for row in one.DISPUTED if not one.supports(by_id[row])] == []
