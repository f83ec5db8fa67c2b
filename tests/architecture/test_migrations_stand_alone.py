"""A migration says what it changes, can be taken back, and means the same next year."""

import re

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState

from santai.config.zones import SOURCE


def _ours():  # type: ignore[no-untyped-def]
    loader = MigrationLoader(None)
    return {key: value for key, value in loader.disk_migrations.items() if value.__module__.startswith("santai.")}


def test_names_say_what_changed() -> None:
    vague = re.compile(r"^\d{4}_(auto|initial|alter_|update|changes|migration)", re.I)
    assert [f"{label}.{name}" for label, name in _ours() if vague.match(name) or not re.match(r"^\d{4}_[a-z]", name)] == []


def test_every_migration_can_be_taken_back() -> None:
    one_way = []

    def look(key: tuple[str, str], operations: list[object]) -> None:
        for operation in operations:
            if isinstance(operation, SeparateDatabaseAndState):
                look(key, operation.database_operations)
            elif isinstance(operation, RunPython | RunSQL) and not operation.reversible:
                one_way.append(".".join(key))

    for key, migration in _ours().items():
        look(key, migration.operations)
    assert one_way == []


def test_every_room_with_models_has_migrations() -> None:
    rooms = {path.parent.parent for path in SOURCE.glob("*/*/models/__init__.py")}
    missing = []
    for room in sorted(rooms):
        text = "".join(path.read_text() for path in (room / "models").glob("*.py"))
        if re.search(r"^class \w+\(.*Model\)", text, re.M) and not any((room / "migrations").glob("0*.py")):
            missing.append(str(room.relative_to(SOURCE)))
    assert missing == []
