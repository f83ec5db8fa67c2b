"""Pages of a list: which rows, and the addresses of the page before and after."""

from typing import Any

from django.http import HttpRequest

from santai.kernel.web.service import page_number

SIZE = 50


def page_of_rows(request: HttpRequest, rows: Any, size: int = SIZE) -> dict[str, Any]:
    """``rows`` of the page asked for (``?page=``), ``total``, and ``previous``/``following`` with the other conditions kept."""
    number = page_number(request.GET.get("page", ""))
    total = rows.count()
    number = min(number, max(-(-total // size), 1))
    listed = list(rows[(number - 1) * size : number * size])

    def address(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return f"?{query.urlencode()}"

    return {
        "rows": listed, "total": total, "count": f"共 {total:,} 个" + (f"，第 {number} 页" if total > size else ""),
        "previous": address(number - 1) if number > 1 else "", "following": address(number + 1) if number * size < total else "",
    }  # fmt: skip
