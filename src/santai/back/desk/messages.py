"""What the desk's acts are given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from santai.back.approvals.service import DefectInput
from santai.back.desk.errors import ActUnknown
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import whole


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the officer entered for an act."""

    case_no: str
    sub_case_no: str = ""
    task: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    defects: tuple[DefectInput, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def step(self) -> UUID:
        try:
            return UUID(self.task)
        except ValueError:
            raise ActUnknown() from None

    def text(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def number(self, name: str, what: str) -> int:
        found = whole(self.text(name), most=365)
        if not found:
            raise ActRefused(f"请填写{what}，用 1 到 365 的整数。", fields={name: "请填写 1 到 365 的整数。"})
        return found
