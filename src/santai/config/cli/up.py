"""``santai up`` and ``santai down``: the whole platform on one machine, started, watched and stopped as one thing."""

import argparse
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import unicodedata
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from santai.config import database, supervisor
from santai.config.cli.processes import web_command
from santai.config.installation import ROOT, CannotStart, Family, Installation, default_port
from santai.config.postgres import PostgresTrouble
from santai.config.supervisor import Child

READY_WITHIN = 90.0  # seconds for the web processes to answer


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    up = subparsers.add_parser("up", help="启动平台，Ctrl-C 停止 · start everything, Ctrl-C stops it")
    up.add_argument("--port", type=int, default=0, help="网页端口，默认 8000，被占用时顺延 · default 8000, or the next free one")
    up.add_argument("--host", default="", help="监听地址，默认只在本机 · default: this machine only")
    up.add_argument("--lan", action="store_true", help="同一网络的手机也能打开（扫码演示） · let phones in the same network in")
    up.add_argument("--zones", action="store_true", help="前台、中台、后台各一组进程和数据库 · three zones on three databases")
    up.add_argument("--workers", type=int, default=2, help="每个区的网页进程数 · web processes per zone")
    up.add_argument("--prepare-only", action="store_true", help="只准备数据库、应用包和静态文件 · prepare and leave")
    up.set_defaults(run=run_up)
    down = subparsers.add_parser("down", help="停止由 santai up 启动的一切 · stop what `santai up` started")
    down.set_defaults(run=run_down)


@dataclass
class Progress:
    began: float = field(default_factory=time.monotonic)

    def say(self, chinese: str, english: str) -> None:
        print(f"[{time.monotonic() - self.began:6.1f}s] {chinese} · {english}", flush=True)


def run_up(chosen: argparse.Namespace) -> int:
    installation: Installation = chosen.installation

    def busy() -> CannotStart:
        last = installation.recall("up")
        return CannotStart(
            f"平台已在运行：{last.get('address', '')}（进程 {last.get('pid', '?')}）。用 santai down 停止。\n"
            f"Already running at {last.get('address', '')}, process {last.get('pid', '?')}; stop it with `santai down`."
        )

    with supervisor.only_one(installation.run_dir / "up.lock", busy):
        return _Platform(installation, chosen).run()


class _Platform:
    def __init__(self, installation: Installation, chosen: argparse.Namespace) -> None:
        self.installation = installation
        self.chosen = chosen
        self.progress = Progress()
        self.children: list[Child] = []
        self.stop = threading.Event()
        self.signals = 0

    def run(self) -> int:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._on_signal)
        self._clear_leftovers()
        try:
            self._choose_addresses()
            self._start_database()
            self._prepare()
            if self.chosen.prepare_only or self.stop.is_set():
                return 0
            self._start_children()
            if not self._wait_until_ready():
                return 0 if self.stop.is_set() else 1
            self._welcome()
            self._watch()
            return 0
        finally:
            self._stop_everything()

    def _on_signal(self, signum: int, frame: object) -> None:
        self.signals += 1
        self.stop.set()
        if self.signals > 2:  # the person at the terminal has waited long enough
            for child in self.children:
                if child.process is not None:
                    supervisor.kill_group(child.process.pid, signal.SIGKILL)

    # -- before anything runs --------------------------------------------------------------------------------------------------

    def _clear_leftovers(self) -> None:
        ended = supervisor.stop_leftovers(self.installation.recall("children").get("children"))
        if ended:
            self.progress.say(f"清理上次意外中断留下的进程：{'、'.join(ended)}", "ended processes a killed start had left")
        self.installation.remember("children", {"children": []})

    def _choose_addresses(self) -> None:
        installation, chosen = self.installation, self.chosen
        given = installation.given.get("SANTAI_ADDRESS", "")
        self.host = chosen.host or ("0.0.0.0" if chosen.lan else "127.0.0.1")  # noqa: S104
        wanted = chosen.port or default_port(given)
        self.families = installation.families(zones=chosen.zones, port=wanted)
        taken = [family.port for family in self.families if not supervisor.port_is_free(self.host, family.port)]
        if taken and not chosen.prepare_only:  # which listens nowhere
            other = supervisor.next_free_port(self.host, taken[0])
            by = supervisor.holder_of(taken[0])
            chinese, english = (
                f"端口 {taken[0]} 已被占用{'：进程 ' + by if by else ''}",
                f"port {taken[0]} is in use{' by ' + by if by else ''}",
            )
            if chosen.port or chosen.zones or not installation.demo:
                raise CannotStart(f"{chinese}。可改用 --port {other} · {english}; try --port {other}.")
            self.progress.say(f"{chinese}，改用 {other}", f"{english}, using {other} instead")
            wanted = other
            self.families = installation.families(zones=False, port=wanted)
        visible = _address_in_network() if chosen.lan else (self.host if self.host not in ("0.0.0.0", "") else "127.0.0.1")  # noqa: S104
        local = f"http://{visible}:{wanted}"
        behind_proxy = given and urlsplit(given).hostname not in ("127.0.0.1", "localhost")
        self.address = given if behind_proxy else local
        self.hosts = installation.given.get("SANTAI_HOSTS", ",".join(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", visible])))
        installation.remember(
            "up",
            {"pid": os.getpid(), "began": supervisor.began(os.getpid()), "address": self.address, "port": wanted, "zones": chosen.zones},
        )

    def _start_database(self) -> None:
        installation = self.installation
        if installation.external_database:
            try:
                with psycopg.connect(installation.external_database, connect_timeout=5) as db:
                    version = db.info.server_version
            except psycopg.OperationalError as trouble:
                raise CannotStart(f"DATABASE_URL 指向的数据库不应答 · the database of DATABASE_URL does not answer: {trouble}") from trouble
            if version < 150000:
                raise CannotStart(f"需要 PostgreSQL 15 或更高版本，现为 {version // 10000} · PostgreSQL 15 or newer is needed.")
            self.progress.say(f"使用外部数据库 PostgreSQL {version // 10000}", "using the database of DATABASE_URL")
            return
        server = installation.server
        survived = (server.data / "PG_VERSION").exists() and server.answers()
        server.start()
        for family in self.families:
            server.ensure_database(family.database)
        self.progress.say(
            "接管仍在运行的数据库" if survived else "数据库已启动", "adopted the running database" if survived else "database is up"
        )

    def _environment(self, family: Family, *, owner: bool = False) -> dict[str, str]:
        return self.installation.environment(family, families=self.families, address=self.address, hosts=self.hosts, owner=owner)

    def _prepare(self) -> None:
        for family in self.families:
            if self.stop.is_set():
                return
            family.home.mkdir(parents=True, exist_ok=True)
            zone = "" if family.zone == "all" else f"（{family.zone}）"
            self._prepare_database(family, zone)
            self._collect_static(family, zone)

    def _prepare_database(self, family: Family, zone: str) -> None:
        owner_url = self.installation.database_url(family, owner=True)
        packs = [name for name in self.installation.packs if (self.installation.packs_dir / name / "pack.yaml").exists()]
        stamps = database.read_stamps(owner_url)
        current = stamps.get("schema") == database.schema_inputs(family.zone) and (
            not packs or stamps.get("packs") == database.pack_inputs(self.installation.packs_dir, packs)
        )
        personas = self._personas_file(family)
        if current and personas.exists():
            return
        command = [sys.executable, "-m", "santai.config.cli", "prepare", "--packs", ",".join(packs), "--personas", str(personas)]
        # by the environment: a command line can be read by every user of the machine
        environment = self._environment(family, owner=True) | {"SANTAI_APP_URL": self.installation.database_url(family, owner=False)}
        self._run_step(command, environment, zone)

    def _collect_static(self, family: Family, zone: str) -> None:
        assets = Path(self.installation.given.get("SANTAI_ASSETS", ROOT / "var/assets"))
        wanted = database.static_inputs(assets)
        stamp = family.home / "static" / ".santai-collected"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self.progress.say(f"收集静态文件{zone}", "collecting static files")
        self._run_step(
            [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v", "0"], self._environment(family), zone
        )
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted)

    def _run_step(self, command: list[str], environment: dict[str, str], zone: str) -> None:
        """Run a step whose lines on standard output are progress; CannotStart with its last words when it fails."""
        errors = self.installation.log_dir / "prepare.log"
        errors.parent.mkdir(parents=True, exist_ok=True)
        with errors.open("wb+") as log:
            process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True)
            assert process.stdout is not None
            for line in process.stdout:
                chinese, _, english = line.strip().partition(" · ")
                self.progress.say(f"{chinese}{zone}", english)
            if process.wait():
                words = "\n".join(errors.read_text(errors="replace").splitlines()[-25:])
                if self.stop.is_set():
                    return
                raise CannotStart(f"准备失败 · preparing failed{zone}（{errors}）:\n{words}")

    # -- running ---------------------------------------------------------------------------------------------------------------

    def _start_children(self) -> None:
        for family in self.families:
            environment = self._environment(family)
            prefix = "" if family.zone == "all" else f"{family.zone}-"
            web = web_command(host=self.host, port=family.port, workers=self.chosen.workers)
            worker = [sys.executable, "-m", "santai.config.cli", "worker"]
            for name, command in (("web", web), ("worker", worker)):
                self.children.append(Child(f"{prefix}{name}", command, environment, self.installation.log_dir / f"{prefix}{name}.log"))
        for child in self.children:
            child.start()
        self._record()
        self.progress.say("网页服务和后台进程已启动，等待应答", "web and worker are starting")

    def _record(self) -> None:
        self.installation.remember("children", {"children": supervisor.record_of(self.children)})

    def _wait_until_ready(self) -> bool:
        until = time.monotonic() + READY_WITHIN
        waiting = list(self.families)
        while waiting and not self.stop.is_set():
            waiting = [family for family in waiting if not self._healthy(family)]
            for child in self.children:
                if child.mend(time.monotonic()) and len(child.falls) >= 3:
                    raise CannotStart(f"{child.name} 三次启动失败 · fell three times（{child.log}）:\n{child.last_words()}")
            if time.monotonic() > until:
                slow = next(child for child in self.children if child.name.endswith("web"))
                raise CannotStart(f"网页服务在 {READY_WITHIN:.0f} 秒内没有应答 · no answer（{slow.log}）:\n{slow.last_words()}")
            self.stop.wait(0.1)
        self._record()
        return not waiting

    def _healthy(self, family: Family) -> bool:
        request = urllib.request.Request(f"http://127.0.0.1:{family.port}/healthz", headers={"Host": f"127.0.0.1:{family.port}"})
        if self.host not in ("127.0.0.1", "0.0.0.0"):  # noqa: S104
            request = urllib.request.Request(f"http://{self.host}:{family.port}/healthz")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _personas_file(self, family: Family) -> Path:
        return family.home / "run" / "personas.json"

    def _welcome(self) -> None:
        self.progress.say("就绪", "ready")
        print(f"\n    {self.address}\n")
        if len(self.families) > 1:
            for family in self.families:
                print(f"    {family.zone:<9} http://127.0.0.1:{family.port}")
            print()
        if self.installation.demo:
            front = next((family for family in self.families if family.zone in ("all", "back")), self.families[0])
            try:
                rows = json.loads(self._personas_file(front).read_text())
            except (OSError, ValueError):
                rows = []
            print_table(rows, password=_demo_password(self.installation))
        print("    Ctrl-C 停止 · stops everything\n", flush=True)

    def _watch(self) -> None:
        embedded = not self.installation.external_database
        looked = time.monotonic()
        while not self.stop.wait(0.25):
            now = time.monotonic()
            for child in self.children:
                was = child.process
                if child.mend(now):
                    self.progress.say(f"{child.name} 意外结束，正在重新启动", f"{child.name} fell and is started again ({child.log})")
                if child.process is not was:
                    self._record()
            if embedded and now - looked > 3:
                looked = now
                server = self.installation.server
                if not server.answers() and not self.stop.is_set():
                    self.progress.say("数据库没有应答，正在重新启动", "the database does not answer and is started again")
                    try:
                        server.start()
                    except PostgresTrouble as trouble:  # tried again in three seconds: the platform does not end with its database
                        self.progress.say("数据库还没有起来", str(trouble))

    def _stop_everything(self) -> None:
        if self.children:
            print()
            self.progress.say("正在停止", "stopping")
        supervisor.stop_all(self.children)
        if not self.installation.external_database and (self.installation.server.data / "PG_VERSION").exists():
            self.installation.server.stop()
        self._record()
        self.progress.say("已停止", "stopped")


def run_down(chosen: argparse.Namespace) -> int:
    installation: Installation = chosen.installation
    last = installation.recall("up")
    pid = last.get("pid")
    stopped = []
    if isinstance(pid, int) and last.get("began") and supervisor.began(pid) == last["began"]:
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + supervisor.GRACE + 15
        while supervisor.began(pid) == last["began"] and time.monotonic() < until:
            time.sleep(0.1)
        stopped.append("santai up")
    stopped += supervisor.stop_leftovers(installation.recall("children").get("children"))
    if not installation.external_database and (installation.server.data / "postmaster.pid").exists():
        installation.server.stop()
        stopped.append("PostgreSQL")
    print(f"已停止 · stopped: {', '.join(stopped)}" if stopped else "没有正在运行的进程 · nothing was running")
    return 0


# -- what the terminal shows ---------------------------------------------------------------------------------------------------

COLUMNS = (("group", "类别 group"), ("role", "角色 role"), ("name", "姓名 name"), ("login", "登录名 login"), ("hint", "可以试试 to try"))


def print_table(rows: list[dict[str, object]], *, password: str) -> None:
    """Demonstration sign-ins by role; Chinese characters count two cells."""
    if not rows:
        return
    table = [[heading for _, heading in COLUMNS]]
    for row in rows:
        table.append([str(row.get(name) or "") for name, _ in COLUMNS])
    used = [index for index in range(len(COLUMNS)) if any(line[index] for line in table[1:])]
    widths = {index: max(_cells(line[index]) for line in table) for index in used}
    print(f"    示范账号 · demonstration sign-ins{f'，口令一律为 · password of all: {password}' if password else ''}")
    for line in table:
        print("    " + "  ".join(line[index] + " " * (widths[index] - _cells(line[index])) for index in used).rstrip())
    print()


def _demo_password(installation: Installation) -> str:
    """The one password of all sample accounts, as the demonstration packs state it."""
    for name in installation.packs:
        with contextlib.suppress(OSError):
            if found := re.search(r"^password:\s*(\S+)", (installation.packs_dir / name / "personas.yaml").read_text(), re.M):
                return found.group(1)
    return ""


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _address_in_network() -> str:
    """This machine's address as its neighbours see it; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
