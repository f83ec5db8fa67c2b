"""Rules read from the source: get_model, self-sufficient migrations, no clock in a verb. Each with a sample that breaks it."""

from pathlib import Path

import pytest

from santai.config.cli.develop.walls import check_source
from santai.config.zones import SOURCE


def test_the_house_keeps_its_rules() -> None:
    assert list(check_source(SOURCE)) == []


@pytest.mark.parametrize(
    ("file", "text", "word"),
    [
        ("back/cases/queries.py", "from django.apps import apps\nkind = apps.get_model('front_hall', 'Draft')", "get_model"),
        ("back/cases/migrations/0001_cases.py", "from santai.back.cases import rules", "imports application code"),
        ("back/cases/migrations/0001_cases.py", "import santai.kernel.codes.service", "imports application code"),
        ("back/cases/actions/close.py", "from santai.kernel.clocks import service as clocks\nat = clocks.now()", "reads the clock"),
        (
            "back/cases/actions/close.py",
            "from django.db import transaction\n@transaction.atomic\ndef close() -> None:\n    pass",
            "use @as_one_act",
        ),
    ],
)
def test_a_breach_is_named_with_its_line(tmp_path: Path, file: str, text: str, word: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(text)
    found = list(check_source(tmp_path))
    assert len(found) == 1
    assert word in found[0]
    assert f"{path}:" in found[0]


def test_get_model_is_allowed_inside_migrations(tmp_path: Path) -> None:
    path = tmp_path / "back/cases/migrations/0002_fill.py"
    path.parent.mkdir(parents=True)
    path.write_text("def fill(apps, editor):\n    apps.get_model('back_cases', 'Case')")
    assert list(check_source(tmp_path)) == []


def test_files_at_the_top_of_a_room_have_known_names() -> None:
    """What import-linter's exhaustive layers say of modules, said once more of every file, so that no data lies about."""
    layers = "apps urls short_urls views api admin handlers tasks middleware context forms schemas service queries models adapters"
    folders = (
        "templatetags management actions views queries models adapters rules messages migrations templates static locale data __pycache__"
    )
    known = (
        {f"{name}.py" for name in [*layers.split(), "rules", "messages", "errors"]}
        | set(folders.split())
        | {"README.md", "__init__.py", "openapi.yaml"}
    )
    rooms = {path.parent for path in SOURCE.glob("*/*/apps.py") if path.parent.parent.name != "config"}  # config composes, it has no rooms
    stray = [str(path.relative_to(SOURCE)) for room in rooms for path in room.iterdir() if path.name not in known]
    assert stray == []
