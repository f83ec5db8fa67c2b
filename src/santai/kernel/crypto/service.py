"""The door of crypto: seals on documents and signatures on bytes. Every algorithm is chosen by the name of a suite."""

from santai.kernel.crypto.actions.seal import check_pdf, seal_pdf, seal_picture
from santai.kernel.crypto.actions.sign import sign_bytes, verify_bytes
from santai.kernel.crypto.adapters.keystore import root_certificate
from santai.kernel.crypto.errors import KeyStoreLocked, NotAPdf, UnknownSuite
from santai.kernel.crypto.messages import SealCheck

__all__ = [
    "KeyStoreLocked",
    "NotAPdf",
    "SealCheck",
    "UnknownSuite",
    "check_pdf",
    "root_certificate",
    "seal_pdf",
    "seal_picture",
    "sign_bytes",
    "verify_bytes",
]
