"""Joint cases of seven departments, from the founder's filing to completion through the services, against the rows such a case needs.

The numerator is one process calling the doors the pages call (form, materials, five signatures, checks, acceptance, examinations,
decisions, records, licences wanted, handing out), every message delivered; rendering and sealing of documents, which follow the commit
in the worker, are not timed. The denominator is ``floor.sql`` on the same server in the same run: the rows and commits a joint case
cannot do without, written by PL/pgSQL with no program around them. A ratio of 0.2 means the whole platform costs five times its floor.

SANTAI_BENCH_JOINT (default 20 cases).
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402

from tests.support.running_city import Django, django_in  # noqa: E402

CASES = int(os.environ.get("SANTAI_BENCH_JOINT", "20"))
HOME = Path(os.environ.get("SANTAI_VAR", "var")) / "bench-joint"
COMMITS = "select xact_commit from pg_stat_database where datname = current_database()"
ROWS = "select sum(n_tup_ins), sum(n_tup_upd) from pg_stat_user_tables"


def one_case(number: int) -> int:
    """A joint case until it is completed; the number of acts of officials it took."""
    from santai.exchange.bus.service import deliver_pending
    from santai.kernel.clocks.service import now
    from tests.support import acts

    case_no = acts.file_joint(note=f"{os.getpid()}{number}", at=now())["case_no"]
    deliver_pending()  # what the request left to the worker, because it took longer than two seconds
    steps = 0
    while acts.step(case_no=case_no, at=now())["done"]:
        steps += 1
    deliver_pending()
    assert acts.back(case_no=case_no, at=now())["state"] == "completed", acts.back(case_no=case_no, at=now())
    return steps


def main() -> dict[str, Any]:
    with django_in(HOME, packs="enterprise-start") as city:
        one_case(0)
        commits, rows = counted(city)
        began, cpu = time.perf_counter(), time.process_time()
        steps = sum(one_case(number) for number in range(1, CASES + 1))
        lasted, cpu = time.perf_counter() - began, time.process_time() - cpu
        commits_after, rows_after = counted(city)
        floor = floor_seconds(city)
    per_minute, floor_per_minute = CASES / lasted * 60, 60 / floor["seconds"]
    return {
        "cases": CASES,
        "per_minute": round(per_minute, 1),
        "floor_per_minute": round(floor_per_minute, 1),
        "ratio": round(per_minute / floor_per_minute, 3),
        "acts_per_case": round(steps / CASES, 1),
        "commits_per_case": round((commits_after - commits) / CASES, 1),
        "rows_inserted_per_case": round((rows_after[0] - rows[0]) / CASES, 1),
        "rows_updated_per_case": round((rows_after[1] - rows[1]) / CASES, 1),
        "program_cpu_ms_per_case": round(cpu / CASES * 1000),
        "floor_rows_per_case": floor["rows"],
        "floor_commits_per_case": floor["commits"],
    }


def counted(city: Django) -> tuple[int, tuple[int, int]]:
    """Commits and rows so far; statistics arrive up to a second late, so it is asked of a fresh session after a moment."""
    city.close()
    time.sleep(1.5)
    with psycopg.connect(city.url, autocommit=True) as db:
        return int(db.execute(COMMITS).fetchone()[0]), tuple(map(int, db.execute(ROWS).fetchone()))  # type: ignore[index, arg-type]


def floor_seconds(city: Django) -> dict[str, Any]:
    content = json.dumps({"text": "企" * 5000})
    with psycopg.connect(city.url, autocommit=True) as db:
        db.execute("drop schema if exists floor_bench cascade")
        db.execute("create schema floor_bench")
        db.execute("set search_path = floor_bench")
        db.execute((ROOT / "bench/floor.sql").read_text())
        tables = [row[0] for row in db.execute("select tablename from pg_tables where schemaname = 'floor_bench'")]
        db.execute("call floor_case('warm', %s)", [content])
        before = [db.execute(f"select count(*) from {table}").fetchone()[0] for table in tables]  # type: ignore[index]  # noqa: S608
        began = time.perf_counter()
        for number in range(100):
            db.execute("call floor_case(%s, %s)", [str(number), content])
        seconds = (time.perf_counter() - began) / 100
        after = [db.execute(f"select count(*) from {table}").fetchone()[0] for table in tables]  # type: ignore[index]  # noqa: S608
        db.execute("drop schema floor_bench cascade")
    return {"seconds": seconds, "rows": round((sum(after) - sum(before)) / 100, 1), "commits": 21}


if __name__ == "__main__":
    result = main()
    print(
        f"joint cases through the services: {result['per_minute']}/min, floor {result['floor_per_minute']}/min, ratio {result['ratio']} "
        f"(aim 0.2); a case: {result['rows_inserted_per_case']} rows, {result['rows_updated_per_case']} updates, "
        f"{result['commits_per_case']} commits, {result['acts_per_case']} acts, {result['program_cpu_ms_per_case']} ms cpu; "
        f"floor: {result['floor_rows_per_case']} rows, {result['floor_commits_per_case']} commits"
    )
    print(json.dumps(result))
