"""Reading stored files, and the short-lived links to them."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from django.core import signing
from django.urls import reverse

from santai.kernel.files.adapters import folder
from santai.kernel.files.errors import FileUnknown, LinkExpired, MayNotRead
from santai.kernel.files.messages import FileRef
from santai.kernel.ledger.service import Actor

SALT = "santai.kernel.files"
# Who may read a digest in a context; rooms register themselves (house.md rule 2).
Reader = Callable[[Actor | None, str, str], bool]
READERS: dict[str, Reader] = {}


def register_reader(context: str, may_read: Reader) -> None:
    """``may_read(actor, digest, subject)`` is asked again each time a link made for ``context`` is opened."""
    READERS[context] = may_read


def path_of(digest: str) -> Path:
    """The stored file; FileUnknown when it is not here."""
    try:
        path = folder.path_of(digest)
    except ValueError:
        raise FileUnknown(digest=digest) from None
    if not path.exists():
        raise FileUnknown(digest=digest)
    return path


def exists(digest: str) -> bool:
    try:
        return folder.path_of(digest).exists()
    except ValueError:
        return False


def read(digest: str) -> bytes:
    """All bytes; FileUnknown."""
    return path_of(digest).read_bytes()


def open_stored(digest: str) -> IO[bytes]:
    """The file opened for reading; the caller closes it. FileUnknown."""
    return path_of(digest).open("rb")


def download_url(
    ref: FileRef, actor: Actor | None, seconds: int = 900, *, context: str = "", subject: str = "", inline: bool = False
) -> str:
    """A link that works for this actor (for everyone, when None) and for so many seconds.

    The room that makes it has decided that the actor may read the file; with ``context`` (see ``register_reader``) the decision is
    asked for again when the link is opened. ``inline``: shown in the page instead of saved, for PDF and pictures.
    """
    token = signing.dumps(
        {
            "d": ref.digest,
            "n": ref.name,
            "t": ref.media_type,
            "a": actor.account if actor else "",
            "s": seconds,
            "c": context,
            "o": subject,
            "i": inline,
        },
        salt=SALT,
        compress=True,
    )
    return reverse("kernel_files:download", args=[token, quote(ref.name, safe="")])


def opened_link(token: str, actor: Actor | None) -> tuple[FileRef, bool]:
    """What a link leads to and whether it is shown inline; LinkExpired, MayNotRead, FileUnknown."""
    claims = _claims(token, SALT)
    if claims["a"] and (actor is None or actor.account != claims["a"]):
        raise MayNotRead
    reader = READERS.get(claims["c"]) if claims["c"] else None
    if claims["c"] and (reader is None or not reader(actor, claims["d"], claims["o"])):
        raise MayNotRead
    size = path_of(claims["d"]).stat().st_size
    return FileRef(digest=claims["d"], name=claims["n"], size=size, media_type=claims["t"]), bool(claims["i"])


def upload_ticket(*, actor: Actor, accepted_types: Collection[str], max_megabytes: int, seconds: int = 4 * 3600) -> str:
    """What a page carries so that its uploads are held to the limits the room set, not to what the browser says."""
    return signing.dumps(
        {"a": actor.account, "t": list(accepted_types), "m": max_megabytes, "s": seconds}, salt=f"{SALT}.upload", compress=True
    )


def read_ticket(ticket: str, actor: Actor) -> tuple[tuple[str, ...], int]:
    """(accepted types, megabytes) of a ticket made for this actor."""
    claims = _claims(ticket, f"{SALT}.upload")
    if claims["a"] != actor.account:
        raise MayNotRead
    return tuple(claims["t"]), int(claims["m"])


def file_token(ref: FileRef, actor: Actor, seconds: int = 24 * 3600) -> str:
    """Proof that this actor uploaded this file, for the form that hands it in (a digest alone proves nothing)."""
    return signing.dumps(
        {"d": ref.digest, "n": ref.name, "z": ref.size, "t": ref.media_type, "a": actor.account, "s": seconds}, salt=f"{SALT}.file"
    )


def file_from_token(token: str, actor: Actor) -> FileRef:
    """The file of a token made for this actor; LinkExpired, MayNotRead."""
    claims = _claims(token, f"{SALT}.file")
    if claims["a"] != actor.account:
        raise MayNotRead
    return FileRef(digest=claims["d"], name=claims["n"], size=claims["z"], media_type=claims["t"])


def _claims(token: str, salt: str) -> dict[str, Any]:
    try:
        claims = signing.loads(token, salt=salt)
        signing.loads(token, salt=salt, max_age=claims["s"])
    except (signing.BadSignature, KeyError, TypeError):
        raise LinkExpired from None
    return dict(claims)
