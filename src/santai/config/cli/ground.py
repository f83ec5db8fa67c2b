"""Prepare the ground on a fresh machine: system packages, virtual environment, front-end assets. Called by the Makefile.

Only the standard library, because it runs before anything is installed: ``python3 src/santai/config/cli/ground.py [--dev]``.
Every step leaves a stamp of its inputs and is skipped while they are unchanged.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
VENV = ROOT / ".venv"
ASSETS = ROOT / "var" / "assets"
FONTS = ROOT / "var" / "assets-fonts"
DEBIAN_POSTGRESQL = Path("/usr/lib/postgresql")
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/santai.conf")
BEGAN = time.monotonic()

# target below var/assets or var/assets-fonts: source below node_modules
BROWSER_FILES = {"vendor/htmx.min.js": "htmx.org/dist/htmx.min.js"}
_GOOGLE = "@expo-google-fonts"
FONT_FILES = {
    f"{family}-{weight}.ttf": f"{_GOOGLE}/{folder}/{number}{weight}/{family}_{number}{weight}.ttf"
    for family, folder in (("NotoSansSC", "noto-sans-sc"), ("NotoSerifSC", "noto-serif-sc"))
    for number, weight in ((400, "Regular"), (700, "Bold"))
}


class Missing(Exception):
    """Something only the machine's administrator can add; the text is the command."""


def say(chinese: str, english: str) -> None:
    print(f"[{time.monotonic() - BEGAN:6.1f}s] {chinese} · {english}", flush=True)


def digest(*paths: Path) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def needed_packages(*, dev: bool, system: bool = False) -> list[str]:
    """Debian packages that are missing for running (with ``dev`` for testing, with ``system`` for ``make system``)."""
    missing = []
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        missing.append("python3-venv")
    if not shutil.which("node"):
        missing.append("nodejs")
    if not shutil.which("npm"):
        missing.append("npm")
    if dev:
        if not (shutil.which("chromium") or shutil.which("google-chrome")):
            missing.append("chromium")
        if not any(Path("/usr/share/fonts").rglob("Noto*CJK*")):
            missing.append("fonts-noto-cjk")
        if not shutil.which("git"):
            missing.append("git")
    if system and not any(DEBIAN_POSTGRESQL.glob("*/bin/postgres")):
        missing.append("postgresql")
    return missing


def install_packages(*, dev: bool, system: bool = False) -> None:
    missing = needed_packages(dev=dev, system=system)
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(
            f"缺少系统软件包，请管理员执行 · System packages are missing; ask an administrator to run:\n    apt-get install -y {names}\n"
            "然后重新执行本命令 · then run this command again."
        )
    say(f"安装系统软件包 {names}", "installing system packages")
    if "postgresql" in missing:  # its programs are wanted, not a server of Debian's own that starts with the machine
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n")
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing], check=True, **quiet)  # type: ignore[call-overload]


def prepare_environment(*, dev: bool) -> None:
    """Install the hash-locked requirements into ``.venv`` and put ``src`` on its path."""
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    stamp = VENV / ".santai-installed"
    wanted = digest(lock)
    installed = json.loads(stamp.read_text()) if stamp.exists() else {}
    # An environment with the test tools serves for running too, so switching between run and test installs nothing.
    current = installed.get("dev") == digest(ROOT / "requirements-dev.lock") or (not dev and installed.get("run") == wanted)
    if not (current and (VENV / "bin/python").exists()):
        if not (VENV / "bin/python").exists():
            say("创建虚拟环境 .venv", "creating the virtual environment")
            subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        say("安装依赖（逐个校验散列值）", f"installing {lock.name}, every hash checked")
        _run_with_patience(
            [
                str(VENV / "bin/python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input",
                "--require-hashes", "--only-binary", ":all:", "-r", str(lock),
            ]
        )  # fmt: skip
        stamp.write_text(json.dumps({"dev" if dev else "run": wanted}))
    _link_source()


def _run_with_patience(command: list[str]) -> None:
    """Run a long silent command and say every ten seconds that it still works."""
    with subprocess.Popen(command) as process:
        while True:
            try:
                if process.wait(timeout=10):
                    raise subprocess.CalledProcessError(process.returncode, command)
                return
            except subprocess.TimeoutExpired:
                say("仍在安装……", "still installing")


def _link_source() -> None:
    """The project itself: a path file and the ``santai`` command, because pip refuses unhashed projects under --require-hashes."""
    site = next((VENV / "lib").glob("python3.*")) / "site-packages"
    path_file = site / "santai.pth"
    if not path_file.exists() or path_file.read_text().strip() != str(ROOT / "src"):
        path_file.write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin/santai"
    text = f"#!{VENV / 'bin/python'}\nimport sys\n\nfrom santai.config.cli import main\n\nsys.exit(main())\n"
    if not command.exists() or command.read_text() != text:
        command.write_text(text)
        command.chmod(0o755)


def install_node_modules() -> None:
    stamp = ROOT / "node_modules" / ".santai-installed"
    wanted = digest(ROOT / "package-lock.json", ROOT / "package.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("安装前端资源（npm 锁文件）", "installing front-end assets from the npm lock file")
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    stamp.write_text(wanted)


def copy_assets() -> None:
    """Copy what the platform uses out of ``node_modules``, with a SHA-256 manifest that ``santai doctor`` checks."""
    for folder, files in ((ASSETS, BROWSER_FILES), (FONTS, FONT_FILES)):
        manifest = folder.parent / f"{folder.name}.sha256.json"
        known = json.loads(manifest.read_text()) if manifest.exists() else {}
        lock = digest(ROOT / "package-lock.json")
        if known.get("lock") == lock and set(known["files"]) == set(files) and all((folder / name).is_file() for name in files):
            continue
        say(f"复制 {folder.name}", f"copying {len(files)} files to var/{folder.name}")
        digests = {}
        for name, source in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            scratch = target.with_suffix(f".{os.getpid()}.part")
            shutil.copyfile(ROOT / "node_modules" / source, scratch)
            scratch.replace(target)
            digests[name] = hashlib.sha256(target.read_bytes()).hexdigest()
        manifest.write_text(json.dumps({"lock": lock, "files": digests}, indent=1))


def main() -> int:
    parser = argparse.ArgumentParser(description="Prepare the ground: system packages, .venv, assets.")
    parser.add_argument("--dev", action="store_true", help="also what tests and lint need")
    parser.add_argument("--system", action="store_true", help="also PostgreSQL of the distribution, which the system tests start")
    parser.add_argument("--assets", action="store_true", help="only the front-end assets, copied anew")
    chosen = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036  # this file runs before anything has checked the version
        print(f"需要 Python 3.11 或更高版本 · Python 3.11 or newer is needed, this is {sys.version.split()[0]}", file=sys.stderr)
        return 1
    try:
        install_packages(dev=chosen.dev, system=chosen.system)
        if not chosen.assets:
            prepare_environment(dev=chosen.dev)
        install_node_modules()
        if chosen.assets:
            for folder in (ASSETS, FONTS):
                (folder.parent / f"{folder.name}.sha256.json").unlink(missing_ok=True)
        copy_assets()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        command = " ".join(map(str, failed.cmd))
        print(f"命令失败 · this command failed ({failed.returncode}): {command}\n修正后重新执行 · mend it and run again.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
