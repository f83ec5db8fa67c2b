"""The city the whole cases of the table happen in: installed once a module, every row rolls back to it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.law.adapters.case import city


class _Undo(Exception):
    """Leaves the module's transaction without keeping anything."""


@pytest.fixture(scope="module")
def _city_of_the_table(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                city.install()
                yield
                raise _Undo
        except _Undo:
            pass


@pytest.fixture
def city_of_the_table(_city_of_the_table: None, db: None) -> None:
    """A row inside the city."""
