"""The demonstration city with residents' items; a clerk at the window, and the pages as they see them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from santai.kernel.identity.service import Account
from tests.support.city import install


class _Undo(Exception):
    """Leaves the module's transaction without keeping anything."""


@pytest.fixture(scope="module")
def installed_city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Installed once a module; every test rolls back to it."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                install("resident-basics", "enterprise-start")
                yield
                raise _Undo
        except _Undo:
            pass


@pytest.fixture
def city_db(installed_city: None, db: None) -> None:
    """A test inside the installed city."""


@pytest.fixture
def enter(installed_city: None, db: None) -> Callable[..., Client]:
    """``enter("clerk")``: a browserless visitor signed in as that persona in the first post held; ``post`` chooses another."""

    def sign_in(login: str = "", post: str = "") -> Client:
        client = Client()
        if login:
            account = Account.objects.get(login=login)
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            session = client.session
            holding = account.holdings.order_by("seq").first()
            session["acting"] = {"post": post or (holding.post_id if holding else "")}
            session.save()
        return client

    return sign_in
