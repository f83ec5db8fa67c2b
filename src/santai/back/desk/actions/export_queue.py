"""Take the queue out as a table: what the page shows, every page of it, on the record."""

from dataclasses import replace
from datetime import datetime

from django.utils.timezone import localtime

from santai.back.desk.queries.queue import Row, page_of
from santai.back.desk.rules.views import VIEWS, Wish, safe_cell
from santai.kernel.ledger.service import Actor, record

MOST = 5000
AT_A_TIME = 500
HEADER = ("办件编号", "事项", "部门", "申请人", "环节", "期限", "最后一天", "轮到谁", "收到", "结果")


def export_queue(*, wish: Wish, actor: Actor, at: datetime) -> list[tuple[str, ...]]:
    """Header and rows of the view as it is narrowed and sorted, up to ``MOST``; only what this post may see, as on the page."""
    rows: list[tuple[str, ...]] = [HEADER]
    after = ""
    while len(rows) <= MOST:
        page = page_of(replace(wish, after=after, before=""), actor, at, size=AT_A_TIME, with_counts=False)
        rows += [_cells(row, at) for row in page.rows]
        after = page.following
        if not after:
            break
    rows = rows[: MOST + 1]
    narrowed = "，".join(filter(None, (VIEWS[wish.view], wish.item, wish.step, wish.due, wish.text)))
    record(actor=actor, act="back.desk.export", on="queue", at=at, why=f"导出：{narrowed}", details={"rows": len(rows) - 1})
    return rows


def _cells(row: Row, at: datetime) -> tuple[str, ...]:
    part = row.part
    said = (
        row.case_no,
        row.item_name,
        part.organisation_name if part else row.case.organisation_name,
        row.case.applicant_name,
        row.step,
        row.clock.sentence(at) if row.clock else "",
        f"{localtime(row.due_at):%Y-%m-%d}" if row.due_at else "",
        row.turn,
        f"{localtime(row.case.received_at):%Y-%m-%d %H:%M}",
        (part or row.case).get_outcome_display() if (part or row.case).outcome else "",
    )
    return tuple(safe_cell(one) for one in said)
