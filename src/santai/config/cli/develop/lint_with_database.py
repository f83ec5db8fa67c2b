"""The checks of ``make lint`` that need tables: no model without its migration, every pack installable.

Run as a module: it uses the tests' embedded server and a scratch database of its own, which it drops.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from santai.config.installation import ROOT
from santai.config.postgres import server_at


def main() -> int:
    home = Path(os.environ.get("SANTAI_VAR", ROOT / "var" / "test"))
    home.mkdir(parents=True, exist_ok=True)
    server = server_at(home)
    was_up = server.data.exists() and server.answers()
    server.start(fsync=False)
    name = f"santai_lint_{os.getpid()}"
    server.ensure_database(name)
    environment = os.environ | {
        "DATABASE_URL": server.url(name),
        "DJANGO_SETTINGS_MODULE": "santai.config.settings.test",
        "SANTAI_VAR": str(home),
        "PYTHONPATH": str(ROOT / "src"),
    }
    try:
        for command in (
            ["-m", "django", "makemigrations", "--check", "--dry-run"],
            ["-m", "django", "check"],
            ["-m", "django", "migrate", "--verbosity", "0"],
            ["-m", "santai.config.cli", "pack", "check"],
        ):
            done = subprocess.run([sys.executable, *command], env=environment, check=False)
            if done.returncode:
                return done.returncode
    finally:
        with psycopg.connect(server.url("postgres"), autocommit=True) as db:
            db.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
        if not was_up:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
