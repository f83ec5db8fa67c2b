"""The freshly installed city, kept beside the living one, and the way back to it within seconds while the web goes on serving.

A copy of every table lives in a schema of its own in the same database: this works alike for the embedded PostgreSQL and for one named by
``DATABASE_URL``, breaks no connection, and needs no right to create databases. Sequences are left where they are, so that no number is ever
given twice. Needs the owner's role.
"""

import time
from datetime import datetime

from django.db import OperationalError, connection, transaction

from santai.config.demo import walk
from santai.config.demo.errors import NothingKept
from santai.config.demo.history import refuse_elsewhere
from santai.kernel.clocks import service as clocks

SCHEMA = "demo_snapshot"
NOT_DATA = ("django_migrations", "santai_stamp")
TRIES = 4

TABLES = f"""
select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname not like 'pg\\_%%'
and n.nspname not in ('information_schema', '{SCHEMA}') and not (n.nspname = 'public' and c.relname = any(%s)) order by 1, 2
"""
COLUMNS = """
select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
where attrelid = format('%%I.%%I', %s::text, %s::text)::regclass and attnum > 0 and not attisdropped and attgenerated = ''
"""


def keep() -> int:
    """Remember the city as it is now; the number of tables kept. What was kept before is forgotten."""
    refuse_elsewhere()
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade")
        cursor.execute(f"create schema {SCHEMA}")
        cursor.execute(TABLES, [list(NOT_DATA)])
        tables = cursor.fetchall()
        for schema, table in tables:
            cursor.execute(f"create table {SCHEMA}.{quote(f'{schema}.{table}')} as table {quote(schema)}.{quote(table)}")
        cursor.execute(f"create table {SCHEMA}.made (at timestamptz, structure text)")
        cursor.execute(f"insert into {SCHEMA}.made values (clock_timestamp(), %s)", [_structure()])
    return len(tables)


def kept_at() -> datetime | None:
    """When the copy was made; None without one, or when migrations or packs have changed since."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s)", [f"{SCHEMA}.made"])
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute(f"select at, structure from {SCHEMA}.made")
        at, structure = cursor.fetchone()
    return at if structure == _structure() else None


def go_back() -> float:
    """Every table as it was kept, in one transaction; seconds it took. DemoCityOnly, OneZoneOnly, NothingKept."""
    refuse_elsewhere()
    if kept_at() is None:
        raise NothingKept()
    began = time.monotonic()
    for attempt in range(1, TRIES + 1):
        try:
            _go_back()
            break
        except OperationalError:  # a deadlock with somebody's work, or locks not given in time: their turn first
            if attempt == TRIES:
                raise
            time.sleep(0.5 * attempt)
    clocks.forget()
    walk.forget()
    return time.monotonic() - began


def _go_back() -> None:
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '6s'")
        cursor.execute("set constraints all deferred")  # the tables come back in no particular order
        cursor.execute(TABLES, [list(NOT_DATA)])
        tables = cursor.fetchall()
        cursor.execute("truncate " + ", ".join(f"{quote(schema)}.{quote(table)}" for schema, table in tables) + " cascade")
        cursor.execute("select relname from pg_class where relnamespace = %s::regnamespace and relkind = 'r'", [SCHEMA])
        copies = {row[0] for row in cursor.fetchall()}
        for schema, table in tables:
            copy = f"{schema}.{table}"
            if copy not in copies:
                continue  # a month's partition made since
            cursor.execute(COLUMNS, [schema, table])
            columns = cursor.fetchone()[0]
            cursor.execute(
                f"insert into {quote(schema)}.{quote(table)} ({columns}) overriding system value "
                f"select {columns} from {SCHEMA}.{quote(copy)}"
            )


def _structure() -> str:
    """What the copy must agree with: the migrations applied and the packs installed."""
    with connection.cursor() as cursor:
        cursor.execute("select md5(string_agg(app || '.' || name, ',' order by app, name)) from django_migrations")
        found = str(cursor.fetchone()[0])
        cursor.execute("select to_regclass('public.santai_stamp')")
        if cursor.fetchone()[0] is not None:
            cursor.execute("select value from santai_stamp where name = 'packs'")
            found += "/" + str((cursor.fetchone() or [""])[0])
    return found
