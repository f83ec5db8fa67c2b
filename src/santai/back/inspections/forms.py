"""The questions of an act on the page, and the answers typed into them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import QueryDict

from santai.back.inspections import service
from santai.back.inspections.rules.questions import ON_SPOT, SHOWN, ActForm, Ask, officers_ask
from santai.kernel.codes.service import check_identifier
from santai.kernel.ledger.service import ActRefused

BAD_DAY, BAD_MONEY, BAD_NUMBER = "请选择日期。", "请填写金额（元），最多两位小数。", "请填写整数。"
MOST_MONEY = Decimal("100000000000")


def drawn(form: ActForm, *, inspectors: Iterable[Any] = (), post: QueryDict | None = None, errors: dict[str, str] | None = None) -> ActForm:
    """The form for the page: names carry the act, answers given before and what is wrong stand at their question."""
    asks = form.asks
    if SHOWN in asks or form is ON_SPOT:
        asks = (officers_ask(inspectors), *(asks if SHOWN in asks else (SHOWN, *asks)))
    errors = errors or {}

    def filled(ask: Ask) -> Ask:
        name = f"{form.act}-{ask.name}"
        given: Any = ask.value
        if post is not None:
            given = post.getlist(name) if ask.kind == "checkboxes" else post.get(name, "")
        return replace(ask, name=name, value=given, error=errors.get(name, ""))

    return replace(form, asks=tuple(filled(ask) for ask in asks))


class Answers:
    """What was typed into the form of one act; a wrong day or number is told at its field."""

    def __init__(self, act: str, post: QueryDict) -> None:
        self.act, self.post = act, post

    def text(self, name: str) -> str:
        return self.post.get(f"{self.act}-{name}", "").strip()

    def many(self, name: str) -> list[str]:
        return self.post.getlist(f"{self.act}-{name}")

    def ticked(self, name: str) -> bool:
        return bool(self.text(name))

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.text(name)) if self.text(name) else None
        except ValueError:
            raise service.WordsMissing(fields={name: BAD_DAY}) from None

    def wanted_day(self, name: str) -> date:
        found = self.day(name)
        if found is None:
            raise service.WordsMissing(fields={name: BAD_DAY})
        return found

    def money(self, name: str) -> Decimal:
        """Yuan; nothing typed is zero."""
        try:
            found = Decimal(self.text(name) or 0)
            wrong = not found.is_finite() or found < 0 or found > MOST_MONEY or found != found.quantize(Decimal("0.01"))
        except InvalidOperation:
            wrong = True
        if wrong:
            raise service.WordsMissing(fields={name: BAD_MONEY})
        return found

    def number(self, name: str) -> int:
        if not self.text(name).isdecimal() or len(self.text(name)) > 6:
            raise service.WordsMissing(fields={name: BAD_NUMBER})
        return int(self.text(name))

    def chosen(self, name: str, *values: str) -> str:
        """One of ``values``; WordsMissing at the field."""
        if self.text(name) not in values:
            raise service.WordsMissing(fields={name: "请选择一项。"})
        return self.text(name)

    def identifier(self, name: str) -> UUID:
        """EnforcementNotFound for what is no identifier of ours."""
        try:
            return UUID(self.text(name))
        except ValueError:
            raise service.EnforcementNotFound() from None

    def party(self) -> dict[str, Any]:
        """The party as a case keeps it. WordsMissing at the field; a code that does not check is told."""
        kind, code = self.text("kind"), self.text("code").upper()
        if kind not in ("organisation", "person"):
            raise service.WordsMissing(fields={"kind": "请选择当事人类型。"})
        code_kind = "credit-code" if kind == "organisation" else "resident-id"
        if code:
            try:
                code = check_identifier(code_kind, code)
            except ActRefused as refused:
                raise service.WordsMissing(fields={"code": refused.message}) from refused
        return {"kind": kind, "code_kind": code_kind if code else "", "code": code, "name": self.text("name")}


def errors_of(act: str, refused: ActRefused) -> dict[str, str]:
    """The refusal at the questions of its act, else above the page."""
    return {f"{act}-{name}": said for name, said in refused.fields.items()} or {"": refused.message}
