"""Render and seal one 收件凭证, and lay it among the applicant's documents."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from santai.exchange.contracts.service import DocumentServed
from santai.front.counter.models import Receipt
from santai.front.hall.service import take_paper
from santai.kernel.crypto.service import seal_pdf
from santai.kernel.files.service import store
from santai.kernel.ledger.service import system_actor
from santai.kernel.render.service import pdf, qr_svg

TITLE = "收件凭证"


@transaction.atomic
def make_receipt(*, receipt_no: str, at: datetime) -> bool:
    """Make it unless another worker holds or made it; trouble is kept beside it and tried again later. True when something was done."""
    receipt = Receipt.objects.select_for_update(skip_locked=True).filter(receipt_no=receipt_no, digest="").first()
    if receipt is None:
        return False
    actor = system_actor("front.counter")
    try:
        page = pdf("kernel_render/official_document", letter(receipt))
        sealed = seal_pdf(
            page,
            organisation=receipt.organisation,
            organisation_name=receipt.organisation_name,
            reason=f"{TITLE} {receipt.receipt_no}",
            at=at,
        )
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one paper must not stop the others
        receipt.attempts += 1
        receipt.trouble = f"{type(error).__name__}: {error}"[:2000]
        receipt.next_attempt_at = at + timedelta(minutes=2 ** min(receipt.attempts, 8))
        receipt.save(update_fields=["attempts", "trouble", "next_attempt_at"])
        return True
    file = store(content=sealed, name=f"{TITLE}.pdf", accepted_types=("application/pdf",), actor=actor, at=at)
    receipt.digest, receipt.size, receipt.trouble = file.digest, file.size, ""
    receipt.save(update_fields=["digest", "size", "trouble"])
    take_paper(
        message=DocumentServed(
            case_no=receipt.case_no,
            document_no=receipt.receipt_no,
            title=TITLE,
            kind="receipt",
            issued_at=receipt.issued_at.isoformat(),
            organisation_name=receipt.organisation_name,
            file=file,
        )
    )
    return True


def track_address(receipt: Receipt) -> str:
    """Where the QR code of a receipt leads: progress without signing in."""
    code = receipt.data["query_code"]
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}/front/hall/track/?case_no={receipt.case_no}&code={code}"


def letter(receipt: Receipt) -> dict[str, Any]:
    """The words of the receipt, from the facts frozen when the papers were taken in."""
    facts = receipt.data
    received = localtime(datetime.fromisoformat(facts["received_at"]))
    headers = ["序号", "材料名称", "提交方式和份数", "原件", "审查", "说明"]
    rows = [[str(n), one["name"], one["how"], one["original"], one["verdict"], one["remark"]] for n, one in enumerate(facts["rows"], 1)]
    known = [
        ["办件编号", receipt.case_no],
        ["事项名称", facts["item"]],
        ["办理部门", facts["department"]],
        ["申请人", facts["applicant"]],
        ["提交人", facts["present"] + (f"（{facts['authority']}）" if facts["authority"] else "")],
        ["收件时间", chinese_moment(received)],
        ["收件窗口", f"{receipt.organisation_name}　{facts['post']} {facts['clerk']}"],
        ["查询码", facts["query_code"]],
    ]
    if facts["late_reason"]:
        entered = localtime(datetime.fromisoformat(facts["entered_at"]))
        known.append(["停机补录", f"{facts['late_reason']}；录入于{chinese_moment(entered)}，由{facts['approved_by']}批准"])
    if facts["moved_from"]:
        known.append(["转自办件", f"{facts['moved_from']}（事项选错，经申请人同意转办，收件时间不变）"])
    wanting = [one["name"] for one in facts["rows"] if one["verdict"] in ("不合格", "需补正")]
    after = ["收件时间为您首次提交材料的时间，办理部门自这一天起计算告知补正的期限。"]
    if wanting:
        after.append(f"窗口审查认为{'、'.join(wanting)}需要补正。办理部门将一次性告知需要补正的全部内容。")
    after.append("本凭证不代表申请已被受理。凭办件编号和查询码可以在政务服务网“查办件进度”查询，不需要手机。")
    return {
        "organisation": receipt.organisation_name,
        "number": receipt.receipt_no,
        "title": TITLE,
        "to": facts["applicant"],
        "paragraphs": [f"您提出的“{facts['item']}”申请及下列材料已经收到。"],
        "facts": known,
        "table": {"headers": headers, "rows": rows} if rows else None,
        "after": after,
        "day": f"{localtime(receipt.issued_at):%Y}年{localtime(receipt.issued_at).month}月{localtime(receipt.issued_at).day}日",
        "qr_svg": qr_svg(track_address(receipt)),
        "note": "扫码查进度",
    }


def chinese_moment(when: datetime) -> str:
    """2026年12月3日 09:05"""
    return f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}"
