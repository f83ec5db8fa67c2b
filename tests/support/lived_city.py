"""A city in which something happens: its packs, cases at several stages made by the real verbs, a draft, a licence, a late case.

Import ``lived_city`` and ``_django_db_helper`` into a test module: each of its transactional tests has a copy of that database.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import connections

from tests.support import fresh_city

_kept: list[str] = []
HISTORY = 15  # the cases every history has: at each stage, nearly late, just late


def live() -> None:
    """What the pages of every role show: see the module."""
    from santai.config.demo.service import write_history
    from santai.kernel.jobs.service import drain
    from tests.support import walk

    write_history(months=2, count=HISTORY)
    drain()
    waiting = walk.file_joint()  # the founder has to correct something
    walk.check_all(waiting, defects={"gs": [{"text": "股东林浩然的签字页不清晰，请重新上传。"}]})
    walk.deliver()
    done = walk.file_joint()  # and has one licence
    walk.check_all(done)
    walk.deliver()
    for branch in ("gs", "sw", "cz", "zj", "tj", "wz", "hb"):
        walk.finish(done, branch)
        drain()
    walk.issue(done)
    walk.start(walk.citizen("founder"), walk.JOINT, walk.sample_firm())
    drain()


@pytest.fixture(scope="session")
def lived_city(prepared_city: str, django_db_keepdb: bool, django_db_blocker: Any) -> str:
    """Name of that database; with ``--reuse-db`` it is kept for the next run."""
    if _kept:
        return _kept[0]
    with django_db_blocker.unblock():
        before = connections["default"].settings_dict["NAME"]
        connections["default"].close()
        name = f"{prepared_city}_lived"
        if django_db_keepdb and fresh_city._there(name):
            _kept.append(name)
            return name
        fresh_city._copy(name, prepared_city)
        fresh_city._use(name)
        try:
            live()
        finally:
            fresh_city._use(before)
    _kept.append(name)
    return name


@pytest.fixture
def _django_db_helper(lived_city: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        before = connections["default"].settings_dict["NAME"]
        connections["default"].close()
        mine = f"{lived_city}_copy"
        fresh_city._copy(mine, lived_city)
        fresh_city._use(mine)
        mail.outbox = []
        try:
            yield
        finally:
            fresh_city._use(before)
            fresh_city._drop(mine)
