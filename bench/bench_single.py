"""Single-item cases through HTTP, sustained: how many a second until each one's clock runs.

Clients file 失业登记 through the hall's interface (session, CSRF, idempotency key) into a real city: granian with two workers, worker,
embedded PostgreSQL with fsync, all on this machine, clients too. A case counts when it is there whole: application, form content, clock,
ledger entries and the messages that carried it applied (read from the database afterwards), so a fast answer alone counts nothing.
At the end: how long the bus needs to be empty, and how many receipts are still to be rendered and sealed: they follow the commit, and the
worker that makes them yields to people who wait (nice 10).

SANTAI_BENCH_SECONDS (default 300), SANTAI_BENCH_CLIENTS (default 24).
"""

import itertools
import json
import os
import statistics
import sys
import threading
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.acts import ITEM_A, UNEMPLOYED
from tests.support.running_city import Unanswered, Visitor, running_city

SECONDS = float(os.environ.get("SANTAI_BENCH_SECONDS", "300"))
CLIENTS = int(os.environ.get("SANTAI_BENCH_CLIENTS", "24"))
WARM_UP = min(5.0, SECONDS / 4)
HOME = Path(os.environ.get("SANTAI_VAR", "var")) / "bench"
RESIDENTS = 60  # each may ask the registers a limited number of times a minute (exchange/gateway), as in a real city
PASSWORD = "bench-only-4f1c"
WHOLE = """
select count(*) from front_hall_application a
join back_cases_case c using (case_no)
join back_cases_casecontent n on n.case_id = c.case_no
join kernel_clocks_clock k on k.subject = 'case:' || a.case_no and k.state = 'running'
join kernel_flow_process p on p.subject = 'subcase:' || a.case_no || '-main'
join front_hall_caseview v on v.case_no = a.case_no and v.state = 'received' and v.clocks <> '[]'
where a.received_at >= %(since)s and a.received_at < %(until)s
  and exists (select 1 from kernel_ledger_entry e where e.on_what = 'case:' || a.case_no and e.act = 'front.hall.submit_application')
  and exists (select 1 from kernel_ledger_entry e where e.on_what = 'case:' || a.case_no and e.act = 'back.approvals.received')
"""
DOCUMENTS = "select count(*) filter (where digest <> ''), count(*) from back_approvals_serveddocument"
OPEN = "select count(*) from exchange_bus_delivery where state in ('pending', 'waiting')"


def main() -> dict[str, float]:
    with running_city(HOME) as city, city.database() as db:
        times: list[float] = []
        stop = threading.Event()
        logins = city.act("register_residents", count=RESIDENTS, password=PASSWORD, timeout=60)["logins"]
        visitors = [city.sign_in(login, password=PASSWORD) for login in logins]
        threads = [threading.Thread(target=_file, args=(visitors[n::CLIENTS], stop, times)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        time.sleep(WARM_UP)
        since = db.execute("select clock_timestamp()").fetchone()[0]
        began = time.monotonic()
        time.sleep(SECONDS)
        until = db.execute("select clock_timestamp()").fetchone()[0]
        lasted = time.monotonic() - began
        stop.set()
        for thread in threads:
            thread.join()
        ended = time.monotonic()
        while db.execute(OPEN).fetchone() != (0,) and time.monotonic() - ended < 60:
            time.sleep(0.02)
        backlog = time.monotonic() - ended
        whole = db.execute(WHOLE, {"since": since, "until": until}).fetchone()[0]
        answered = db.execute("select count(*) from front_hall_application where received_at >= %s and received_at < %s", [since, until])
        filed = answered.fetchone()[0]
        made, wanted = db.execute(DOCUMENTS).fetchone()
        began = time.monotonic()
        while db.execute(DOCUMENTS).fetchone()[0] < min(wanted, made + 200):
            time.sleep(0.05)
        drained = min(wanted - made, 200) / max(time.monotonic() - began, 0.001)
    times.sort()
    return {
        "seconds": round(lasted, 1),
        "clients": CLIENTS,
        "cases": whole,
        "filed": filed,
        "cases_per_second": round(whole / lasted, 1),
        "aim_ratio": round(whole / lasted / 100, 2),
        "backlog_seconds": round(backlog, 2),
        "documents_still_to_make": wanted - made,
        "documents_per_second_when_quiet": round(drained, 1),
        "answer_ms_median": round(statistics.median(times) * 1000, 1),
        "answer_ms_p95": round(times[int(len(times) * 0.95)] * 1000, 1),
    }


def _file(visitors: list[Visitor], stop: threading.Event, times: list[float]) -> None:
    """One client: residents in turn, each with a session and a connection of their own."""
    for visitor in itertools.cycle(visitors):
        if stop.is_set():
            return
        key, began = uuid.uuid4().hex, time.perf_counter()
        while True:
            try:
                visitor.file(key, item=ITEM_A, content=UNEMPLOYED)
                break
            except Unanswered as trouble:
                print(f"asked again: {trouble}", file=sys.stderr)
        times.append(time.perf_counter() - began)


if __name__ == "__main__":
    result = main()
    print(
        f"single-item cases through HTTP: {result['cases_per_second']} cases/s ({result['aim_ratio']} of the aim of 100/s), "
        f"{result['cases']} whole of {result['filed']} "
        f"filed in {result['seconds']} s with {result['clients']} clients; "
        f"empty {result['backlog_seconds']} s after the last; "
        f"{result['documents_still_to_make']} receipts still to be rendered and sealed, "
        f"{result['documents_per_second_when_quiet']}/s once it is quiet; "
        f"answer {result['answer_ms_median']} ms median, {result['answer_ms_p95']} ms p95"
    )
    print(json.dumps(result))
