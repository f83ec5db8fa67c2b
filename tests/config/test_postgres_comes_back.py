"""The embedded server after ``kill -9`` of its postmaster: started again at once it answers, with everything that was committed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from santai.config.postgres import Server, running


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path, database="santai") as server:
        yield server
    shutil.rmtree(server.home, ignore_errors=True)  # started by root, its data lie outside the temporary folder


def test_a_killed_postmaster_is_started_again_however_soon_and_keeps_what_was_committed(server: Server) -> None:
    for number in range(3):
        with psycopg.connect(server.url(), autocommit=True) as db:
            db.execute("create table if not exists kept (number int)")
            db.execute("insert into kept values (%s)", [number])
            busy = psycopg.connect(server.url())
            busy.execute("insert into kept values (-1)")  # open, and gone with the server
            server.kill()
            server.start()
            busy.close()
        with psycopg.connect(server.url()) as db:
            assert db.execute("select array_agg(number order by number) from kept").fetchone() == (list(range(number + 1)),)
