"""A real city for tests: embedded PostgreSQL with fsync on, granian and worker as processes that may be killed. Started with santai's own
installation and supervisor; databases are copied from one that was prepared once, so that a run begins within seconds."""

import contextlib
import http.client
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from santai.config import supervisor
from santai.config.cli.processes import web_command
from santai.config.installation import ROOT, Family, Installation
from santai.config.supervisor import Child

PACKS = "resident-basics"
READY = 120.0


class Unanswered(Exception):
    """The request got no answer, or one that says to come again: nobody knows yet whether it took effect."""


@dataclass
class RunningCity:
    """Families (one, or three zones) with a web and a worker child each. ``children`` are named ``web`` / ``front-web`` and so on."""

    installation: Installation
    families: list[Family]
    fresh: dict[str, str]  # zone → database name of this run
    extra: dict[str, str] = field(default_factory=dict)  # environment of all children
    children: dict[str, Child] = field(default_factory=dict)
    workers: int = 2

    def url(self, zone: str = "", *, role: str = "santai_owner") -> str:
        family = self.family(zone)
        return self.installation.server.url(self.fresh[family.zone], role)

    def family(self, zone: str = "") -> Family:
        return next(family for family in self.families if zone in ("", family.zone))

    def environment(self, family: Family) -> dict[str, str]:
        common = self.installation.environment(family, families=self.families, address=f"http://127.0.0.1:{family.port}", hosts="127.0.0.1")
        python_path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        return common | {"DATABASE_URL": self.url(family.zone, role="santai_app"), "PYTHONPATH": python_path} | self.extra

    def name(self, family: Family, kind: str) -> str:
        return kind if family.zone == "all" else f"{family.zone}-{kind}"

    def start(self, *, worker: bool = True) -> None:
        for family in self.families:
            family.home.mkdir(parents=True, exist_ok=True)
            log = self.installation.log_dir
            web = web_command(host="127.0.0.1", port=family.port, workers=self.workers)
            web[-1:-1] = ["--respawn-interval", "0.2"]
            commands = {"web": web} | ({"worker": [sys.executable, "-m", "santai.config.cli", "worker"]} if worker else {})
            for kind, command in commands.items():
                name = self.name(family, kind)
                self.children[name] = Child(name, command, self.environment(family), log / f"{name}.log")
        for child in self.children.values():
            child.start()
        self.wait_until_ready()

    def wait_until_ready(self, zone: str = "") -> None:
        until = time.monotonic() + READY
        for family in [self.family(zone)] if zone else self.families:
            while not self.healthy(family):
                if time.monotonic() > until:
                    raise AssertionError(f"{family.zone} does not answer:\n{self.children[self.name(family, 'web')].last_words(40)}")
                time.sleep(0.1)

    def healthy(self, family: Family) -> bool:
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            urllib.request.urlopen(f"http://127.0.0.1:{family.port}/healthz", timeout=3) as answer,
        ):
            return bool(answer.status == 200)
        return False

    def stop(self) -> None:
        supervisor.stop_all(list(self.children.values()), grace=5.0)

    def stop_zone(self, zone: str) -> None:
        supervisor.stop_all([self.children[f"{zone}-{kind}"] for kind in ("web", "worker")], grace=5.0)

    def start_zone(self, zone: str) -> None:
        for kind in ("web", "worker"):
            self.children[f"{zone}-{kind}"].start()
        self.wait_until_ready(zone)

    # -- asking ----------------------------------------------------------------------------------------------------------------

    def act(self, name: str, *, zone: str = "", timeout: float = 30.0, **arguments: Any) -> dict[str, Any]:
        """One act of ``tests.support.acts`` over HTTP; Unanswered when nobody knows whether it happened; AssertionError for a refusal."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.family(zone).port}/test/acts/{name}/",
            data=json.dumps(arguments).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return dict(json.loads(answer.read()))
        except urllib.error.HTTPError as refused:
            if refused.code >= 500:
                raise Unanswered(str(refused.code)) from refused
            raise AssertionError(f"{name}: {refused.code} {refused.read()[:1500].decode(errors='replace')}") from refused
        except (OSError, http.client.HTTPException) as gone:
            raise Unanswered(str(gone)) from gone

    def sign_in(self, login: str, *, password: str = "santai-demo", zone: str = "") -> "Visitor":
        """Somebody signed in through the page, with cookies and a connection of their own."""
        visitor = Visitor(self.family(zone).port, f"santai_{self.family(zone).zone}", f"santai_csrf_{self.family(zone).zone}")
        visitor.ask("GET", "/kernel/identity/sign-in/")
        form = urllib.parse.urlencode({"login": login, "password": password, "csrfmiddlewaretoken": visitor.token})
        status, body = visitor.ask(
            "POST", "/kernel/identity/sign-in/", form.encode(), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert status == 302, (status, body[:500].decode(errors="replace"))
        return visitor

    @contextlib.contextmanager
    def database(self, zone: str = "") -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self.url(zone), autocommit=True) as db:
            yield db

    # -- killing ---------------------------------------------------------------------------------------------------------------

    def processes_below(self, name: str) -> list[int]:
        """The processes a child started, by id: granian's workers."""
        child = self.children[name].process
        if child is None:
            return []
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, IndexError):
                fields = stat.read_text().rsplit(")", 1)[1].split()
                if int(fields[1]) == child.pid and fields[0] != "Z" and b"granian" in (stat.parent / "cmdline").read_bytes():
                    found.append(int(stat.parent.name))
        return found

    def restart(self, name: str) -> None:
        """Kill -9 what is left of a child and start it again at once."""
        child = self.children[name]
        if child.process is not None:
            supervisor.kill_group(child.process.pid, signal.SIGKILL)
            child.process.wait()
        child.start()


def serves(pid: int) -> bool:
    """Has a web worker come up, and is it older than the 5.5 s within which its death makes granian give up altogether?"""
    with contextlib.suppress(OSError, IndexError):
        ticks = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19])
        age = float(Path("/proc/uptime").read_text().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")
        return age > 6 and len(list(Path(f"/proc/{pid}/task").iterdir())) > 1  # it starts with one thread, and serves with several
    return False


class Visitor:
    """A keep-alive connection with cookies: what a browser or a program of a firm sends. One thread each."""

    def __init__(self, port: int, *cookies: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.csrf_cookie = cookies[-1]
        self.connection: http.client.HTTPConnection | None = None

    @property
    def token(self) -> str:
        return self.cookies.get(self.csrf_cookie, "")

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None, *, timeout: float = 15
    ) -> tuple[int, bytes]:
        """Status and body; Unanswered when the line broke or the server could not say (5xx)."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "X-CSRFToken": self.token} | (headers or {})
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
            self.connection.request(method, path, body or None, sent)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as gone:
            if self.connection is not None:
                self.connection.close()
            self.connection = None
            raise Unanswered(repr(gone)) from gone
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 500:
            raise Unanswered(f"{answer.status} {content[:200]!r}")
        return answer.status, content

    def file(self, key: str, *, item: str, content: dict[str, Any]) -> str:
        """File an application through the hall's interface; the case number. The same key is the same case."""
        body = json.dumps({"item_code": item, "content": content}).encode()
        status, answer = self.ask(
            "POST", "/front/hall/api/applications/", body, {"Content-Type": "application/json", "Idempotency-Key": key}
        )
        assert status in (200, 201), (status, answer[:800].decode(errors="replace"))
        return str(json.loads(answer)["case_no"])


def prepared(home: Path, *, zones: bool = False, packs: str = PACKS) -> tuple[Installation, list[Family]]:
    """An installation whose databases are migrated and hold the packs; only what changed since the last time is done again."""
    kept = {"SANTAI_PACKS_INSTALL": packs, "DJANGO_SETTINGS_MODULE": "tests.support.site"}
    installation = Installation(home=home, given=kept, demo=True)
    server = installation.server
    server.start(fsync=True)
    port = supervisor.next_free_port("127.0.0.1", 21000 + os.getpid() % 2000)
    families = installation.families(zones=zones, port=port)
    hosts = {"address": f"http://127.0.0.1:{port}", "hosts": "127.0.0.1"}
    for family in families:
        family.home.mkdir(parents=True, exist_ok=True)
        server.ensure_database(family.database)
        environment = installation.environment(family, families=families, owner=True, **hosts)
        environment["SANTAI_DEMO_HISTORY"] = "0"  # laws and figures are about the cases of the test alone
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        environment.pop("SANTAI_TEST_DATABASE_URL", None)
        command = [
            sys.executable,
            "-m",
            "santai.config.cli",
            "prepare",
            "--packs",
            packs,
            "--personas",
            str(family.home / "run/personas.json"),
        ]
        command += ["--app-url", server.url(family.database, "santai_app")]
        try:
            _run(command, environment)
        except AssertionError:  # prepared before a migration or a published version was rewritten: from the beginning
            _drop(installation, family.database)
            server.ensure_database(family.database)
            _run(command, environment)
    return installation, families


def _run(command: list[str], environment: dict[str, str]) -> None:
    import subprocess

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout}\n{done.stderr[-3000:]}")


@contextlib.contextmanager
def running_city(
    home: Path, *, zones: bool = False, packs: str = PACKS, environment: dict[str, str] | None = None, worker: bool = True, workers: int = 2
) -> Iterator[RunningCity]:
    """A started city on databases of its own; everything is stopped and removed afterwards, the prepared databases are kept."""
    installation, families = prepared(home, zones=zones, packs=packs)
    server = installation.server
    try:
        fresh = {family.zone: _copy(installation, family) for family in families}
        city = RunningCity(installation, families, fresh, environment or {}, workers=workers)
        try:
            city.start(worker=worker)
            yield city
        finally:
            city.stop()
            for name in fresh.values():
                _drop(installation, name)
    finally:
        server.stop()


@dataclass
class Django:
    """This process inside a city's database, as its web process would be: for benchmarks that call the doors themselves."""

    url: str

    def close(self) -> None:
        from django.db import connections

        connections.close_all()


@contextlib.contextmanager
def django_in(home: Path, *, packs: str = PACKS) -> Iterator[Django]:
    """Set Django up in this process on a fresh copy of a prepared database. Once a process."""
    installation, families = prepared(home, packs=packs)
    name = _copy(installation, families[0])
    environment = installation.environment(families[0], families=families, address="http://127.0.0.1", hosts="127.0.0.1,testserver")
    os.environ.update(environment | {"DATABASE_URL": installation.server.url(name, "santai_app")})
    import django

    django.setup()
    city = Django(installation.server.url(name))
    try:
        yield city
    finally:
        city.close()
        _drop(installation, name)
        installation.server.stop()


def _copy(installation: Installation, family: Family) -> str:
    name = f"{family.database}_run"
    _drop(installation, name)
    with psycopg.connect(installation.server.url("postgres"), autocommit=True) as db:
        db.execute(
            sql.SQL("create database {} template {} owner santai_owner").format(sql.Identifier(name), sql.Identifier(family.database))
        )
        db.execute(sql.SQL("grant connect on database {} to santai_app").format(sql.Identifier(name)))
    return name


def _drop(installation: Installation, name: str) -> None:
    with psycopg.connect(installation.server.url("postgres"), autocommit=True) as db:
        db.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
