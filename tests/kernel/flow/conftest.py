"""What flow's tests share: people, times, a small process with everything the engine does."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from santai.kernel.flow.service import forget_listener
from santai.kernel.ledger.service import Actor

AT = datetime(2026, 2, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def officer(name: str, organisation: str = "gs") -> Actor:
    return Actor(kind="official", account=f"account-{name}", name=name, organisation=organisation, organisation_name="区市场监督管理局")


@pytest.fixture
def listeners():
    yield
    forget_listener("")
