"""One row's trouble stays its own."""

import pytest
from django.db import OperationalError

from santai.kernel.jobs.service import for_each


def test_a_row_that_fails_stops_none_after_it() -> None:
    met = []

    def do(row: int) -> bool:
        met.append(row)
        if row == 1:
            raise ValueError
        return row != 2

    assert for_each([1, 2, 3], do, what="test") == 1 and met == [1, 2, 3]


def test_a_data_store_that_is_gone_ends_the_run() -> None:
    def gone(row: int) -> None:
        raise OperationalError

    with pytest.raises(OperationalError):
        for_each([1], gone, what="test")
