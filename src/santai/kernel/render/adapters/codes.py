"""QR codes by segno (ISO/IEC 18004), error correction M: readable when printed on plain paper and a little worn."""

import io

import segno


def svg(text: str, *, scale: int = 4) -> str:
    """An inline-able SVG element without style attributes (the content security policy allows none), as large as its page makes it."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=scale, border=2, xmldecl=False, svgns=True, omitsize=True, light="#fff"
    )
    return out.getvalue().decode()


def png(text: str, *, scale: int = 6) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=2)
    return out.getvalue()
