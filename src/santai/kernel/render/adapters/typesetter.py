"""typst with complete Chinese fonts.

One compiler a thread, kept: a page costs about 3 ms that way and 24 ms when started anew (stack.md §7). The four font files come from the
npm packages that set-up installs; system fonts are not used, so that the same data gives the same bytes anywhere.
"""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from santai.kernel.render.errors import FontsMissing, TemplateBroken

SOURCE = (
    Path(__file__).resolve().parents[3]
)  # src/santai: templates import the shared module as "/kernel/render/templates/typst/official.typ"
FONT_FILES = (
    "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
)
_here = threading.local()
_lock = threading.Lock()
_fonts: typst.Fonts | None = None


def font_paths() -> list[Path]:
    """Where each of the four fonts lies: copied to ``VAR/fonts`` by set-up, else in the npm folder; FontsMissing names what is absent."""
    found: list[Path] = []
    missing: list[str] = []
    for name in FONT_FILES:
        short = Path(name).name.replace("_400", "-").replace("_700", "-")  # as `make assets` names its copies
        npm = settings.ROOT / "node_modules/@expo-google-fonts"
        candidates = [settings.FONTS_DIR / short, settings.VAR / "fonts" / Path(name).name, npm / name]
        path = next((candidate for candidate in candidates if candidate.exists()), None)
        if path:
            found.append(path)
        else:
            missing.append(Path(name).name)
    if missing:
        raise FontsMissing(f"缺少字体：{'、'.join(missing)}。请运行 `make setup`。")
    return found


def _compiler() -> typst.Compiler:
    global _fonts
    compiler: typst.Compiler | None = getattr(_here, "compiler", None)
    if compiler is None:
        with _lock:
            if _fonts is None:
                folders = sorted({str(path.parent) for path in font_paths()})
                _fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
        compiler = _here.compiler = typst.Compiler(root=str(SOURCE), font_paths=_fonts, ignore_system_fonts=True)
    return compiler


def families() -> list[str]:
    _compiler()
    assert _fonts is not None
    return list(_fonts.families())


def typeset(source: bytes, data: dict[str, Any], *, created: datetime, archival: bool, title: str = "") -> bytes:
    """A PDF (PDF/A-2b when ``archival``) from typst source; the template reads its data with ``json(bytes(sys.inputs.data))``."""
    compiler = _compiler()
    try:
        made = compiler.compile(
            input=source,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards="a-2b" if archival else [],
            timestamp=int(created.astimezone(UTC).timestamp()),
        )
    except typst.TypstError as trouble:
        raise TemplateBroken(diagnostic=getattr(trouble, "diagnostic", "") or str(trouble)) from trouble
    if not isinstance(made, bytes):
        raise TemplateBroken(diagnostic="typst gave no single document")
    return made
