"""The demonstration city for journeys: its packs are installed once a run, then every journey has a copy of that database in a second.

Import ``_django_db_helper`` and ``prepared_city`` into a conftest: its tests that ask for a transactional database get the copy then,
where pytest-django would empty every table after each test and the packs would have to be installed again. ``city.install`` finds them
installed and does nothing.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from psycopg import sql

PACKS = ("resident-basics", "enterprise-start")
_kept: list[str] = []


def _maintenance() -> psycopg.Connection[Any]:
    parameters = connections["default"].get_connection_params()
    chosen = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    return psycopg.connect(**chosen, dbname="postgres", autocommit=True)


def _copy(name: str, template: str) -> None:
    with _maintenance() as db:
        db.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        # a thread of an earlier test may still hold the template; PostgreSQL copies only what nobody uses
        db.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [template])
        db.execute(sql.SQL("create database {} template {} strategy file_copy").format(sql.Identifier(name), sql.Identifier(template)))


def _there(name: str) -> bool:
    with _maintenance() as db:
        return db.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def _drop(name: str) -> None:
    with _maintenance() as db:
        db.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _use(name: str) -> None:
    """This process, the live server's threads included, speaks to ``name`` from now on."""
    connections["default"].close()
    connections.settings["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def prepared_city(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> str:
    """Name of a database with the packs in it and nothing else; one for the whole run, whichever folder asks first.

    With ``--reuse-db`` it is kept for the next run (then ``--create-db`` after a change of models or packs).
    """
    from tests.support.city import install

    if _kept:
        return _kept[0]
    with django_db_blocker.unblock():
        empty = connections["default"].settings_dict["NAME"]
        connections["default"].close()
        name = f"{empty}_city"
        if django_db_keepdb and _there(name):
            _kept.append(name)
            return name
        _copy(name, empty)
        _use(name)
        try:
            install(*PACKS)
        except BaseException:
            _use(empty)
            _drop(name)
            raise
        _use(empty)
        _kept.append(name)
    return name


@pytest.fixture
def _django_db_helper(prepared_city: str, django_db_blocker: Any) -> Iterator[None]:
    """What pytest-django does for tests marked ``django_db(transaction=True)``, with a copy in place of emptied tables."""
    from django.core import mail

    with django_db_blocker.unblock():
        before = connections["default"].settings_dict["NAME"]
        mine = f"{prepared_city}_copy"
        connections["default"].close()
        _copy(mine, prepared_city)
        _use(mine)
        mail.outbox = []
        try:
            yield
        finally:
            _use(before)
            _drop(mine)
