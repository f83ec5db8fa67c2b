"""One embedded PostgreSQL for the whole run; each run has a database of its own. Nothing here reaches the network."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
VAR = Path(os.environ.setdefault("SANTAI_VAR", str(ROOT / "var" / "test")))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "santai.config.settings.test")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's sync API runs a loop in this thread
_given = os.environ.get("SANTAI_TEST_DATABASE_URL")
_server = None


def _start() -> None:
    global _server
    if _given:
        _point_django_at(_given)
        return
    from santai.config.postgres import server_at

    VAR.mkdir(parents=True, exist_ok=True)
    _server = server_at(VAR)
    _server.start(fsync=False)
    _server.ensure_database("santai")
    _point_django_at(_server.url())


def _point_django_at(url: str) -> None:
    """pytest-django has read the settings before this file; the entry is changed in place before the first connection."""
    from django.conf import settings

    from santai.config.settings.defaults import database_from_url

    os.environ["DATABASE_URL"] = url
    entry = database_from_url(url)
    entry["OPTIONS"].pop("pool")
    settings.DATABASES["default"].update(entry)


_start()


def pytest_unconfigure(config: object) -> None:
    if _server is not None and not os.environ.get("SANTAI_KEEP_TEST_SERVER"):
        _server.stop()


@pytest.fixture(autouse=True)
def _memory_lasts_as_long_as_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process remembers for a second: on a slow machine a test would otherwise count one query more."""
    for name in ("santai.kernel.clocks.queries", "santai.kernel.jobs.adapters.memory"):
        if name in sys.modules:
            monkeypatch.setattr(sys.modules[name], "SECONDS_TO_TRUST", 3600.0)


@pytest.fixture(autouse=True)
def _language_is_forgotten() -> Iterator[None]:
    """An English visitor of one test leaves the thread reading English; the next test reads Chinese again."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _time_is_forgotten() -> Iterator[None]:
    """What a rolled-back test did to calendar or demonstration time must not live on in the process's memory for a second."""
    yield
    clocks = sys.modules.get("santai.kernel.clocks.service")
    if clocks is not None:
        clocks.forget()
    jobs = sys.modules.get("santai.kernel.jobs.service")
    if jobs is not None:
        jobs.forget_kept()
