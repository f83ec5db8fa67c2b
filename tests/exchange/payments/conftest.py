"""A provider over HTTP, and orders without a city around them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.pay_server import PayServer, running


@pytest.fixture(scope="session")
def _one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PayServer]:
    with running(tmp_path_factory.mktemp("pay")) as server:
        yield server


@pytest.fixture
def server(_one_server: PayServer, settings: Any) -> PayServer:
    """The contract server, empty and without faults."""
    _one_server.fault, _one_server.asked = "", []
    Path(_one_server.folder / "books.json").unlink(missing_ok=True)
    settings.PAYMENTS = _one_server.setting()
    return _one_server
