"""The door of jobs: sweeps that derive what is due, wake-ups, the worker, month partitions.

There is no table of jobs. A room registers a sweep; the sweep looks into the room's own tables for what is due, so emptying anything
here loses nothing (house.md rule 9).
"""

from santai.kernel.jobs.actions.drain import drain
from santai.kernel.jobs.actions.each import for_each
from santai.kernel.jobs.actions.ensure_partitions import ensure_partitions
from santai.kernel.jobs.actions.register import Sweep, monthly_tables, register_monthly, sweep, sweeps, tell_time
from santai.kernel.jobs.actions.wake import wake
from santai.kernel.jobs.actions.work import run_worker
from santai.kernel.jobs.adapters import forget_kept, kept_briefly
from santai.kernel.jobs.queries import workers

__all__ = [
    "Sweep",
    "drain",
    "ensure_partitions",
    "for_each",
    "forget_kept",
    "kept_briefly",
    "monthly_tables",
    "register_monthly",
    "run_worker",
    "sweep",
    "sweeps",
    "tell_time",
    "wake",
    "workers",
]
