"""The open gateway protocol of 支付宝, signature RSA2.

Public documentation: opendocs.alipay.com/apis/api_1/alipay.trade.page.pay, and beside it …query, …refund, …close;
opendocs.alipay.com/apis/api_15/alipay.data.dataservice.bill.downloadurl.query; signing and checking (自行实现签名、验签):
opendocs.alipay.com/open/291/106074; asynchronous call-back: opendocs.alipay.com/open/270/105902 (all parameters but sign and sign_type,
sorted, joined by &, SHA256withRSA).
"""

import base64
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from santai.exchange.payments.adapters.bill import lines_of_bill
from santai.exchange.payments.adapters.port import BadCallback, GatewayAway, GatewayRefused
from santai.exchange.payments.adapters.wire import fetch
from santai.exchange.payments.messages import StatementLine, Trade

CITY = ZoneInfo("Asia/Shanghai")
PAID = ("TRADE_SUCCESS", "TRADE_FINISHED")
TIMEOUT = 5.0  # seconds


class AlipayGateway:
    """One account at one gateway. Keys are PEM; the provider's is its public one."""

    def __init__(
        self, *, gateway: str, app_id: str, seller_id: str, private_key: bytes, provider_key: bytes, title: str, demonstration: bool = False
    ) -> None:
        self.gateway, self.app_id, self.seller_id = gateway, app_id, seller_id
        self.title, self.demonstration = title, demonstration
        own, theirs = load_pem_private_key(private_key, password=None), load_pem_public_key(provider_key)
        if not isinstance(own, RSAPrivateKey) or not isinstance(theirs, RSAPublicKey):
            raise TypeError("支付平台的密钥必须是 RSA 密钥（PEM）。")
        self._own, self._theirs = own, theirs

    # -- what the port promises ------------------------------------------------------------------------------------------------

    def cashier(self, *, order_no: str, amount: Decimal, title: str, notify_url: str, return_url: str, at: datetime) -> str:
        content = {"out_trade_no": order_no, "product_code": "FAST_INSTANT_TRADE_PAY", "total_amount": f"{amount:.2f}", "subject": title}
        more = {"notify_url": notify_url, "return_url": return_url}
        return f"{self.gateway}?{urlencode(self._signed('alipay.trade.page.pay', content, at, more))}"

    def read_callback(self, told: Mapping[str, str]) -> Trade:
        unsigned = {key: value for key, value in told.items() if key not in ("sign", "sign_type")}
        if told.get("sign_type", "RSA2") != "RSA2" or not self._proves(_joined(unsigned).encode(), told.get("sign", "")):
            raise BadCallback("wrong_signature")
        if told.get("app_id") != self.app_id or (self.seller_id and told.get("seller_id") != self.seller_id):
            raise BadCallback("wrong_receiver")
        return _trade(told, told.get("total_amount", ""))

    def find(self, *, order_no: str, at: datetime) -> Trade | None:
        try:
            answer = self._call("alipay.trade.query", {"out_trade_no": order_no}, at)
        except _NoTrade:
            return None
        return _trade(answer, answer.get("total_amount", ""))

    def refund(self, *, order_no: str, refund_no: str, amount: Decimal, reason: str, at: datetime) -> None:
        content = {"out_trade_no": order_no, "out_request_no": refund_no, "refund_amount": f"{amount:.2f}", "refund_reason": reason[:200]}
        try:
            self._call("alipay.trade.refund", content, at)
        except _NoTrade as error:
            raise GatewayRefused("支付平台没有这笔交易") from error

    def close(self, *, order_no: str, at: datetime) -> None:
        try:
            self._call("alipay.trade.close", {"out_trade_no": order_no}, at)
        except (_NoTrade, GatewayRefused):
            return  # nobody began to pay, or it is paid: then its call-back sends the money back

    def statement(self, *, day: date, at: datetime) -> list[StatementLine]:
        try:
            answer = self._call("alipay.data.dataservice.bill.downloadurl.query", {"bill_type": "trade", "bill_date": day.isoformat()}, at)
        except (_NoTrade, GatewayRefused) as error:
            raise GatewayAway(str(error) or "账单尚未生成") from error
        return lines_of_bill(fetch(str(answer["bill_download_url"]), timeout=TIMEOUT * 4))

    # -- the protocol ----------------------------------------------------------------------------------------------------------

    def _signed(self, method: str, content: Mapping[str, Any], at: datetime, more: Mapping[str, str]) -> dict[str, str]:
        asked = {
            "app_id": self.app_id,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": at.astimezone(CITY).strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
            "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
            **more,
        }
        signature = self._own.sign(_joined(asked).encode(), PKCS1v15(), hashes.SHA256())
        return {**asked, "sign": base64.b64encode(signature).decode()}

    def _call(self, method: str, content: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Ask; the answer's signature stands over the text of its object exactly as it was sent."""
        asked = urlencode(self._signed(method, content, at, {})).encode()
        text = fetch(self.gateway, body=asked, timeout=TIMEOUT).decode()
        name = f"{method.replace('.', '_')}_response"
        try:
            answer = json.loads(text)
            said = dict(answer[name])
        except (ValueError, KeyError, TypeError) as error:
            raise GatewayAway("支付平台的应答无法识别") from error
        if not self._proves(_object_in(text, name).encode(), str(answer.get("sign", ""))):
            raise GatewayAway("支付平台应答的签名不符")
        if said.get("code") == "10000":
            return said
        if said.get("sub_code") in ("ACQ.TRADE_NOT_EXIST",):
            raise _NoTrade
        if said.get("code") == "20000" or said.get("sub_code") in ("ACQ.SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR"):
            raise GatewayAway(str(said.get("sub_msg") or said.get("msg")))
        raise GatewayRefused(str(said.get("sub_msg") or said.get("msg") or said.get("code")))

    def _proves(self, text: bytes, signature: str) -> bool:
        try:
            self._theirs.verify(base64.b64decode(signature, validate=True), text, PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True


class _NoTrade(Exception):
    """The provider has no trade of this number."""


def _joined(told: Mapping[str, str]) -> str:
    """What is signed: the parameters that have a value, by name, ``k=v`` joined by ``&``."""
    return "&".join(f"{key}={told[key]}" for key in sorted(told) if told[key] != "")


def _object_in(text: str, name: str) -> str:
    """The text of the object ``name`` inside an answer, byte for byte."""
    start = text.index("{", text.index(f'"{name}"'))
    _, end = json.JSONDecoder().raw_decode(text, start)
    return text[start:end]


def _trade(told: Mapping[str, Any], amount: str) -> Trade:
    when = told.get("gmt_payment") or told.get("send_pay_date")
    try:
        at = datetime.strptime(str(when), "%Y-%m-%d %H:%M:%S").replace(tzinfo=CITY) if when else None
        value = Decimal(str(amount) or "0")
    except (ValueError, ArithmeticError) as error:
        raise GatewayAway("支付平台的应答无法识别") from error
    return Trade(
        order_no=str(told.get("out_trade_no", "")),
        trade_no=str(told.get("trade_no", "")),
        amount=value,
        paid=told.get("trade_status") in PAID,
        at=at,
    )
