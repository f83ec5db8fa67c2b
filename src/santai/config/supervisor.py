"""Child processes that live and die with the terminal that started them.

Each child leads a session of its own, so that all it forked can be stopped with it, and gets SIGTERM from the kernel should the
supervisor be killed. What outlives even that is found again by the record in ``run/children.json``: a process id counts only together
with the instant the process began, because ids are reused.
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
GRACE = 20.0  # seconds a child has to end in order


def began(pid: int) -> str:
    """When the process began, in the machine's own ticks; empty when there is no such process (or only its remains)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def _end_with_parent() -> None:
    with contextlib.suppress(OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A process that is started again when it falls."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    falls: list[float] = field(default_factory=list)
    not_before: float = 0.0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > 20_000_000:
            self.log.replace(self.log.with_suffix(".1.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def mend(self, at: float) -> bool:
        """Start it again if it fell, later and later when it keeps falling; True when it fell just now."""
        if self.runs:
            return False
        if self.process is not None:
            kill_group(self.process.pid, signal.SIGKILL)  # workers of a killed server still hold its port
            self.process = None
            self.falls = [fall for fall in self.falls if at - fall < 120] + [at]
            self.not_before = at + min(30.0, 0.2 * 2 ** (len(self.falls) - 1))
            return True
        if at >= self.not_before:
            self.start()
        return False

    def last_words(self, lines: int = 15) -> str:
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 8000))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])


def kill_group(pid: int, signum: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signum)


def stop_all(children: list[Child], grace: float = GRACE) -> None:
    """End every child in order; what does not end within ``grace`` seconds is killed."""
    for child in children:
        if child.process is not None:
            with contextlib.suppress(ProcessLookupError):
                child.process.terminate()
    until = time.monotonic() + grace
    for child in children:
        if child.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(timeout=max(0.1, until - time.monotonic()))
            kill_group(child.process.pid, signal.SIGKILL)
            child.process.wait()
            child.process = None


def record_of(children: list[Child]) -> list[dict[str, object]]:
    return [{"name": c.name, "pid": c.process.pid, "began": began(c.process.pid)} for c in children if c.process is not None]


def stop_leftovers(recorded: object) -> list[str]:
    """End processes of an earlier supervisor that was killed; the names of those that were still there."""
    ended = []
    entries = [entry for entry in recorded if isinstance(entry, dict)] if isinstance(recorded, list) else []
    for signum, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 2.0)):
        alive = [entry for entry in entries if entry.get("began") and began(int(entry["pid"])) == entry["began"]]
        for entry in alive:
            if entry["name"] not in ended:
                ended.append(str(entry["name"]))
            kill_group(int(entry["pid"]), signum)
        until = time.monotonic() + patience
        while time.monotonic() < until and any(began(int(entry["pid"])) == entry["began"] for entry in alive):
            time.sleep(0.05)
    return ended


@contextlib.contextmanager
def only_one(path: Path, busy: Callable[[], Exception]):  # type: ignore[no-untyped-def]
    """Hold the lock of an installation; ``busy()`` is raised when another start holds it. The kernel frees it whatever happens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        _lock(lock, busy)
        yield


def _lock(lock: IO[str], busy: Callable[[], Exception]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as held:
        raise busy() from held


# -- ports ---------------------------------------------------------------------------------------------------------------------


def port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def next_free_port(host: str, port: int) -> int:
    """The first free port after ``port``; OSError when a hundred are taken."""
    for other in range(port + 1, port + 101):
        if port_is_free(host, other):
            return other
    raise OSError(f"no free port from {port} to {port + 100}")


def holder_of(port: int) -> str:
    """Which process listens on ``port``, as far as this user may see; empty otherwise."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(table).read_text().splitlines()[1:]:
                parts = line.split()
                if parts[3] == "0A" and int(parts[1].rsplit(":", 1)[1], 16) == port:
                    inodes.add(f"socket:[{parts[9]}]")
    for folder in Path("/proc").glob("[0-9]*") if inodes else ():
        with contextlib.suppress(OSError):
            for handle in (folder / "fd").iterdir():
                if str(handle.readlink()) in inodes:
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                    return f"{folder.name} ({command[:80]})"
    return ""
