"""Rows that nobody reads before the act's transaction ends are written together: one insert a table instead of one a row.

An act (``as_one_act``) or a delivery from the bus writes a dozen such rows, and under load several deliveries share one transaction.
Outside of a block everything is written at once, so a verb need not know who called it. Inside, a statement that names a table with
rows held back has them written first, so nobody reads less than he would otherwise; so has a savepoint, which may be rolled back alone.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import NOT_PROVIDED, AutoField, Model

MOST_PARAMETERS = 60_000  # the protocol takes 65,535
Write = Callable[[list[Any]], None]
P = ParamSpec("P")
R = TypeVar("R")


class _Block:
    """What one block holds back, by the function that will write it, in the order of the first row of each."""

    def __init__(self) -> None:
        self.depth = _savepoints()  # inside a further savepoint nothing is held back: it may be rolled back alone
        self.rows: dict[Write, tuple[str, list[Any]]] = {}  # with the name of the table it changes
        self.held: set[int] = set()  # by identity: what is handed in twice is written once, as it is by then

    def hold(self, write: Write, table: str, *rows: Any) -> None:
        held = self.rows.setdefault(write, (table, []))[1]
        for row in rows:
            if isinstance(row, str) or id(row) not in self.held:
                self.held.add(id(row))
                held.append(row)

    def flush(self, sql: str = "") -> None:
        """Write what is held back; with ``sql`` only for the tables it names."""
        due = [write for write, (table, _) in self.rows.items() if not sql or table in sql]
        rows = {write: self.rows.pop(write)[1] for write in due}
        self.held -= {id(row) for held in rows.values() for row in held}
        if len(rows) > 1:
            connection.ensure_connection()
            with (
                connection.wrap_database_errors,
                connection.connection.pipeline(),
            ):  # sent one after the other, answers waited for once; an error is raised at the end
                for write, held in rows.items():
                    write(held)
        else:
            for write, held in rows.items():
                write(held)

    def before_statement(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if self.rows and _here.block is self:
            self.flush("" if sql.startswith("SAVEPOINT") else sql)
        return execute(sql, *rest)


def _savepoints() -> int:
    return sum(1 for sid in connection.savepoint_ids if sid is not None)  # None: a block that made no savepoint of its own


class _Here(threading.local):
    def __init__(self) -> None:
        self.block: _Block | None = None


_here = _Here()


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Hold ``append`` and ``write_later`` back until the block ends; it belongs inside a transaction.

    A block within a block hands its rows to the outer one when it ends well and drops them when it does not: an error leaves nothing
    behind, as in the database. Errors of the late inserts are raised where the outermost block ends.
    """
    outer = _here.block
    block = _here.block = _Block()
    try:
        with connection.execute_wrapper(block.before_statement):
            yield
    finally:
        _here.block = outer
    if outer is None:
        block.flush()
    else:
        for write, (table, held) in block.rows.items():
            outer.hold(write, table, *held)


@contextlib.contextmanager
def one_of_many() -> Iterator[None]:
    """A savepoint with a block of its own inside a block that others share, whose rows stay held back outside of the savepoint.

    What is done inside does not read what the others hold back: ``flush`` first where it might.
    """
    shared, _here.block = _here.block, None
    try:
        with transaction.atomic():
            _here.block = shared
            with together():
                yield
    finally:
        _here.block = shared


def flush() -> None:
    """Write what the running block holds back now."""
    if _here.block is not None:
        _here.block.flush()


def holding_back() -> bool:
    """Would a row handed in now be written later?"""
    return _here.block is not None and _savepoints() == _here.block.depth


def as_one_act(function: Callable[P, R]) -> Callable[P, R]:
    """``transaction.atomic`` for a verb: what it and the verbs it calls hand in is written together at its end.

    Called by a verb or a delivery that holds back already, it is part of that one, without a savepoint of its own: who catches its refusal
    there and wants to go on puts ``transaction.atomic()`` round the call, otherwise Django refuses every further statement.
    """

    @wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        if holding_back():
            with transaction.atomic(savepoint=False):
                return function(*args, **kwargs)
        with transaction.atomic(), together():
            result = function(*args, **kwargs)
            flush()  # where this is a savepoint inside somebody else's block, the rows belong to the savepoint
            return result

    return act


def write_later(write: Write, *rows: Any, table: str) -> None:
    """Call ``write([row, …])``, which changes ``table``, for all such rows when the running block ends; at once where there is none."""
    block = _here.block
    if not rows:
        return
    if block is None or not holding_back():
        write(list(rows))
        return
    block.hold(write, table, *rows)


def append(*rows: Model) -> None:
    """Insert rows of one table with their like when the running block ends, at once where there is none."""
    if rows:
        write_later(_inserter(type(rows[0])), *rows, table=rows[0]._meta.db_table)


def change(*rows: Model) -> None:
    """Write all columns of rows of one table when the running block ends, with their like and each once, as it is by then; at once where
    there is none. A row that is new is inserted.

    The caller holds the rows' locks, or its case's: an older copy of a row would undo what somebody else wrote.
    """
    for row in rows:
        if row._state.adding:
            append(row)
        else:
            write_later(_updater(type(row)), row, table=row._meta.db_table)


@cache
def _updater(model: type[Model]) -> Write:
    """One update for all rows of a model."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    fields = model._meta.local_concrete_fields
    columns = [quote(field.column) for field in fields]
    one = f"({', '.join(f'%s::{field.db_type(connection)}' for field in fields)})"
    start = f"update {table} set {', '.join(f'{column} = new.{column}' for column in columns if column != key)} from (values "
    end = f") as new ({', '.join(columns)}) where {table}.{key} = new.{key}"
    most = MOST_PARAMETERS // len(fields)

    def update(rows: list[Any]) -> None:
        for part in (rows[at : at + most] for at in range(0, len(rows), most)):
            values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for row in part for field in fields]
            with connection.cursor() as cursor:
                cursor.execute(start + ", ".join([one] * len(part)) + end, values)

    return update


@cache
def _inserter(model: type[Model]) -> Write:
    """One insert for all rows of a model, its text made once, at half the cost of ``bulk_create``.

    Numbers that the database draws are not read back.
    """
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    if any(field.db_default is not NOT_PROVIDED for field in fields):
        raise TypeError(f"{model.__name__} has values that the database makes; use its manager")
    quote = connection.ops.quote_name
    start = f"insert into {quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in fields)}) values "
    one = f"({', '.join(f'%s::{field.db_type(connection)}' if isinstance(field, ArrayField) else '%s' for field in fields)})"
    most = MOST_PARAMETERS // len(fields)

    def insert(rows: list[Any]) -> None:
        for part in (rows[at : at + most] for at in range(0, len(rows), most)):
            values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in part for field in fields]
            with connection.cursor() as cursor:
                cursor.execute(start + ", ".join([one] * len(part)), values)
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias

    return insert
