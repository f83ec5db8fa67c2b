"""The demonstration city with its residents' items; people who are signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from santai.kernel.identity.service import Account
from tests.support.city import install

UNEMPLOYMENT = "12189901MB6218027M5000714001000"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        install("resident-basics", "enterprise-start")


@pytest.fixture
def enter() -> Callable[..., Client]:
    """``enter("resident")``: a browserless visitor signed in as that persona; no login: a stranger."""

    def sign_in(login: str = "", **headers: str) -> Client:
        client = Client(headers=headers or None)
        if login:
            client.force_login(Account.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
