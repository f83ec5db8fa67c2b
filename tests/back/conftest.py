"""The demonstration city is installed once a module; every test rolls back to it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.support import city

PACKS = ("enterprise-start", "resident-basics")


class _Undo(Exception):
    """Leaves the module's transaction without keeping anything."""


@pytest.fixture(scope="module")
def installed_city(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                city.install(*PACKS)
                yield
                raise _Undo
        except _Undo:
            pass


@pytest.fixture
def city_db(installed_city: None, db: None) -> None:
    """A test inside the installed city."""
