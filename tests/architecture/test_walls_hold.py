"""Each import wall of ``.importlinter`` breaks when its breach is planted in a small sample of the house, and only then."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = {
    "kernel/ledger": {"service": "from santai.kernel.ledger.errors import Refused", "errors": "class Refused(Exception): ..."},
    "kernel/clocks": {"service": "from santai.kernel.clocks.rules import length", "rules": "length = 1"},
    "kernel/web": {"service": "", "context": ""},
    "exchange/contracts": {"service": "from santai.exchange.contracts.messages import Fact", "messages": "class Fact: ..."},
    "exchange/bus": {"service": "from santai.kernel.ledger.service import Refused"},
    "exchange/gateway": {"service": ""},
    "exchange/licences": {"service": "", "models": ""},
    "front/hall": {
        "views": "from santai.front.hall import service\nfrom santai.kernel.web import context",
        "service": "from santai.front.hall.actions.submit import submit",
        "actions/submit": (
            "from santai.exchange.bus import service as bus\nfrom santai.exchange.contracts.messages import Fact\ndef submit(): ..."
        ),
    },
    "front/space": {"service": ""},
    "back/cases": {"service": "from santai.kernel.clocks.service import length", "models": ""},
    "oversight/supervision": {"service": ""},
    "config": {"urls": "import santai.front.hall.views"},
}
DOMAINS = "Front, back and oversight meet only through exchange; nothing calls up"
WINGS = "A wing knows of the exchange only contracts, bus and gateway"
ROOM = "Inside a room, arrows point down"
DOORS = "A room is entered only by its door"
ACYCLIC = "No cycles between rooms"
PURE = "Rules know no Django"


def plant(folder: Path, breach: dict[str, str]) -> None:
    files = {f"{room}/{name}": text for room, modules in SAMPLE.items() for name, text in modules.items()}
    for name, text in breach.items():
        files[name] = f"{files.get(name, '')}\n{text}\n"
    for name, text in files.items():
        path = folder / "santai" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for place in [folder / "santai", *(folder / "santai").rglob("*")]:
        if place.is_dir():
            (place / "__init__.py").touch()


def broken_walls(folder: Path) -> list[str]:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache", "--config", str(ROOT / ".importlinter")],
        cwd=folder, env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    # A result may wrap: glue the lines of the summary together before looking at the endings.
    summary = done.stdout.split("Contracts:")[0].replace("\n", " ")
    return [wall for wall in (DOMAINS, WINGS, ROOM, DOORS, ACYCLIC, PURE) if f"{wall} BROKEN" in summary]


def test_a_clean_house_keeps_every_wall(tmp_path: Path) -> None:
    plant(tmp_path, {})
    assert broken_walls(tmp_path) == []


@pytest.mark.parametrize(
    ("breach", "wall"),
    [
        ({"front/hall/actions/submit": "from santai.back.cases import service as cases"}, DOMAINS),
        ({"kernel/clocks/service": "from santai.exchange.bus import service as bus"}, DOMAINS),
        ({"exchange/bus/service": "import santai.config.urls"}, DOMAINS),
        ({"archive/boxes/service": ""}, DOMAINS),
        ({"back/cases/service": "from santai.exchange.licences import service as licences"}, WINGS),
        ({"front/hall/actions/submit": "def later():\n    from santai.exchange.licences import service"}, WINGS),
        ({"front/hall/actions/submit": "from santai.front.hall import views"}, ROOM),
        ({"back/cases/utils": "helpers = 1"}, ROOM),
        ({"front/hall/actions/submit": "from santai.front.space import models", "front/space/models": ""}, DOORS),
        (
            {
                "front/hall/service": "from santai.front.space import service as s",
                "front/space/service": "from santai.front.hall import service as h",
            },
            ACYCLIC,
        ),
        ({"kernel/clocks/rules": "import django"}, PURE),
    ],
    ids=[
        "wing-to-wing", "floor-calls-up", "exchange-to-config", "fifth-domain", "wing-to-licences", "wing-to-licences-inside-a-function",
        "action-to-view", "stray-file", "past-the-door", "cycle-of-rooms", "django-in-rules",
    ],
)  # fmt: skip
def test_a_planted_breach_breaks_its_wall(tmp_path: Path, breach: dict[str, str], wall: str) -> None:
    plant(tmp_path, breach)
    assert wall in broken_walls(tmp_path)
