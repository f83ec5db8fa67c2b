"""The demonstration city's item managers, legal reviewers and publisher."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from santai.kernel.identity.service import actor_for_account, find_account
from santai.kernel.ledger.service import Actor
from tests.support import city

AT = datetime(2026, 3, 3, 1, tzinfo=UTC)
POSTS = {
    "hrss-items": "hrss-items", "hrss-legal": "hrss-legal", "item-publisher": "dsj-item-publisher", "item-manager": "dsj-items",
    "civil-items": "civil-items",
}  # fmt: skip


@pytest.fixture
def library(db: None) -> None:
    """The city with 基本目录, 权责清单 and the basic items of residents."""
    city.install("power-library", "resident-basics")


@pytest.fixture
def official() -> Callable[[str], Actor]:
    return lambda login: actor_for_account(find_account(login), post=POSTS[login])


@pytest.fixture
def browse() -> Callable[[str], Client]:
    """A client signed in as an official, in the post of the catalogue's work."""

    def signed_in(login: str) -> Client:
        client = Client()
        client.force_login(find_account(login), backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["acting"] = {"post": POSTS[login]}
        session.save()
        return client

    return signed_in
