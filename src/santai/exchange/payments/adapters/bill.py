"""The day's statement as the provider packs it: a ZIP with a CSV of details (GBK, lines with # are remarks)."""

import csv
import io
import zipfile
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from santai.exchange.payments.adapters.port import GatewayAway
from santai.exchange.payments.messages import StatementLine

CITY = ZoneInfo("Asia/Shanghai")
MOST_BYTES = 64 * 1024 * 1024
TRADE, ORDER, KIND, DONE, AMOUNT, REQUEST = "支付宝交易号", "商户订单号", "业务类型", "完成时间", "订单金额（元）", "退款批次号/请求号"


def lines_of_bill(packed: bytes) -> list[StatementLine]:
    """Every movement in the file of details. GatewayAway when it is no such file."""
    text = _details(packed)
    rows = csv.reader(line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    table = [[cell.strip() for cell in row] for row in rows]
    if not table:
        return []
    head = [name.replace("(", "（").replace(")", "）") for name in table[0]]
    if missing := [name for name in (TRADE, ORDER, KIND, AMOUNT, REQUEST) if name not in head]:
        raise GatewayAway(f"对账单缺少列：{'、'.join(missing)}")
    return [_line(dict(zip(head, row, strict=False))) for row in table[1:]]


def _details(packed: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as held:
            sheets = [one for one in held.infolist() if one.filename.lower().endswith(".csv")]
            texts = [_text(held.read(one)) for one in sheets if one.file_size <= MOST_BYTES]
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise GatewayAway("对账单不是压缩文件") from error
    found = [text for text in texts if REQUEST in text]  # the summary has no such column
    if not found:
        raise GatewayAway("对账单里没有业务明细")
    return found[0]


def _text(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GatewayAway("对账单的文字编码无法识别")


def _line(row: dict[str, str]) -> StatementLine:
    refund = row[KIND] == "退款"
    try:
        amount = abs(Decimal(row[AMOUNT]))
        at = datetime.strptime(row[DONE], "%Y-%m-%d %H:%M:%S").replace(tzinfo=CITY) if row.get(DONE) else None
    except (InvalidOperation, ValueError) as error:
        raise GatewayAway(f"对账单有无法识别的行：{row.get(TRADE, '')}") from error
    return StatementLine(
        kind="refund" if refund else "payment",
        order_no=row[ORDER],
        trade_no=row[TRADE],
        amount=amount,
        refund_no=row[REQUEST] if refund else "",
        at=at,
    )
