"""Over all packs together: no two items are more than 80 % alike (issue B, packs)."""

import yaml

from santai.exchange.contracts.service import ItemDefinition, decode
from santai.exchange.items.service import alike, print_of
from tests.support.city import PACKS


def test_no_two_items_of_the_packs_are_more_than_four_fifths_alike() -> None:
    items = []
    for path in sorted(PACKS.glob("*/items/**/*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        items += [decode(ItemDefinition, row) for row in data.get("items", [data])]
    assert len(items) > 100
    found = [f"{one.name} / {other.name}: {like:.0%}" for one, other, like in alike([print_of(item) for item in items])]
    assert found == []
