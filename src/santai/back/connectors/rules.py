"""Which line systems there are, and what each step may be answered with: plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class System:
    """One line system behind a connector. ``organisation`` is the body that works in it."""

    key: str
    title: str
    organisation: str


SYSTEMS = {one.key: one for one in (System(key="tax", title="税务业务系统（演示连接器）", organisation="tax"),)}
STEPS = {
    "check": "材料核对",
    "examine": "审查",
    "decide": "决定",
    "record": "备案",
    "acknowledge": "接收核实",
    "instant": "当场办结",
}
ANSWERS = {
    "complete": "材料齐全",
    "defects": "需要补正",
    "examined": "审查通过，建议准予",
    "advised_against": "审查未通过，建议不予",
    "granted": "准予",
    "refused": "不予",
    "recorded": "已办",
}
ANSWERS_OF = {
    "check": ("complete", "defects"),
    "examine": ("examined", "advised_against"),
    "decide": ("granted", "refused"),
    "instant": ("granted", "refused"),
    "record": ("recorded",),
    "acknowledge": ("recorded",),
}
ROLE_OF = {"decide": "decider"}  # every other step is the examiner's
NEEDS_TEXT = ("defects", "advised_against", "refused")


def system_of(organisation: str) -> System | None:
    """The system in which a body works; None: no connector is set up for it."""
    return next((one for one in SYSTEMS.values() if one.organisation == organisation), None)


def defects_in(text: str) -> tuple[str, ...]:
    """One defect a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
