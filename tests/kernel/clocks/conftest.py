"""What the tests of this room share."""

from collections.abc import Iterator

import pytest

from santai.kernel.clocks import service as clocks
from santai.kernel.ledger.service import Actor


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """A rolled-back edit must not survive in the process's memory."""
    clocks.forget()
    yield
    clocks.forget()


def _official(account: str, name: str, post: str, title: str) -> Actor:
    return Actor(
        kind="official", account=account, name=name, post=post, post_title=title, organisation="gs", organisation_name="区市场监督管理局"
    )


@pytest.fixture
def examiner() -> Actor:
    return Actor(
        kind="official",
        account="a1",
        name="李审",
        post="gs-examiner",
        post_title="审查员",
        organisation="gs",
        organisation_name="区市场监督管理局",
    )


@pytest.fixture
def head() -> Actor:
    return Actor(
        kind="official",
        account="a2",
        name="王局",
        post="gs-head",
        post_title="局长",
        organisation="gs",
        organisation_name="区市场监督管理局",
    )


@pytest.fixture
def founder() -> Actor:
    return Actor(kind="person", account="p1", name="张三")
