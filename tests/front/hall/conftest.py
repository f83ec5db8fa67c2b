"""The demonstration city with its residents' items; people who are signed in."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client

from santai.kernel.identity.service import Account
from tests.support.city import install


class _Undo(Exception):
    """Leaves the module's transaction without keeping anything."""


@pytest.fixture(scope="module")
def installed_city(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Installed once a module; every test rolls back to it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                install("resident-basics", "enterprise-start")
                yield
                raise _Undo
        except _Undo:
            pass


@pytest.fixture
def enter(installed_city: None, db: None) -> Callable[..., Client]:
    """``enter("resident")``: a browserless visitor signed in as that persona; no login: a stranger."""

    def sign_in(login: str = "", **headers: str) -> Client:
        client = Client(headers=headers or None)
        if login:
            client.force_login(Account.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
