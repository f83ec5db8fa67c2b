"""Make a document from a registered template."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from santai.kernel.render.adapters import codes, typesetter
from santai.kernel.render.errors import UnknownTemplate

_templates: dict[str, Path] = {}
# PDF/A needs a date of creation; the same data must give the same bytes, so the clock is not asked.
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def register_template(key: str, path: Path) -> None:
    """Make ``path`` known as ``key`` (``<label>/<name>``); a second registration under the same key replaces the first."""
    _templates[key] = path


def registered_templates() -> dict[str, Path]:
    return dict(_templates)


def make_pdf(key: str, data: dict[str, Any], *, at: datetime | None = None, archival: bool = True) -> bytes:
    """The document as PDF/A-2b; the same data and ``at`` give the same bytes.

    ``data`` is plain JSON; a value under ``qr`` (the text of a code) reaches the template as SVG under ``qr_svg``. ``at`` becomes the
    document's date; without it ``data["issued_at"]`` (ISO) is used. Raises UnknownTemplate, TemplateBroken, FontsMissing.
    """
    path = _templates.get(key)
    if path is None:
        raise UnknownTemplate(template=key)
    if at is None and data.get("issued_at"):
        at = datetime.fromisoformat(str(data["issued_at"]))
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if data.get("qr"):
        data = {**data, "qr_svg": codes.svg(str(data["qr"]), scale=8)}
    return typesetter.typeset(path.read_bytes(), data, created=at or _UNDATED, archival=archival)
