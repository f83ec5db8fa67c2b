"""Roles, rights and stamps of a database: what neither Django nor a room looks after.

Two roles (house.md, rule 9): the owner migrates and installs; web and worker connect as a role that owns no table and may only add to
and read from the ledger. Stamps say which inputs a step last ran with, and live in the database they speak of, so that a restored or
emptied database is never taken for a prepared one.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from santai.config.zones import SOURCE

# Only appended to: the application may neither change nor remove a row (sealed and proven by kernel/ledger).
APPEND_ONLY = ("kernel_ledger_entry",)


def role_of(url: str) -> str:
    return unquote(urlsplit(url).username or "")


def grant_application_rights(owner_url: str, app_url: str) -> None:
    """Give the application's role what it needs on every table there is and will be; on the ledger only insert and select."""
    app = role_of(app_url)
    if app == role_of(owner_url):
        return  # a city that gave us one role only; `santai doctor` says so
    role = sql.Identifier(app)
    with psycopg.connect(owner_url, autocommit=True) as db, db.transaction():
        schemas = [
            row[0]
            for row in db.execute(
                "select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'"
                " and pg_has_role(nspowner, 'usage') union select 'public'"
            )
        ]
        for name in schemas:
            schema = sql.Identifier(name)
            db.execute(sql.SQL("grant usage on schema {} to {}").format(schema, role))
            db.execute(sql.SQL("grant select, insert, update, delete on all tables in schema {} to {}").format(schema, role))
            db.execute(sql.SQL("grant usage, select on all sequences in schema {} to {}").format(schema, role))
        db.execute(sql.SQL("alter default privileges grant usage on schemas to {}").format(role))
        db.execute(sql.SQL("alter default privileges grant select, insert, update, delete on tables to {}").format(role))
        db.execute(sql.SQL("alter default privileges grant usage, select on sequences to {}").format(role))
        for table in _append_only_tables(db):
            db.execute(sql.SQL("revoke update, delete, truncate on {} from {}").format(sql.Identifier(table), role))
        if db.execute("select to_regclass('santai_stamp')").fetchone() != (None,):
            db.execute(sql.SQL("revoke insert, update, delete on santai_stamp from {}").format(role))


def _append_only_tables(db: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """The append-only tables and their month partitions."""
    found = db.execute(
        "select c.relname from pg_class c where c.relkind in ('r', 'p') and (c.relname = any(%(names)s) or exists ("
        " select 1 from pg_inherits i join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid and p.relname = any(%(names)s)))",
        {"names": list(APPEND_ONLY)},
    )
    return [str(row[0]) for row in found]


# -- stamps --------------------------------------------------------------------------------------------------------------------


def read_stamps(url: str) -> dict[str, str]:
    """Stamps by name; empty for a new database. psycopg.OperationalError when the server does not answer."""
    with psycopg.connect(url, connect_timeout=5) as db:
        if db.execute("select to_regclass('public.santai_stamp')").fetchone() == (None,):
            return {}
        return {str(name): str(value) for name, value in db.execute("select name, value from santai_stamp")}


def write_stamp(owner_url: str, name: str, value: str) -> None:
    with psycopg.connect(owner_url, autocommit=True) as db:
        db.execute(
            "create table if not exists santai_stamp (name text primary key, value text not null, at timestamptz not null default now())"
        )
        db.execute(
            "insert into santai_stamp (name, value) values (%s, %s) on conflict (name) do update set value = excluded.value, at = now()",
            [name, value],
        )


def digest_of(paths: Iterable[Path], *facts: str) -> str:
    """A digest over names and contents, the same on every machine."""
    total = hashlib.sha256("\0".join(facts).encode())
    for path in sorted(paths):
        total.update(f"\0{path.name}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def schema_inputs(zone: str) -> str:
    """What migrating depends on: every migration file of every room, the zone, and the locked versions of what brings its own tables."""
    import django

    return digest_of(SOURCE.glob("*/*/migrations/*.py"), zone, django.get_version())


def pack_inputs(folder: Path, names: list[str]) -> str:
    """What installing packs depends on: their files, and the code that checks and installs them."""
    files = [path for name in names for path in (folder / name).rglob("*") if path.is_file()]
    return digest_of(files, *names)


def static_inputs(assets: Path) -> str:
    """What collecting static files depends on."""
    paths = [*SOURCE.glob("*/*/static/**/*"), *assets.rglob("*")]
    facts = [f"{path.name}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in sorted(paths) if path.is_file()]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()
