"""Desk list, case page and space at 100,000 cases against 1,000: as many queries, and the times as ratios.

One real case is filed through the hall and copied row by row inside the database into every table that knows it (with its own numbers and
identifiers); one in fifty is still open, twenty belong to the resident whose space is measured. Pages are asked through Django's client in
this process, five times each after one warm-up; the median counts.

SANTAI_BENCH_CASES (default 100000).
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg  # noqa: E402
from psycopg import sql  # noqa: E402

from tests.support.running_city import Django, django_in  # noqa: E402

FEW, MANY = 1000, int(os.environ.get("SANTAI_BENCH_CASES", "100000"))
HOME = Path(os.environ.get("SANTAI_VAR", "var")) / "bench"
KEYS = ("case_no", "case_id", "subject", "on_what")
DONE = {
    "back_cases_case": "completed", "back_cases_subcase": "finished", "kernel_flow_task": "done", "kernel_clocks_clock": "met",
    "front_hall_caseview": "completed", "front_hall_draft": "submitted",
}  # fmt: skip


def multiply(db: psycopg.Connection[Any], case_no: str, first: int, last: int, *, own_every: int) -> None:
    """Copies number ``first`` to ``last`` of everything that belongs to ``case_no``."""
    tables = db.execute(
        "select c.table_name, array_agg(c.column_name::text order by (c.column_name = any(%s)) desc, c.ordinal_position), "
        "array_agg(c.udt_name::text order by (c.column_name = any(%s)) desc, c.ordinal_position), "
        "array_agg(c.is_identity = 'YES' order by (c.column_name = any(%s)) desc, c.ordinal_position) "
        "from information_schema.columns c join pg_class p on p.relname = c.table_name and not p.relispartition "
        "and p.relkind in ('r', 'p') "
        "where c.table_schema = 'public' and c.table_name not like 'exchange%%' group by 1 having bool_or(c.column_name = any(%s))",
        [list(KEYS)] * 4,
    ).fetchall()
    db.execute("set session_replication_role = replica")  # order of tables and keys between them do not matter while copying
    for table, columns, kinds, identities in tables:
        kept = [(column, kind) for column, kind, identity in zip(columns, kinds, identities, strict=True) if not identity]
        db.execute(
            sql.SQL(
                "insert into {} ({}) select {} from {} t, generate_series(%(first)s::int, %(last)s::int) g(n) where t.{} like %(like)s"
            ).format(
                sql.Identifier(table),
                sql.SQL(", ").join(sql.Identifier(column) for column, _ in kept),
                sql.SQL(", ").join(sql.SQL(_copied(table, column, kind)) for column, kind in kept),
                sql.Identifier(table),
                sql.Identifier(columns[0]),
            ),
            {"first": first, "last": last, "like": f"%{case_no}%", "old": case_no, "own": own_every},
        )
    db.execute("set session_replication_role = default")
    db.execute("vacuum analyze")


def _copied(table: str, column: str, kind: str) -> str:
    new = "'18990120250101' || lpad(g.n::text, 7, '0')"
    if column == "state" and table in DONE:
        return f"case when g.n %% 50 = 0 then t.state else '{DONE[table]}' end"
    if column in ("account", "applicant_code"):
        return f"case when t.\"{column}\" = '' or g.n %% %(own)s::int = 0 then t.\"{column}\" else 'other-' || (g.n / 20) end"
    if column in ("document_no", "identifier", "number") and kind == "varchar":
        return f"t.\"{column}\" || '-' || g.n"
    if column == "received_at":
        return "t.received_at - g.n * interval '1 minute'"
    if kind == "uuid" and column != "spec_id":
        return f'md5(t."{column}"::text || g.n)::uuid'
    if kind in ("varchar", "text"):
        return f'replace(t."{column}", %(old)s, {new})'
    if kind == "jsonb":
        return f'replace(t."{column}"::text, %(old)s, {new})::jsonb'
    return f't."{column}"'


def measured(pages: dict[str, tuple[Any, str]]) -> dict[str, tuple[int, float]]:
    """Page → number of queries, median milliseconds."""
    from django.db import connection

    from santai.kernel.clocks.service import forget
    from santai.kernel.jobs.service import forget_kept

    found = {}
    for name, (client, path) in pages.items():
        assert client.get(path).status_code == 200, path
        count = [0]

        def counted(execute: Any, query: str, params: Any, many: bool, context: Any, count: list[int] = count) -> Any:
            count[0] += 1
            return execute(query, params, many, context)

        forget()
        forget_kept()  # what is remembered for a second would make the number depend on the moment
        with connection.execute_wrapper(counted):
            assert client.get(path).status_code == 200
        assert count[0] > 1, f"{name}: queries were not seen, so nothing is known of their number"
        times = []
        for _ in range(5):
            began = time.perf_counter()
            client.get(path)
            times.append((time.perf_counter() - began) * 1000)
        found[name] = (count[0], round(statistics.median(times), 1))
    return found


def main() -> list[dict[str, Any]]:
    with django_in(HOME) as city:
        return compared(city)


def compared(city: Django) -> list[dict[str, Any]]:
    from santai.kernel.clocks.service import now
    from tests.support import acts

    case_no = acts.file(login="resident", at=now())["case_no"]
    resident, official = signed_in("resident"), signed_in("wangjiang-centre-intake")
    pages = {
        "desk list": (official, "/back/desk/"),
        "case page": (official, f"/back/desk/cases/{case_no}/"),
        "space": (resident, "/front/space/"),
        "space, cases": (resident, "/front/space/cases/"),
        "applicant's case page": (resident, f"/front/hall/cases/{case_no}/"),
    }
    with psycopg.connect(city.url, autocommit=True) as db:
        multiply(db, case_no, 1, FEW, own_every=FEW // 20)
        few = measured(pages)
        multiply(db, case_no, FEW + 1, MANY, own_every=MANY)
        many = measured(pages)
        cases = db.execute("select count(*) from back_cases_case").fetchone()
    assert cases is not None
    return [
        {
            "page": name, "cases": cases[0], "queries_few": few[name][0], "queries_many": many[name][0], "ms_few": few[name][1],
            "ms_many": many[name][1], "ratio": round(many[name][1] / few[name][1], 2),
        }
        for name in pages
    ]  # fmt: skip


def signed_in(login: str) -> Any:
    from django.test import Client

    from santai.kernel.clocks.service import today
    from santai.kernel.identity.service import Account, holdings_of

    account = Account.objects.get(login=login)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    first = holdings_of(account, today()).first()
    session["acting"] = {"post": first.post_id} if first else {}
    session.save()
    return client


if __name__ == "__main__":
    results = main()
    for row in results:
        same = "constant" if row["queries_few"] == row["queries_many"] else "NOT CONSTANT"
        print(
            f"{row['page']}: {row['queries_many']} queries at {row['cases']} cases, {row['queries_few']} at {FEW} ({same}); "
            f"{row['ms_many']} ms against {row['ms_few']} ms, ratio {row['ratio']}"
        )
    print(json.dumps(results))
