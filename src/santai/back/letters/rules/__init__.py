"""Texts with named places: reading, checking, filling. Pure."""

import difflib
import re
from collections.abc import Iterator, Mapping

from santai.back.letters.messages import Kind

PLACE = re.compile(r"\{([^{}\n]*)\}")
LONGEST = 4000
REMEDIES = "救济"


def names_in(text: str) -> list[str]:
    """The placeholders of a text, each once, in order."""
    return list(dict.fromkeys(name.strip() for name in PLACE.findall(text)))


def problems(kind: Kind, before: str, after: str) -> dict[str, str]:
    """What is wrong, beside the field it is wrong in: ``before``, ``after``."""
    found: dict[str, str] = {}
    for field, text in (("before", before), ("after", after)):
        if said := next(_of_text(kind, text), ""):
            found[field] = said
    if "before" not in found and not before.strip():
        found["before"] = "请写正文。"
    missing = [name for name in kind.musts if name not in names_in(before) + names_in(after)]
    if missing and not found:
        field = "after" if REMEDIES in missing else "before"
        found[field] = f"依法必须写明，请加上：{'、'.join('{' + name + '}' for name in missing)}。"
    return found


def _of_text(kind: Kind, text: str) -> Iterator[str]:
    unknown = [name for name in names_in(text) if name not in kind.places]
    if unknown:
        shown = "、".join("{" + name + "}" for name in kind.places)
        yield f"没有“{{{unknown[0]}}}”这个内容。可以用：{shown}。"
    if re.search(r"[{}]", PLACE.sub("", text)):
        yield "花括号没有成对，请写成 {名称}。"
    if len(text) > LONGEST:
        yield f"最多 {LONGEST} 字，现在 {len(text)} 字。"


def filled(text: str, values: Mapping[str, str]) -> list[str]:
    """The paragraphs of a text with its places filled; a paragraph one of whose places has no content is left out."""
    paragraphs: list[str] = []
    for line in text.splitlines():
        names = names_in(line)
        if not line.strip() or any(not values.get(name, "").strip() for name in names):
            continue
        said = PLACE.sub(lambda place: values[place.group(1).strip()].strip(), line.strip())
        paragraphs.extend(part for part in said.split("\n") if part.strip())
    return paragraphs


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """Line by line: ("same" | "gone" | "added", text)."""
    marks = {"  ": "same", "- ": "gone", "+ ": "added"}
    return [(marks[line[:2]], line[2:]) for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[:2] in marks]
