"""What the worker does for supervision."""

from datetime import datetime

from santai.kernel.jobs.service import sweep
from santai.oversight.supervision import service


@sweep("oversight.supervision.tick", every=5)
def tick(now: datetime) -> int:
    """Cards whose moment has come."""
    return service.tick(at=now)


@sweep("oversight.supervision.figures", every=2)
def figures(now: datetime) -> int:
    """Tallies into figures."""
    return service.fold_tallies()
