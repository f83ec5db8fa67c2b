"""One installation on one machine: its folder, its secrets, its zones, and the environment each of its processes runs in.

The demonstration city lives in ``var/`` of the checkout. A production city lives in a folder made by ``santai init`` whose
``santai.env`` holds its settings; ``--city FOLDER`` or ``SANTAI_CITY`` names it. No Django here: this runs before settings exist.
"""

import json
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from santai.config.postgres import Server, server_at

ROOT = Path(__file__).resolve().parents[3]
SETTINGS_FILE = "santai.env"
DEMO_PACKS = "demo-city,enterprise-start,resident-basics,resident-services,enterprise-services,trade-zone,power-library,convenience"
THREE_ZONES = ("front", "exchange", "back")


class CannotStart(Exception):
    """Why nothing was started, and what to do; shown to the person at the terminal."""


@dataclass(frozen=True)
class Family:
    """The web and worker processes of one zone."""

    zone: str
    database: str
    home: Path  # SANTAI_VAR of its processes
    port: int


@dataclass(frozen=True)
class Installation:
    home: Path
    given: dict[str, str] = field(default_factory=dict)  # the city's settings file under the process's own environment
    demo: bool = True

    @property
    def run_dir(self) -> Path:
        return self.home / "run"

    @property
    def log_dir(self) -> Path:
        return self.home / "log"

    @property
    def external_database(self) -> str:
        """Address of a PostgreSQL that the city runs itself, or empty for the embedded one."""
        return self.given.get("DATABASE_URL", "")

    @property
    def zone(self) -> str:
        return self.given.get("SANTAI_ZONE", "all")

    @property
    def server(self) -> Server:
        """The embedded server of this installation, running or not."""
        return server_at(self.home)

    @property
    def packs(self) -> list[str]:
        """Packs to keep installed, by folder name."""
        default = DEMO_PACKS if self.demo else ""
        return [name for name in re.split(r"[,\s]+", self.given.get("SANTAI_PACKS_INSTALL", default)) if name]

    @property
    def packs_dir(self) -> Path:
        return Path(self.given.get("SANTAI_PACKS", ROOT / "packs"))

    def families(self, *, zones: bool, port: int) -> list[Family]:
        """The process families to run: one, or three on neighbouring ports with a database each."""
        if not zones:
            return [Family(zone=self.zone, database="santai", home=self.home, port=port)]
        if self.external_database:
            raise CannotStart(
                "--zones 使用内嵌数据库的三个库；已设置 DATABASE_URL 时，请在每个区的机器上分别设置 SANTAI_ZONE 后启动。\n"
                "--zones runs three databases of the embedded server; with DATABASE_URL, start each zone by itself with SANTAI_ZONE."
            )
        return [
            Family(zone=zone, database=f"santai_{zone}", home=self.home / "zones" / zone, port=port + 100 * place)
            for place, zone in enumerate(THREE_ZONES)
        ]

    def secret(self, name: str, variable: str) -> str:
        """A secret of this installation: from its settings, or made once and kept readable by its owner only."""
        if self.given.get(variable):
            return self.given[variable]
        path = self.home / "secrets" / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.parent.chmod(0o700)
            scratch = path.with_suffix(f".{os.getpid()}")
            scratch.touch(mode=0o600)
            scratch.write_text(secrets.token_urlsafe(48))
            scratch.replace(path)
        return path.read_text().strip()

    def database_url(self, family: Family, *, owner: bool) -> str:
        """Where a family's tables are; ``owner`` is for migrations and packs, the other role serves web and worker."""
        if self.external_database:
            return self.given.get("SANTAI_OWNER_URL", self.external_database) if owner else self.external_database
        return self.server.url(family.database, "santai_owner" if owner else "santai_app")

    def environment(self, family: Family, *, families: list[Family], address: str, hosts: str, owner: bool = False) -> dict[str, str]:
        """The complete environment of one process; the owner's address is given only to those that migrate and install."""
        public = f"{address.rsplit(':', 1)[0]}:{family.port}" if len(families) > 1 else address
        verifying = next((f"{address.rsplit(':', 1)[0]}:{other.port}" for other in families if other.zone == "exchange"), public)
        values = {
            "SANTAI_VAR": str(family.home),
            "SANTAI_ZONE": family.zone,
            "SANTAI_DEMO": "1" if self.demo else "0",
            "SANTAI_SECRET_KEY": self.secret(f"secret-key-{family.zone}", "SANTAI_SECRET_KEY"),
            "SANTAI_LINK_KEY": self.secret("link-key", "SANTAI_LINK_KEY"),
            "SANTAI_ADDRESS": public,
            "SANTAI_VERIFY_ADDRESS": self.given.get("SANTAI_VERIFY_ADDRESS", verifying),
            "SANTAI_HOSTS": hosts,
            "SANTAI_LINKS": self.given.get("SANTAI_LINKS", links(family, families)),
            "SANTAI_PACKS": str(self.packs_dir),
            "DATABASE_URL": self.database_url(family, owner=owner),
            "DJANGO_SETTINGS_MODULE": self.given.get("DJANGO_SETTINGS_MODULE", "santai.config.settings.production"),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])),
            "PYTHONUNBUFFERED": "1",
        }
        inherited = {name: value for name, value in (os.environ | self.given).items() if name not in ("SANTAI_OWNER_URL", "SANTAI_CITY")}
        return inherited | values

    def remember(self, name: str, data: object) -> None:
        self.run_dir.mkdir(parents=True, exist_ok=True)
        scratch = self.run_dir / f"{name}.{os.getpid()}"
        scratch.write_text(json.dumps(data, ensure_ascii=False, indent=1))
        scratch.replace(self.run_dir / f"{name}.json")

    def recall(self, name: str) -> dict[str, object]:
        """What ``remember`` kept; empty when there is nothing, or nothing readable."""
        try:
            found = json.loads((self.run_dir / f"{name}.json").read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def links(family: Family, families: list[Family]) -> str:
    """front ↔ exchange ↔ back: a wing knows the middle only, the middle knows both."""
    neighbours = {"front": ("exchange",), "exchange": ("front", "back"), "back": ("exchange",)}.get(family.zone, ())
    at = {other.zone: other.port for other in families}
    return ",".join(f"{zone}=http://127.0.0.1:{at[zone]}" for zone in neighbours if zone in at)


def read_settings_file(path: Path) -> dict[str, str]:
    """``NAME=value`` lines as systemd's EnvironmentFile reads them: comments, blank lines and surrounding quotes allowed."""
    values = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals or not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            raise CannotStart(f"{path} 第 {number} 行应为 名称=值 · line {number} must read NAME=value")
        values[name] = value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
    return values


def find_installation(city: str = "") -> Installation:
    """The installation that the command line or the environment names; the checkout's demonstration city otherwise."""
    folder = city or os.environ.get("SANTAI_CITY", "")
    if folder:
        home = Path(folder).resolve()
        if not (home / SETTINGS_FILE).is_file():
            raise CannotStart(f"{home} 里没有 {SETTINGS_FILE}；请先执行 santai init {home} · run `santai init {home}` first.")
        given = read_settings_file(home / SETTINGS_FILE)
        own = _own_settings()
        return Installation(home=Path(given.get("SANTAI_VAR", home / "var")), given=given | own, demo=given.get("SANTAI_DEMO") == "1")
    own = _own_settings()
    return Installation(home=Path(own.get("SANTAI_VAR", ROOT / "var")).resolve(), given=own, demo=own.get("SANTAI_DEMO", "1") == "1")


def _own_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if _names_an_installation(name)}


def _names_an_installation(variable: str) -> bool:
    return variable.startswith("SANTAI_") or variable in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def environment_without_installation() -> dict[str, str]:
    """This process's environment without what names an installation: for a command about another city."""
    return {name: value for name, value in os.environ.items() if not _names_an_installation(name)}


def leave_installation() -> None:
    """From here on this process speaks of the city that is named explicitly."""
    for name in [name for name in os.environ if _names_an_installation(name)]:
        del os.environ[name]


def default_port(address: str) -> int:
    """The port on this machine: what the public address says when it is a loopback address, 8000 behind a proxy."""
    parts = urlsplit(address)
    return parts.port if parts.port and parts.hostname in ("127.0.0.1", "localhost") else 8000
