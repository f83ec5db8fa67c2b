"""The demonstration city in a test database: installed once for the run, then every test rolls back to it."""

from pathlib import Path

from santai.kernel.clocks.service import now
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import system_actor
from santai.kernel.packs.service import install_packs

PACKS = Path(__file__).resolve().parents[2] / "packs"


def install(*names: str) -> None:
    """Install packs (and what they require) and deliver what they publish."""
    install_packs(PACKS, actor=system_actor("tests"), at=now(), only=names)
    drain()
