"""A payment provider behind an HTTP server of the test's own: the gateway protocol, with the faults a real one has."""

import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from santai.config.demo.pay.books import Books
from santai.config.demo.pay.gateway import APP_ID, SELLER, Gateway
from santai.config.demo.pay.keys import ensure_keys

CITY = ZoneInfo("Asia/Shanghai")


class PayServer:
    """``fault``: ``silent`` hangs up without an answer, ``late`` does it and hangs up, ``forged`` alters what was signed, ``nonsense`` is
    no JSON. ``asked``: methods in the order they came."""

    def __init__(self, folder: Path) -> None:
        ensure_keys(folder)
        self.folder = folder
        self.now = datetime(2026, 3, 4, 10, 0, tzinfo=CITY)
        self.fault = ""
        self.asked: list[str] = []
        outer = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                told = dict(urllib.parse.parse_qsl(body))
                outer.asked.append(told.get("method", ""))
                if outer.fault == "silent":
                    self.close_connection = True
                    return
                text = outer.gateway.answer(told)
                if outer.fault == "late":  # it happened, and nobody hears of it
                    self.close_connection = True
                    return
                if outer.fault == "forged":
                    text = text.replace('"code": "10000"', '"code":  "10000"')
                self._send(b"<html>502</html>" if outer.fault == "nonsense" else text.encode(), "text/json")

            def do_GET(self) -> None:
                asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                self._send(outer.gateway.bill(asked["day"]), "application/zip")

            def _send(self, body: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.gateway = Gateway(
            books=Books(folder / "books.json"),
            own_key=(folder / "provider.pem").read_bytes(),
            merchant_key=(folder / "platform.pub").read_bytes(),
            clock=lambda: self.now.astimezone(CITY),
            bill_address=f"{self.address}/bill/",
        )

    def setting(self) -> dict[str, str]:
        return {
            "gateway": f"{self.address}/gateway.do",
            "app_id": APP_ID,
            "seller_id": SELLER,
            "private_key": str(self.folder / "platform.pem"),
            "provider_key": str(self.folder / "provider.pub"),
            "title": "测试支付平台",
        }

    def visit(self, url: str) -> str:
        """A payer follows the address to the cashier; the order number."""
        return self.gateway.open_trade(dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query)))


@contextmanager
def running(folder: Path) -> Iterator[PayServer]:
    server = PayServer(folder)
    thread = threading.Thread(target=server.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.server.shutdown()
        server.server.server_close()
        thread.join()
