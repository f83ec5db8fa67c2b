"""As for the other rooms of the back office, with the construction chain in the city."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.support import city


class _Undo(Exception):
    """Leaves the module's transaction without keeping anything."""


@pytest.fixture(scope="module")
def installed_city(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                city.install("enterprise-services")
                yield
                raise _Undo
        except _Undo:
            pass
