"""Single-item cases through HTTP, sustained: how many a second until each one's clock runs.

Clients file 失业登记 through the hall's interface (session, CSRF, idempotency key) into a real city: granian with two workers, worker,
embedded PostgreSQL with fsync, all on this machine, clients too. A case counts when it is there whole: application, form content, clock,
ledger entries and the messages that carried it applied (read from the database afterwards), so a fast answer alone counts nothing.
At the end: how long the bus needs to be empty.

SANTAI_BENCH_SECONDS (default 300), SANTAI_BENCH_CLIENTS (default 6).
"""

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
from tests.support.running_city import RunningCity, Unanswered, running_city

SECONDS = float(os.environ.get("SANTAI_BENCH_SECONDS", "300"))
CLIENTS = int(os.environ.get("SANTAI_BENCH_CLIENTS", "6"))
WARM_UP = min(5.0, SECONDS / 4)
HOME = Path(os.environ.get("SANTAI_VAR", "var")) / "bench"
LOGINS = ("resident", "resident2", "buyer", "patient", "carer", "elder")
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
OPEN = "select count(*) from exchange_bus_delivery where state in ('pending', 'waiting')"


def main() -> dict[str, float]:
    with running_city(HOME) as city, city.database() as db:
        times: list[float] = []
        stop = threading.Event()
        threads = [threading.Thread(target=_file, args=(city, LOGINS[n % len(LOGINS)], stop, times)) for n in range(CLIENTS)]
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
    times.sort()
    return {
        "seconds": round(lasted, 1),
        "clients": CLIENTS,
        "cases": whole,
        "filed": filed,
        "cases_per_second": round(whole / lasted, 1),
        "aim_ratio": round(whole / lasted / 100, 2),
        "backlog_seconds": round(backlog, 2),
        "answer_ms_median": round(statistics.median(times) * 1000, 1),
        "answer_ms_p95": round(times[int(len(times) * 0.95)] * 1000, 1),
    }


def _file(city: RunningCity, login: str, stop: threading.Event, times: list[float]) -> None:
    visitor = city.sign_in(login)
    while not stop.is_set():
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
        f"answer {result['answer_ms_median']} ms median, {result['answer_ms_p95']} ms p95"
    )
    print(json.dumps(result))
