"""An installation of its own below a temporary folder, driven through the real ``santai`` command, and a visitor without a browser."""

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from santai.config import supervisor
from santai.config.installation import ROOT, Installation, environment_without_installation
from santai.config.postgres import Server, server_at

READY = 240.0
NOBODY = "nobody"  # an ordinary user that every machine has


class City:
    """The demonstration city of a folder (``home`` is its ``var``), or with ``city`` one that ``santai init`` makes there."""

    def __init__(self, home: Path, *, city: Path | None = None, user: str = "", **settings: str) -> None:
        self.home, self.city, self.user = home, city, user
        self.port = supervisor.next_free_port("127.0.0.1", 18000)
        self.environment = environment_without_installation() | {"PYTHONUNBUFFERED": "1"} | settings
        if city is None:
            self.environment |= {"SANTAI_VAR": str(home), "SANTAI_PACKS_INSTALL": "demo-city"}
        self.process: subprocess.Popen[str] | None = None
        self.python = sys.executable
        if user and not self._may_run(self.python):  # root's own Python lies in root's own folder: the machine's with our packages
            self.python = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
            self.environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), sysconfig.get_paths()["purelib"]])

    def _may_run(self, python: str) -> bool:
        try:
            return subprocess.run([python, "-c", ""], check=False, **self._as).returncode == 0
        except OSError:
            return False

    def command(self, *arguments: str) -> list[str]:
        named = ["--city", str(self.city)] if self.city is not None and arguments[0] != "init" else []
        return [self.python, "-m", "santai.config.cli", *named, *arguments]

    @property
    def _as(self) -> dict[str, Any]:
        return {"user": self.user, "group": "nogroup", "extra_groups": []} if self.user else {}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env=self.environment | more, capture_output=True, text=True, check=False, timeout=READY, **self._as
        )

    def up(self, *arguments: str) -> tuple[float, str]:
        """Start and wait for the ready line; the seconds it claims and all it said until the address."""
        command = self.command("up", "--port", str(self.port), *arguments)
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True, **self._as
        )
        said, seconds = "", None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said += line
            if found := re.match(r"\[\s*([\d.]+)s\] 就绪", line):
                seconds = float(found.group(1))
            if seconds is not None and "Ctrl-C" in line:  # the last line of the welcome
                return seconds, said
        raise AssertionError(said)

    def end(self, signum: int) -> int:
        assert self.process is not None
        self.process.send_signal(signum)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def remove(self) -> None:
        """Stop whatever still runs; started by root, the data lie outside the temporary folder."""
        if self.process is not None and self.process.poll() is None:
            self.end(signal.SIGTERM)
        self.run("down")
        server = self.server  # asked once: for root, asking makes the folder
        if server.home != self.home / "postgres":
            shutil.rmtree(server.home, ignore_errors=True)
        shutil.rmtree(server.socket_dir, ignore_errors=True)  # elsewhere when the folder is deep

    def ask(self, path: str, port: int = 0, **headers: str) -> int:
        request = urllib.request.Request(f"http://127.0.0.1:{port or self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    @property
    def children(self) -> list[dict[str, object]]:
        found = Installation(home=self.home).recall("children")["children"]
        assert isinstance(found, list)
        return found

    def gone(self) -> bool:
        return not self.server.answers() and supervisor.port_is_free("127.0.0.1", self.port)

    @property
    def server(self) -> Server:
        if self.user and os.geteuid() == 0:  # the server of an ordinary user, seen by root
            from santai.config.postgres import packaged_binaries

            return Server(home=self.home / "postgres", binaries=packaged_binaries(), user=None)
        return server_at(self.home)


class Visitor:
    """Keeps cookies, follows redirects, sends the form's token: what a browser does with plain forms."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.at = ""

    def get(self, path: str) -> str:
        return self._open(urllib.request.Request(self.base + path))

    def post(self, path: str, **fields: str) -> str:
        if not any("csrf" in cookie.name for cookie in self.jar):
            self.get("/kernel/identity/sign-in/")
        token = next(cookie.value or "" for cookie in self.jar if "csrf" in cookie.name)
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        return self._open(urllib.request.Request(self.base + path, data=body))

    def _open(self, request: urllib.request.Request) -> str:
        try:
            with self._opener.open(request, timeout=30) as answer:
                self.at = urllib.parse.urlsplit(answer.url).path
                return str(answer.read().decode())
        except urllib.error.HTTPError as refused:
            self.at = str(refused.code)
            return str(refused.read().decode())
