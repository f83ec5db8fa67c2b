"""Seal a document, check a seal."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings

from santai.kernel.crypto import rules
from santai.kernel.crypto.adapters import keystore, pades
from santai.kernel.crypto.messages import SealCheck
from santai.kernel.render.service import pdf as make_pdf


def seal_pdf(
    pdf: bytes, *, organisation: str, organisation_name: str, reason: str, at: datetime, suite: str = rules.INTERNATIONAL
) -> bytes:
    """``pdf`` with the organisation's electronic seal: a PAdES B-B signature over the whole file (ECDSA P-256, SHA-256).

    The seal's picture appears where the document leaves the named place ``seal``; without one the signature is invisible. ``at`` is the
    time the signer states. Raises NotAPdf, KeyStoreLocked, UnknownSuite. Costs about 0.1 s: call it after the commit.
    """
    rules.require_suite(suite)
    key = keystore.seal_of(organisation, organisation_name)
    picture = seal_picture(organisation_name)
    return pades.sign(pdf, key, keystore.root_certificate(), reason=reason, at=at, picture=picture, name=organisation_name)


@lru_cache(maxsize=256)
def seal_picture(organisation_name: str) -> bytes:
    """The drawn seal as a one-page PDF, 42 mm square; in a demonstration city it says 演示样章."""
    return make_pdf("kernel_render/seal", {"name": organisation_name, "label": "演示样章" if settings.DEMO else ""}, archival=False)


def check_pdf(pdf: bytes, *, at: datetime | None = None) -> SealCheck:
    """What the seals on ``pdf`` prove; never raises for a bad file.

    Valid means: at least one seal, each intact and chained to the trusted root, the last covering the entire file (appended bytes are
    refused). Bits inside the signature's own container may still differ, so whoever keeps a register compares its digest too.
    """
    found = pades.check(pdf, keystore.root_certificate(), at=at)
    return rules.with_suite(found)
