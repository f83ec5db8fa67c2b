"""``santai backup`` and ``santai restore``: databases, files and secrets in one archive with a SHA-256 manifest, read again after writing.

The database is dumped before the files are copied: files are content-addressed and only added, so every file that a row names is there.
"""

import argparse
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql

from santai.config import supervisor
from santai.config.cli.init import write_examples
from santai.config.installation import ROOT, SETTINGS_FILE, CannotStart, Family, Installation, find_installation, leave_installation

MANIFEST = "MANIFEST.json"
KEPT = ("files", "secrets")  # folders below a family's home, and below the installation's


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = subparsers.add_parser("backup", help="备份数据库、文件和密钥到一个校验过的档案 · one verified archive")
    backup.add_argument("--to", type=Path, default=None, metavar="FILE", help="默认 var/backups/<时间>.tar")
    backup.set_defaults(run=run_backup)
    restore = subparsers.add_parser("restore", help="从备份恢复；默认只恢复到空的安装 · only into an empty installation")
    restore.add_argument("archive", type=Path)
    restore.add_argument("--check", action="store_true", help="只校验档案 · only verify the archive")
    restore.add_argument(
        "--force", action="store_true", help="现有数据改名保留后再恢复 · keep present data under another name, then restore"
    )
    restore.add_argument(
        "--into", type=Path, metavar="FOLDER", help="在空文件夹里重建备份中的正式城市（换机器时用） · rebuild the city in an empty folder"
    )
    restore.add_argument("--database-url", default="", help="与 --into 同用：新的外部数据库 · with --into: another database of your own")
    restore.add_argument("--owner-url", default="", help="同一数据库的所有者角色 · the owner's role of that database")
    restore.set_defaults(run=run_restore)


def run_backup(chosen: argparse.Namespace) -> int:
    path = make_backup(chosen.installation, chosen.to)
    print(f"备份完成并已校验 · written and verified: {path}（{path.stat().st_size / 1024**2:.1f} MB）")
    return 0


def make_backup(installation: Installation, target: Path | None = None) -> Path:
    """Write and verify an archive; CannotStart when anything is missing. The archive holds secrets and is readable by its owner only."""
    stamp = datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%Y%m%d-%H%M%S")
    target = (target or installation.home / "backups" / f"santai-{stamp}.tar").resolve()
    if target.exists():
        raise CannotStart(f"{target} 已存在 · exists already")
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{target.name}.part")
    digests: dict[str, str] = {}
    try:
        with running_database(installation), tempfile.TemporaryDirectory(dir=target.parent) as temporary:
            families = known_families(installation)
            with (
                os.fdopen(os.open(scratch, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as raw,
                tarfile.open(fileobj=raw, mode="w") as archive,
            ):
                for family in families:
                    dump = Path(temporary) / f"{family.zone}.dump"
                    _dump(installation, family, dump)
                    _add(archive, dump, f"databases/{family.zone}.dump", digests)
                for place, folder in _folders(installation, families):
                    for file in sorted(folder.rglob("*")):
                        if file.is_file():
                            _add(archive, file, f"{place}/{file.relative_to(folder).as_posix()}", digests)
                settings = installation.home.parent / SETTINGS_FILE
                if settings.is_file() and not installation.demo:
                    _add(archive, settings, SETTINGS_FILE, digests)
                manifest = {
                    "made_at": stamp,
                    "home": str(installation.home.parent),
                    "zones": [family.zone for family in families],
                    "sha256": digests,
                }
                content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size, entry.mode = len(content), 0o600
                archive.addfile(entry, io.BytesIO(content))
                archive.close()
                raw.flush()
                os.fsync(raw.fileno())
            verify(scratch, installation)
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    return target


def verify(archive_path: Path, installation: Installation) -> dict[str, object]:
    """Read every byte again and compare; let pg_restore read each dump's contents. The manifest, or CannotStart naming what is wrong."""
    try:
        with tarfile.open(archive_path) as archive:
            members = {entry.name: entry for entry in archive if entry.isfile()}
            if MANIFEST not in members:
                raise CannotStart(f"{archive_path} 没有 {MANIFEST}，不是完整的备份 · not a complete backup")
            manifest: dict[str, object] = json.loads(_open(archive, members[MANIFEST]).read())
            digests = manifest["sha256"]
            assert isinstance(digests, dict)
            wrong = [name for name, digest in digests.items() if name not in members or _digest(_open(archive, members[name])) != digest]
            wrong += [name for name in members if name != MANIFEST and name not in digests]
            if wrong:
                raise CannotStart(f"备份损坏 · damaged: {'、'.join(wrong[:5])}")
            for name in [name for name in digests if name.startswith("databases/")]:
                with tempfile.NamedTemporaryFile() as copy:
                    shutil.copyfileobj(_open(archive, members[name]), copy)
                    copy.flush()
                    _tool(installation, "pg_restore", ["--list", copy.name])
    except (tarfile.TarError, OSError, ValueError, KeyError) as trouble:
        raise CannotStart(f"{archive_path} 无法读取 · cannot be read: {trouble}") from trouble
    return manifest


def run_restore(chosen: argparse.Namespace) -> int:
    installation: Installation = chosen.installation
    manifest = verify(chosen.archive, installation)
    print(f"档案完好 · the archive is whole: {manifest['made_at']}")
    if chosen.check:
        return 0
    if chosen.into is not None:
        installation = _rebuild_home(chosen.archive, str(manifest.get("home", "")), chosen)

    def busy() -> CannotStart:
        return CannotStart("平台正在运行；请先 santai down · the platform is running: `santai down` first.")

    try:
        with supervisor.only_one(installation.run_dir / "up.lock", busy), running_database(installation):
            restore(installation, chosen.archive, manifest, force=chosen.force)
    except BaseException:
        if chosen.into is not None:
            _remove(installation)
        raise
    city = f" --city {installation.home.parent}" if chosen.into is not None else ""
    print(f"恢复完成；执行 santai{city} doctor 检查，再 santai{city} up · restored: check with `doctor`, then `up`.")
    return 0


def _rebuild_home(archive_path: Path, old_home: str, chosen: argparse.Namespace) -> Installation:
    """The archive's settings and keys in a new empty folder, its paths changed to it; CannotStart when that cannot be."""
    home = chosen.into.resolve()
    if home.exists() and any(home.iterdir()):
        raise CannotStart(f"{home} 已有内容；请换一个空文件夹 · is not empty, choose another folder.")
    with tarfile.open(archive_path) as archive:
        if SETTINGS_FILE not in archive.getnames():
            raise CannotStart("这是示范城市的备份，没有设置文件；请去掉 --into · a demonstration city's archive has no settings.")
        lines = _open(archive, archive.getmember(SETTINGS_FILE)).read().decode().splitlines()
    given = {"DATABASE_URL": chosen.database_url, "SANTAI_OWNER_URL": chosen.owner_url or chosen.database_url}
    if chosen.database_url:
        lines = [line for line in lines if line.partition("=")[0] not in given] + [f"{name}={value}" for name, value in given.items()]
    if old_home:
        lines = [re.sub(rf"={re.escape(old_home)}(?=/|$)", f"={home}", line) for line in lines]
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    (home / SETTINGS_FILE).touch(mode=0o600)
    (home / SETTINGS_FILE).write_text("\n".join(lines) + "\n")
    leave_installation()
    installation = find_installation(str(home))
    write_examples(home, urlsplit(installation.given.get("SANTAI_ADDRESS", "")).hostname or "localhost")
    return installation


def _remove(installation: Installation) -> None:
    """A rebuilding that failed leaves nothing, so that it can be tried again."""
    if not installation.external_database:
        installation.server.stop()
        shutil.rmtree(installation.server.home, ignore_errors=True)
    shutil.rmtree(installation.home.parent, ignore_errors=True)


def restore(installation: Installation, archive_path: Path, manifest: dict[str, object], *, force: bool) -> None:
    zones = [str(zone) for zone in manifest["zones"]]  # type: ignore[attr-defined]
    families = _families_for(installation, zones)
    full = [family.zone for family in families if _has_tables(installation, family)]
    full += [str(folder) for _, folder in _folders(installation, families) if folder.name == "files" and any(folder.rglob("*"))]
    if full and not force:
        raise CannotStart(
            f"这里已有数据（{'、'.join(full)}）。加 --force 会先改名保留再恢复 · data are here; --force keeps them under another name."
        )
    suffix = datetime.now(ZoneInfo("Asia/Shanghai")).strftime("before_%Y%m%d_%H%M%S")
    for family in families:
        _fresh_database(installation, family, suffix, keep=family.zone in full)
    for _, folder in _folders(installation, families):
        if folder.exists() and any(folder.iterdir()):
            folder.rename(folder.with_name(f"{folder.name}.{suffix}"))
    with tarfile.open(archive_path) as archive, tempfile.TemporaryDirectory(dir=installation.home) as temporary:
        targets = dict(_folders(installation, families))
        for entry in archive:
            place, _, rest = entry.name.rpartition("/")
            if entry.name.startswith("databases/"):
                dump = Path(temporary) / rest
                with dump.open("wb") as file:
                    shutil.copyfileobj(_open(archive, entry), file)
                family = next(one for one in families if f"{one.zone}.dump" == rest)
                url = installation.database_url(family, owner=True)
                _load(installation, dump, url)
                continue
            home = next((folder for name, folder in targets.items() if entry.name.startswith(f"{name}/")), None)
            if home is None or not entry.isfile():
                continue
            name = next(name for name in targets if entry.name.startswith(f"{name}/"))
            path = (home / entry.name[len(name) + 1 :]).resolve()
            if not path.is_relative_to(home.resolve()):
                raise CannotStart(f"档案里有越界路径 · a path leads outside: {entry.name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600 if "secrets" in name else 0o644), "wb") as file:
                shutil.copyfileobj(_open(archive, entry), file)
    from santai.config import database

    for family in families:
        database.grant_application_rights(installation.database_url(family, owner=True), installation.database_url(family, owner=False))


# -- details -------------------------------------------------------------------------------------------------------------------


@contextmanager
def running_database(installation: Installation) -> Iterator[None]:
    """The embedded server for the length of a block, if it does not run already."""
    if installation.external_database or installation.server.answers():
        yield
        return
    installation.server.start()
    try:
        yield
    finally:
        installation.server.stop()


def known_families(installation: Installation) -> list[Family]:
    """The families whose databases exist: the single one, or the three zones, or both."""
    if installation.external_database:
        return installation.families(zones=False, port=8000)
    both = [*installation.families(zones=False, port=8000), *installation.families(zones=True, port=8000)]
    found = [family for family in both if _has_tables(installation, family)]
    if not found:
        raise CannotStart("没有可备份的数据库；先执行 santai up · there is no database yet.")
    return found


def _families_for(installation: Installation, zones: list[str]) -> list[Family]:
    both = [*installation.families(zones=False, port=8000)]
    if not installation.external_database:
        both += installation.families(zones=True, port=8000)
    chosen = [family for family in both if family.zone in zones]
    if len(chosen) != len(zones):
        raise CannotStart(f"备份属于 {'、'.join(zones)} 区，与本安装不符 · the backup is of other zones.")
    return chosen


def _folders(installation: Installation, families: list[Family]) -> list[tuple[str, Path]]:
    """Name in the archive and place on disk of what is kept beside the databases."""
    found = {f"home/{name}": installation.home / name for name in KEPT}
    if not installation.demo and installation.packs_dir.resolve() != (ROOT / "packs").resolve():
        found["packs"] = installation.packs_dir  # the city's own applications
    if "SANTAI_FILES" in installation.given:
        found["home/files"] = Path(installation.given["SANTAI_FILES"])
    for family in families:
        if family.home != installation.home:
            found |= {f"zones/{family.zone}/{name}": family.home / name for name in KEPT}
    return list(found.items())


def _has_tables(installation: Installation, family: Family) -> bool:
    try:
        with psycopg.connect(installation.database_url(family, owner=True), connect_timeout=5) as db:
            row = db.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
            return bool(row and row[0])
    except psycopg.OperationalError:
        return False


def _fresh_database(installation: Installation, family: Family, suffix: str, *, keep: bool) -> None:
    if installation.external_database:
        if keep:
            raise CannotStart("外部数据库里已有表；请由数据库管理员改名或换一个空库后再恢复 · give restore an empty database.")
        return
    server = installation.server
    with psycopg.connect(server.url("postgres"), autocommit=True) as db:
        name = sql.Identifier(family.database)
        if keep:
            db.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [family.database])
            db.execute(sql.SQL("alter database {} rename to {}").format(name, sql.Identifier(f"{family.database}_{suffix}")))
            print(f"现有数据库保留为 · kept as {family.database}_{suffix}")
    server.ensure_database(family.database)


def _dump(installation: Installation, family: Family, target: Path) -> None:
    url = installation.database_url(family, owner=True)
    _tool(installation, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file", str(target), "--dbname", url])


def _load(installation: Installation, dump: Path, url: str) -> None:
    """All of a dump or nothing. Our pg_restore speaks to servers of its own age; for an older one its script says a setting less."""
    with psycopg.connect(url) as db:
        version = db.info.server_version
    if version >= 170000:
        _tool(installation, "pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", "--dbname", url, str(dump)])
        return
    script, older = dump.with_suffix(".sql"), dump.with_suffix(".older.sql")
    _tool(installation, "pg_restore", ["--no-owner", "--file", str(script), str(dump)])
    with script.open("rb") as lines, older.open("wb") as kept:
        for number, line in enumerate(lines):
            if number > 60 or not line.startswith(b"SET transaction_timeout"):  # in the head only: data may read alike
                kept.write(line)
    script.unlink()
    _tool(
        installation,
        "psql",
        ["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", "--single-transaction", "--file", str(older), "--dbname", url],
    )
    older.unlink()


def _tool(installation: Installation, name: str, arguments: list[str]) -> None:
    """pg_dump, pg_restore or psql of the embedded package."""
    from santai.config.postgres import packaged_binaries

    program = packaged_binaries() / "bin" / name
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LD_LIBRARY_PATH": str(packaged_binaries() / "lib")}
    safe, password = [], ""
    for argument in arguments:  # a password on the command line is readable by every user of the machine
        if found := re.fullmatch(r"(postgres(?:ql)?://[^:/@]+):([^@]*)@(.*)", argument):
            password = found.group(2)
            argument = f"{found.group(1)}@{found.group(3)}"
        safe.append(argument)
    if password:
        environment["PGPASSWORD"] = unquote(password)
    done = subprocess.run(
        [str(program), *safe],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotStart(f"{name} 失败 · failed: {done.stderr.strip()[-600:]}")


def _add(archive: tarfile.TarFile, path: Path, name: str, digests: dict[str, str]) -> None:
    with path.open("rb") as file:
        digests[name] = _digest(file)
    archive.add(path, name, recursive=False)


def _digest(file: IO[bytes]) -> str:
    total = hashlib.sha256()
    while block := file.read(1 << 20):
        total.update(block)
    return total.hexdigest()


def _open(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(entry)
    assert file is not None
    return file
