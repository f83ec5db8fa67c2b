"""Algorithm suites. A suite names every algorithm at once; stored envelopes carry its name, so that old papers stay checkable."""

from dataclasses import replace

from santai.kernel.crypto.errors import UnknownSuite
from santai.kernel.crypto.messages import SealCheck

INTERNATIONAL = "international"  # ECDSA P-256, SHA-256, HMAC-SHA-256, AES-256
SUITES = frozenset({INTERNATIONAL})  # issue D adds "sm": SM2, SM3, SM4


def require_suite(suite: str) -> None:
    if suite not in SUITES:
        raise UnknownSuite(suite=suite)


def with_suite(check: SealCheck) -> SealCheck:
    return replace(check, suite=INTERNATIONAL) if check.seals else check
