"""Sign plain bytes for the links between zones and for short-lived tokens."""

import base64
import hashlib
import hmac

from santai.kernel.crypto import rules
from santai.kernel.crypto.adapters import keystore


def sign_bytes(content: bytes, *, suite: str = rules.INTERNATIONAL) -> str:
    """``<suite>:hmac-sha256:<base64url>`` under the key the zones share."""
    rules.require_suite(suite)
    tag = hmac.new(keystore.link_key(), content, hashlib.sha256).digest()
    return f"{suite}:hmac-sha256:{base64.urlsafe_b64encode(tag).decode()}"


def verify_bytes(content: bytes, signature: str) -> bool:
    """Does ``signature`` belong to ``content``? Compared in constant time; an unknown suite is simply not valid."""
    parts = signature.split(":")
    if len(parts) != 3 or parts[0] not in rules.SUITES or not signature.isascii():
        return False
    return hmac.compare_digest(sign_bytes(content, suite=parts[0]), signature)
