"""Wake a sweep now instead of at its next look."""

from django.db import connection, transaction

from santai.kernel.jobs.adapters import notify

EVERYTHING = "*"


class _Notice:
    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self) -> None:
        notify(self.name)


def wake(name: str = EVERYTHING) -> None:
    """Workers run sweep ``name`` (``"*"``: all) right after the current transaction commits; nothing happens if it rolls back.

    The notice follows the commit in a statement of its own: NOTIFY inside a transaction would make all such commits queue behind one
    lock. A notice lost to a crash costs one interval, never work.
    """
    if not connection.in_atomic_block:
        notify(name)
        return
    open_savepoints = set(connection.savepoint_ids)
    for sids, hook, *_ in connection.run_on_commit:
        if isinstance(hook, _Notice) and hook.name == name and sids <= open_savepoints:
            return
    transaction.on_commit(_Notice(name), robust=True)
