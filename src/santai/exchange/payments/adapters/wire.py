"""HTTP to the provider: http(s) only, a time limit, a size limit, and one kind of trouble."""

import http.client
import urllib.request
from urllib.parse import urlsplit

from santai.exchange.payments.adapters.port import GatewayAway

MOST_BYTES = 32 * 1024 * 1024


def fetch(url: str, *, timeout: float, body: bytes | None = None) -> bytes:
    """GET, or POST of form data. GatewayAway for everything that is no answer."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise GatewayAway("支付平台给出的地址不是网址")
    headers = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"} if body is not None else {}
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            found = answer.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise GatewayAway(f"支付平台没有应答（{type(error).__name__}）") from error
    if len(found) > MOST_BYTES:
        raise GatewayAway("支付平台的应答过大")
    return bytes(found)
