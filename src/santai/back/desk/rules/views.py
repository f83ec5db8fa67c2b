"""The saved views of the queue, its filters, and its keys: plain values."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

VIEWS = {
    "mine": "待我办",
    "all": "本部门全部",
    "today": "今日到期",
    "overdue": "已逾期",
    "waiting": "等待申请人",
    "done": "我已办",
    "every": "全部（含已办结）",
}
UNCOUNTED = ("done", "every")
EMPTY = {
    "mine": ("没有等您办理的办件", "新的办件到达您的岗位后会出现在这里。也可以看看本部门其他办件。"),
    "all": ("本部门没有在办的办件", "申请人提交、与本部门有关的办件会出现在这里。"),
    "today": ("今天没有到期的办件", "按工作日历计算，最后期限在今天的办件会出现在这里。"),
    "overdue": ("没有逾期的办件", "超过最后期限还没有办完的办件会出现在这里。"),
    "waiting": ("没有等待申请人的办件", "已经要求补正、还没有收到补正材料的办件会出现在这里。"),
    "every": ("还没有与本部门有关的办件", "与本部门有关的办件，不论在办还是办结，都在这里查找。"),
    "done": ("您还没有办过办件", "您办过的环节所在的办件会出现在这里，最近办的在前。"),
}
SORTS = {"due": "最急的在前", "received": "先收到的在前", "newest": "新收到的在前", "changed": "最近有变化的在前"}
STEPS = {
    "check": "材料审查",
    "instant": "当场办结",
    "examine": "审查",
    "decide": "决定",
    "record": "备案",
    "acknowledge": "接收核实",
    "intake": "收件",
    "unify_correction": "合并补正",
    "issue": "统一出件",
}
ORDER_OF = {"done": "changed", "every": "newest"}
DUES = {"today": "今天到期", "week": "7 天内到期", "overdue": "已逾期"}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the reader of the queue asks to see."""

    view: str = "mine"
    item: str = ""
    step: str = ""
    due: str = ""
    text: str = ""
    sort: str = ""
    after: str = ""
    before: str = ""

    @property
    def order(self) -> str:
        return self.sort or ORDER_OF.get(self.view, "due")

    @property
    def narrowed(self) -> bool:
        return bool(self.item or self.step or self.due or self.text)

    def query(self, **other: str) -> dict[str, str]:
        """The parts of an address that show this, with some replaced; empty parts are left out."""
        parts = {"view": self.view, "item": self.item, "step": self.step, "due": self.due, "q": self.text, "sort": self.sort}
        return {key: value for key, value in {**parts, **other}.items() if value and (key, value) != ("view", "mine")}


def wish_from(given: Mapping[str, str]) -> Wish:
    """What an address asks for; what is not known is left out."""
    view, sort, due, step = (given.get(name, "") for name in ("view", "sort", "due", "step"))
    return Wish(
        view=view if view in VIEWS else "mine",
        item=given.get("item", "")[:50],
        step=step if step in STEPS else "",
        due=due if due in DUES else "",
        text=given.get("q", "").strip()[:100],
        sort=sort if sort in SORTS else "",
        after=given.get("after", "")[:400],
        before=given.get("before", "")[:400],
    )


def number_in(text: str) -> str:
    """The case number somebody typed or pasted, grouped with blanks or not."""
    return "".join(text.split())


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def keyset(key: datetime, number: str) -> str:
    """A place in the queue as an address carries it."""
    return urlsafe_b64encode(f"{key.isoformat()}|{number}".encode()).decode().rstrip("=")


def place_of(text: str) -> tuple[datetime, str] | None:
    """The place an address names; None when it names none."""
    try:
        key, _, number = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition("|")
        return datetime.fromisoformat(key), number
    except (ValueError, NotBase64):
        return None
