"""Signed HTTP between zones, with the standard library and no proxy in between."""

import json
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from santai.exchange.bus import rules
from santai.exchange.bus.errors import LinkDown, LinkRefused

SENDER, TIME, SIGNATURE = "X-Santai-Zone", "X-Santai-Time", "X-Santai-Signature"
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _key() -> str:
    if not settings.ZONE_LINK_KEY:
        raise LinkRefused("没有设置分区之间的密钥（SANTAI_LINK_KEY），链路不能使用。")
    return str(settings.ZONE_LINK_KEY)


def call(zone: str, path: str, body: bytes = b"", *, timeout: float = 20.0) -> bytes:
    """POST ``body`` to a neighbouring zone and return its signed answer; raises LinkDown."""
    address = settings.ZONE_LINKS.get(zone)
    if not address:
        raise LinkDown(f"没有设置到分区 {zone} 的链路地址（SANTAI_LINKS）。")
    stamp = str(int(time.time()))
    request = urllib.request.Request(  # noqa: S310  (the address comes from the settings)
        address.rstrip("/") + path,
        data=body,
        method="POST",
        headers={
            "Content-Type": "application/json",
            SENDER: settings.ZONE,
            TIME: stamp,
            SIGNATURE: rules.signature(_key(), "request", settings.ZONE, zone, stamp, path, body),
        },
    )
    try:
        with _opener.open(request, timeout=timeout) as response:
            answer: bytes = response.read()
            signed = response.headers.get(SIGNATURE, "")
    except urllib.error.HTTPError as error:
        raise LinkDown(f"分区 {zone} 回答了 {error.code}。", status=error.code) from error
    except (OSError, TimeoutError) as error:
        raise LinkDown(f"连接分区 {zone} 失败：{getattr(error, 'reason', error)}。") from error
    if not rules.same(signed, rules.signature(_key(), "answer", stamp, path, answer)):
        raise LinkDown(f"分区 {zone} 的回答签名不正确。")
    return answer


def sender_of(headers: Any, path: str, body: bytes) -> tuple[str, str]:
    """The zone that signed a request and its time stamp; raises LinkRefused."""
    sender, stamp, signed = (str(headers.get(name, "")) for name in (SENDER, TIME, SIGNATURE))
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > rules.CLOCK_TOLERANCE:
        raise LinkRefused("链路请求的时间相差过大，请校准两边的时钟。")
    if not rules.same(signed, rules.signature(_key(), "request", sender, settings.ZONE, stamp, path, body)):
        raise LinkRefused
    return sender, stamp


def answer_signature(stamp: str, path: str, answer: bytes) -> str:
    return rules.signature(_key(), "answer", stamp, path, answer)


def dumps(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
