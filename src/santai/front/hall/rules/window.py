"""What a window adds to an application. Pure but for the draw of a code."""

import secrets
from collections.abc import Mapping
from typing import Any

from santai.exchange.contracts.messages.cases import Assistance
from santai.kernel.forms.service import Form, value_at

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I, which are misread on paper


def query_code() -> str:
    """Eight letters for the receipt: forty bits, guessed by nobody."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


def submitted_said(assistance: Assistance | None) -> str:
    """The first line of the timeline."""
    if assistance is None:
        return "您提交了申请。"
    late = f"（停机补录：{assistance.late_reason}）" if assistance.late_reason else ""
    moved = f"（由办件{assistance.moved_from}转来，收件时间不变）" if assistance.moved_from else ""
    return f"您在{assistance.organisation_name}窗口提交了申请，由{assistance.clerk}协助录入{late}{moved}。"


def without_phone(form: Form, data: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, str]:
    """The errors but for empty telephone numbers: who has none is served at the window all the same."""
    phones = {path for path, field in form.fields.items() if field.widget in ("mobile", "phone")}
    return {path: text for path, text in errors.items() if not (path in phones and value_at(data, path) in (None, ""))}
