"""Where a finding on the definition belongs on the sheet: group, field and what it is called. Pure."""

import re

from santai.exchange.items.messages import Finding
from santai.exchange.items.rules.sheet import COLUMNS, GROUP_OF, GROUPS, PLACES, TABLES

_ROW = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")
TITLES = {group.key: group.title for group in GROUPS}


def located(place: str, text: str, *, blocks: bool = True) -> Finding:
    """``materials[1].name`` is the second line of the materials; what has no field of its own belongs to its group."""
    if (row := _ROW.match(place)) and row[1] in TABLES:
        table, number, key = row[1], int(row[2]), row[3] or ""
        column = next((one for one in TABLES[table].columns if one.key == key), TABLES[table].columns[0])
        label = f"{TABLES[table].title}第 {number + 1} 行“{column.title}”"
        return Finding(place=place, text=text, group=GROUP_OF[table], field=f"{table}.{number}.{column.key}", label=label, blocks=blocks)
    name = PLACES.get(place) or PLACES.get(".".join(place.split(".")[:2])) or re.split(r"[.\[]", place)[0]
    name = PLACES.get(name, name)
    if name in COLUMNS:
        return Finding(place=place, text=text, group=GROUP_OF[name], field=name, label=COLUMNS[name].title, blocks=blocks)
    if name in TABLES:
        return Finding(place=place, text=text, group=GROUP_OF[name], label=TABLES[name].title, blocks=blocks)
    return Finding(place=place, text=text, group="work", label=TITLES["work"], blocks=blocks)
