"""What crosses desks is read by zones of another version: nothing disappears, nothing becomes required (house.md rule 1)."""

import copy
import json

import pytest

from santai.config.cli.develop.contracts import SNAPSHOT, breaking_changes, current


def test_nothing_was_taken_away_since_the_snapshot() -> None:
    assert breaking_changes(json.loads(SNAPSHOT.read_text()), current()) == []


class TestBreakingChanges:
    """Control: each way of breaking a reader is seen; additive changes are not."""

    before = {
        "cases.Thing": {
            "name": "back.cases.thing",
            "fields": {
                "no": {"type": "str", "optional": False},
                "kind": {"type": "Literal['a', 'b']", "optional": False},
                "note": {"type": "str", "optional": True},
            },
        }
    }

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            (lambda now: now.pop("cases.Thing"), "class removed"),
            (lambda now: now["cases.Thing"]["fields"].pop("note"), "field removed"),
            (lambda now: now["cases.Thing"]["fields"]["no"].update(type="int"), "type changed"),
            (lambda now: now["cases.Thing"]["fields"]["kind"].update(type="Literal['a']"), "type changed"),
            (lambda now: now["cases.Thing"]["fields"]["note"].update(optional=False), "now required"),
            (lambda now: now["cases.Thing"]["fields"].update(extra={"type": "str", "optional": False}), "new field without default"),
            (lambda now: now["cases.Thing"].update(name="back.cases.other"), "renamed on the wire"),
        ],
    )
    def test_sees(self, change, word) -> None:  # type: ignore[no-untyped-def]
        now = copy.deepcopy(self.before)
        change(now)
        assert len(found := breaking_changes(self.before, now)) == 1
        assert word in found[0]

    def test_lets_additions_pass(self) -> None:
        now = copy.deepcopy(self.before)
        now["cases.Thing"]["fields"]["extra"] = {"type": "str", "optional": True}
        now["cases.Thing"]["fields"]["kind"]["type"] = "Literal['a', 'b', 'c']"
        now["cases.Other"] = {"fields": {}}
        assert breaking_changes(self.before, now) == []
