"""Numbers without races."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from santai.kernel.codes.service import next_case_no, next_gapless

ON = date(2026, 2, 9)


def _close(work):  # type: ignore[no-untyped-def]
    try:
        return work()
    finally:
        connection.close()


@pytest.mark.django_db
class TestNextCaseNo:
    def test_names_division_and_day_and_never_repeats(self) -> None:
        numbers = [next_case_no(region6="189901", on=ON) for _ in range(50)]
        assert len(set(numbers)) == 50
        assert all(number.startswith("18990120260209") and len(number) >= 20 and number.isdigit() for number in numbers)

    def test_grows_wider_instead_of_turning_over(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select setval('kernel_codes_case_no', 999999)")
        assert next_case_no(region6="189901", on=ON) == "189901202602091000000"

    def test_wants_a_six_digit_division(self) -> None:
        with pytest.raises(ValueError):
            next_case_no(region6="189901001", on=ON)


@pytest.mark.django_db(transaction=True)
class TestNextGapless:
    def test_counts_per_series_and_year_and_takes_back_what_was_rolled_back(self) -> None:
        with transaction.atomic():
            assert [next_gapless(series="滨市监许", year=2026) for _ in range(3)] == [1, 2, 3]
            assert next_gapless(series="滨市监许", year=2027) == 1
        with pytest.raises(RuntimeError), transaction.atomic():
            assert next_gapless(series="滨市监许", year=2026) == 4
            raise RuntimeError
        with transaction.atomic():
            assert next_gapless(series="滨市监许", year=2026) == 4

    def test_refuses_outside_of_a_transaction(self) -> None:
        with pytest.raises(TransactionManagementError):
            next_gapless(series="滨市监许", year=2026)

    def test_gives_each_of_many_at_once_a_number_of_its_own_without_gaps(self) -> None:
        def one() -> int:
            with transaction.atomic():
                return next_gapless(series="并发", year=2026)

        with ThreadPoolExecutor(6) as pool:
            numbers = list(pool.map(lambda _: _close(one), range(60)))
        assert sorted(numbers) == list(range(1, 61))
