"""Somebody without root's rights: the city lies below their own folder, and nothing outside it is needed."""

import os
import pwd
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commanded_city import NOBODY, City

pytestmark = pytest.mark.system


@pytest.fixture
def city() -> Iterator[City]:
    home = Path(tempfile.mkdtemp(prefix="santai-user-"))
    user = NOBODY if os.geteuid() == 0 else ""
    if user:
        os.chown(home, pwd.getpwnam(user).pw_uid, -1)
    city = City(home / "var", user=user, HOME=str(home))
    yield city
    city.remove()
    shutil.rmtree(home, ignore_errors=True)


def test_starts_stops_is_killed_and_starts_again_without_a_right_beyond_their_folder(city: City) -> None:
    city.up()
    assert city.ask("/healthz") == 200
    owners = {path.stat().st_uid for path in city.home.rglob("*")}
    assert owners == {city.home.stat().st_uid} and 0 not in owners
    assert (city.home / "postgres" / "data" / "PG_VERSION").exists()
    assert city.end(signal.SIGKILL) == -signal.SIGKILL
    _, said = city.up()
    assert "接管仍在运行的数据库" in said and city.ask("/healthz") == 200
    done = city.run("backup", "--to", str(city.home / "city.tar"))
    assert done.returncode == 0, done.stderr
    assert city.end(signal.SIGINT) == 0
    assert city.gone()
