"""The demonstration provider as this city runs it: its keys, its books, its call-backs."""

import logging
import threading
import urllib.parse
import urllib.request
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime

from santai.config.demo.pay.books import Books
from santai.config.demo.pay.gateway import APP_ID, SELLER, Gateway
from santai.config.demo.pay.keys import ensure_keys
from santai.kernel.clocks.service import now

log = logging.getLogger(__name__)
TITLE = "演示支付平台"
TRIES = (0.2, 2.0, 10.0)  # seconds before each attempt to call back


def folder() -> Path:
    return Path(settings.SECRETS_DIR) / "demo-pay"


def offer() -> dict[str, str]:
    """What the platform has to know of this provider: the setting PAYMENTS."""
    base = settings.PUBLIC_ADDRESS.rstrip("/")
    ensure_keys(folder())
    return {
        "gateway": f"{base}/demo/pay/gateway/",
        "app_id": APP_ID,
        "seller_id": SELLER,
        "private_key": str(folder() / "platform.pem"),
        "provider_key": str(folder() / "provider.pub"),
        "title": TITLE,
        "demonstration": "True",
    }


def gateway() -> Gateway:
    return _gateway(str(folder()), str(Path(settings.VAR) / "demo-pay.json"), settings.PUBLIC_ADDRESS.rstrip("/"))


@lru_cache(maxsize=4)
def _gateway(keys: str, books: str, base: str) -> Gateway:
    ensure_keys(Path(keys))
    return Gateway(
        books=Books(Path(books)),
        own_key=(Path(keys) / "provider.pem").read_bytes(),
        merchant_key=(Path(keys) / "platform.pub").read_bytes(),
        clock=lambda: localtime(now()),
        bill_address=f"{base}/demo/pay/bill/",
    )


def call_back(order_no: str) -> None:
    """Tell the merchant, from another thread, until it says success; a merchant that never answers can ask."""
    trade = gateway().books.trade(order_no)
    if trade is None or not trade["notify_url"]:
        return
    told = urllib.parse.urlencode(gateway().signed_notice(order_no)).encode()
    threading.Thread(target=_post, args=(trade["notify_url"], told), name=f"call-back-{order_no}", daemon=True).start()


def _post(url: str, body: bytes) -> None:
    for wait in TRIES:
        threading.Event().wait(wait)
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=5) as answer:  # noqa: S310
                if answer.read(20).strip() == b"success":
                    return
        except OSError as trouble:
            log.info("call-back to %s: %s", url, trouble)
