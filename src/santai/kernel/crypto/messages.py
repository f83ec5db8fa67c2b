"""Values that cross the door of crypto."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SealCheck:
    """What the seals of a PDF prove.

    ``valid`` is true only when there is at least one seal, every seal is intact, its chain ends in a trusted root, and the last one covers
    the entire file. ``signer`` names the organisation of the last seal. ``problems`` are sentences for a person. A seal alone is not the
    whole proof of a licence: the register's digest is compared too (assurance.md §4: bits inside the signature container may flip).
    """

    valid: bool
    signer: str = ""
    signer_code: str = ""
    signed_at: str = ""  # ISO, as the signer states it
    reason: str = ""
    suite: str = ""
    seals: int = 0
    demonstration: bool = False  # the chain ends in the demonstration root
    problems: tuple[str, ...] = ()
