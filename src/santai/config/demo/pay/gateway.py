"""The provider's side of the open gateway protocol (RSA2): checks what it is asked, keeps trades, signs what it says.

Written from the public documentation (opendocs.alipay.com), not from the adapter; the contract tests run it behind an HTTP server of
their own.
"""

import base64
import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from santai.config.demo.pay.books import Books

APP_ID, SELLER = "demo-app", "demo-seller"
HEAD = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,"
    "支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
NOT_THERE = {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST", "sub_msg": "交易不存在"}


def refusal(code: str, said: str) -> dict[str, str]:
    return {"code": "40004", "msg": "Business Failed", "sub_code": code, "sub_msg": said}


class Gateway:
    """One merchant's account. ``clock``: the time in the provider's books, text ``YYYY-MM-DD HH:MM:SS``."""

    def __init__(self, *, books: Books, own_key: bytes, merchant_key: bytes, clock: Callable[[], datetime], bill_address: str) -> None:
        self.books, self.clock, self.bill_address = books, clock, bill_address
        self._own: Any = load_pem_private_key(own_key, password=None)
        self._merchant: Any = load_pem_public_key(merchant_key)

    # -- signatures ------------------------------------------------------------------------------------------------------------

    def is_ours(self, asked: Mapping[str, str]) -> bool:
        """Is the request signed by the merchant? Everything but ``sign`` counts."""
        text = "&".join("=".join(pair) for pair in sorted(asked.items()) if pair[0] != "sign" and pair[1])
        try:
            self._merchant.verify(base64.b64decode(asked.get("sign", "")), text.encode(), padding.PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            return False
        return asked.get("app_id") == APP_ID and asked.get("sign_type") == "RSA2"

    def sign(self, text: str) -> str:
        return base64.b64encode(self._own.sign(text.encode(), padding.PKCS1v15(), SHA256())).decode()

    def signed_notice(self, order_no: str) -> dict[str, str]:
        """The asynchronous call-back about a trade, ready to be posted."""
        trade = self.books.trade(order_no) or {}
        told = {
            "notify_id": f"{trade['trade_no']}-{trade['state']}",
            "notify_type": "trade_status_sync",
            "notify_time": self._now(),
            "charset": "utf-8",
            "version": "1.0",
            "app_id": APP_ID,
            "seller_id": SELLER,
            "out_trade_no": order_no,
            "trade_no": trade["trade_no"],
            "total_amount": trade["amount"],
            "receipt_amount": trade["amount"],
            "trade_status": trade["state"],
            "subject": trade["title"],
            "gmt_payment": trade.get("paid_at") or "",
        }
        return self.signed({key: value for key, value in told.items() if value})

    def signed(self, told: dict[str, str]) -> dict[str, str]:
        text = "&".join("=".join(pair) for pair in sorted(told.items()))
        return {**told, "sign_type": "RSA2", "sign": self.sign(text)}

    # -- the cashier -----------------------------------------------------------------------------------------------------------

    def open_trade(self, asked: Mapping[str, str]) -> str:
        """Somebody arrived at the cashier: the order number of the trade, begun if it is new. ValueError with what is wrong."""
        if not self.is_ours(asked):
            raise ValueError("签名不符，支付平台不接受这个请求。")
        content = json.loads(asked["biz_content"])
        order_no, amount = str(content["out_trade_no"]), f"{Decimal(str(content['total_amount'])):.2f}"

        def begin(trades: dict[str, Any]) -> dict[str, Any]:
            number = f"{self.clock():%Y%m%d}2200{len(trades) + 1:012d}"
            return trades.setdefault(
                order_no,
                {
                    "trade_no": number,
                    "amount": amount,
                    "title": str(content["subject"]),
                    "state": "WAIT_BUYER_PAY",
                    "notify_url": asked.get("notify_url", ""),
                    "return_url": asked.get("return_url", ""),
                    "made_at": self._now(),
                    "refunds": {},
                },
            )

        if self.books.change(begin)["amount"] != amount:
            raise ValueError("同一商户订单号的金额前后不一致。")
        return order_no

    def pay(self, order_no: str) -> bool:
        """The payer confirms. False when there is nothing (more) to pay."""

        def settle(trades: dict[str, Any]) -> bool:
            trade = trades.get(order_no)
            if trade is None or trade["state"] != "WAIT_BUYER_PAY":
                return False
            trade.update(state="TRADE_SUCCESS", paid_at=self._now())
            return True

        return self.books.change(settle)

    # -- questions -------------------------------------------------------------------------------------------------------------

    def answer(self, asked: Mapping[str, str]) -> str:
        """The signed JSON answer to a question of the merchant."""
        method = asked.get("method", "")
        if not self.is_ours(asked):
            said: dict[str, Any] = {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature", "sub_msg": "无效签名"}
        else:
            acts: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
                "alipay.trade.query": self._query,
                "alipay.trade.refund": self._refund,
                "alipay.trade.close": self._close,
                "alipay.data.dataservice.bill.downloadurl.query": self._bill,
            }
            act = acts.get(method)
            said = act(json.loads(asked.get("biz_content", "{}"))) if act else refusal("isv.invalid-method", "不存在的方法名")
        body = json.dumps(said, ensure_ascii=False)
        return f'{{"{method.replace(".", "_")}_response":{body},"sign":"{self.sign(body)}"}}'

    def _query(self, content: dict[str, Any]) -> dict[str, Any]:
        trade = self.books.trade(str(content.get("out_trade_no")))
        if trade is None:
            return NOT_THERE
        found = {"code": "10000", "msg": "Success", "out_trade_no": content["out_trade_no"], "trade_no": trade["trade_no"]}
        paid = {"send_pay_date": trade["paid_at"]} if trade.get("paid_at") else {}
        return {**found, "trade_status": trade["state"], "total_amount": trade["amount"], **paid}

    def _refund(self, content: dict[str, Any]) -> dict[str, Any]:
        amount = Decimal(str(content.get("refund_amount", "0")))

        def give_back(trades: dict[str, Any]) -> dict[str, Any]:
            trade = trades.get(str(content.get("out_trade_no")))
            if trade is None:
                return NOT_THERE
            request = str(content.get("out_request_no", ""))
            changed = "N"
            if request not in trade["refunds"]:
                back = sum((Decimal(one["amount"]) for one in trade["refunds"].values()), Decimal(0))
                if not trade.get("paid_at") or amount <= 0 or back + amount > Decimal(trade["amount"]):
                    return refusal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额超限")
                trade["refunds"][request] = {"amount": f"{amount:.2f}", "at": self._now()}
                changed = "Y"
                if back + amount == Decimal(trade["amount"]):
                    trade["state"] = "TRADE_CLOSED"
            return {
                "code": "10000",
                "msg": "Success",
                "out_trade_no": content["out_trade_no"],
                "trade_no": trade["trade_no"],
                "fund_change": changed,
                "refund_fee": trade["refunds"][request]["amount"],
            }

        return self.books.change(give_back)

    def _close(self, content: dict[str, Any]) -> dict[str, Any]:
        def shut(trades: dict[str, Any]) -> dict[str, Any]:
            trade = trades.get(str(content.get("out_trade_no")))
            if trade is None:
                return NOT_THERE
            if trade.get("paid_at"):
                return refusal("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
            trade["state"] = "TRADE_CLOSED"
            return {"code": "10000", "msg": "Success", "out_trade_no": content["out_trade_no"], "trade_no": trade["trade_no"]}

        return self.books.change(shut)

    def _bill(self, content: dict[str, Any]) -> dict[str, Any]:
        day = str(content.get("bill_date", ""))
        if day >= f"{self.clock():%Y-%m-%d}":
            return refusal("isv.bill_not_exist", "账单不存在")
        return {"code": "10000", "msg": "Success", "bill_download_url": f"{self.bill_address}?day={day}&sign={self.bill_mark(day)}"}

    # -- the statement ---------------------------------------------------------------------------------------------------------

    def bill_mark(self, day: str) -> str:
        """What makes an address of a statement hard to guess."""
        return self.sign(f"bill:{day}").translate(str.maketrans("+/=", "---"))[:40]

    def bill(self, day: str) -> bytes:
        """ZIP of the details and the summary of a day, as the provider packs them."""
        rows: list[list[str]] = []
        for order_no, trade in self.books.trades().items():
            if str(trade.get("paid_at") or "").startswith(day):
                rows.append(_row(trade, order_no, "交易", trade["amount"], trade["paid_at"], ""))
            for number, back in trade["refunds"].items():
                if back["at"].startswith(day):
                    rows.append(_row(trade, order_no, "退款", f"-{back['amount']}", back["at"], number))
        held = io.StringIO()
        held.write(f"#支付宝业务明细查询\n#账号：[{SELLER}]\n#起始日期：[{day} 00:00:00]\n#{'-' * 40}业务明细列表{'-' * 40}\n{HEAD}\n")
        csv.writer(held, lineterminator="\n").writerows(rows)
        held.write(f"#{'-' * 40}业务明细列表结束{'-' * 36}\n#交易合计：{len(rows)}笔\n")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as sheets:
            sheets.writestr(f"{SELLER}_{day}_业务明细.csv", held.getvalue().encode("gb18030"))
            sheets.writestr(f"{SELLER}_{day}_业务明细(汇总).csv", f"#支付宝业务汇总查询\n#交易合计：{len(rows)}笔\n".encode("gb18030"))
        return packed.getvalue()

    def _now(self) -> str:
        return f"{self.clock():%Y-%m-%d %H:%M:%S}"


def _row(trade: dict[str, Any], order_no: str, kind: str, amount: str, at: str, request: str) -> list[str]:
    return [
        f"{trade['trade_no']}\t",
        f"{order_no}\t",
        kind,
        trade["title"],
        trade["made_at"],
        at,
        "\t",
        "\t",
        "\t",
        "\t",
        "演示付款人",
        amount,
        amount,
        "0.00",
        "0.00",
        "0.00",
        "0.00",
        "0.00",
        "",
        "0.00\t",
        "0.00",
        f"{request}\t",
        "0.00",
        "0.00",
        "",
    ]
