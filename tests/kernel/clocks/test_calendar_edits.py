"""A change of the calendar moves open deadlines, and only those it touches."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from santai.kernel.clocks import service as clocks
from santai.kernel.clocks.actions import authority, recompute
from santai.kernel.ledger.service import Actor, entries_on, system_actor

CITY = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=CITY)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_head_manages_items(head: Actor) -> Iterator[None]:
    before = authority._authority
    clocks.register_authority(lambda actor, role, *, organisation="": role == "item_manager" and actor.account == head.account)
    yield
    authority._authority = before


def started(rule: str, day: str, subject: str = "case:1") -> clocks.ClockState:
    event_at = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=CITY)
    return clocks.start_clock(rule=rule, subject=subject, event_at=event_at, actor=system_actor("test"), at=event_at)


def test_a_new_holiday_moves_open_deadlines_and_says_so(head: Actor) -> None:
    touched = started("xk-correction-5", "2026-03-02")
    days_of_law = started("hp-report-30-days", "2026-03-02")
    over = started("xk-correction-5", "2026-02-09")
    done = clocks.finish_clock(clock=started("xk-correction-5", "2026-03-02").id, actor=head, at=NOW)
    change = clocks.set_day(day=date(2026, 3, 5), kind="holiday", name="市政府临时放假", reason="台风红色预警", actor=head, at=NOW)
    assert change.moved == 1
    after = clocks.get_clock(touched.id)
    assert (touched.due_on, after.due_on) == (date(2026, 3, 9), date(2026, 3, 10))
    assert {line.reason for line in clocks.explain(touched.id).not_counted} == {"周末", "市政府临时放假"}
    assert clocks.get_clock(days_of_law.id).due_at == days_of_law.due_at
    assert clocks.get_clock(over.id).due_at == over.due_at
    assert clocks.get_clock(done.id).due_at == done.due_at
    entry = entries_on("calendar").last()
    assert (entry.act, entry.why, entry.details["deadlines_moved"]) == ("kernel.clocks.edit_calendar", "台风红色预警", 1)
    clocks.set_day(day=date(2026, 3, 5), kind="ordinary", reason="预警解除", actor=head, at=NOW)
    assert clocks.get_clock(touched.id).due_at == touched.due_at


def test_a_make_up_day_brings_deadlines_forward(head: Actor) -> None:
    clock = started("xk-correction-5", "2026-03-02")
    clocks.set_day(day=date(2026, 3, 7), kind="makeup", name="调休上班", reason="省政府通知", actor=head, at=NOW)
    assert clocks.get_clock(clock.id).due_on == date(2026, 3, 7)


def test_loading_a_year_takes_the_warning_away(head: Actor) -> None:
    unknown = max(clocks.years_loaded()) + 1
    clock = started("xk-decision-20", f"{unknown - 1}-12-21")
    assert clock.warning
    days = {date(unknown, 1, day): clocks.Day("holiday", "元旦") for day in (1, 2, 3)} | {
        date(unknown, 1, day): clocks.Day("holiday", "测试假") for day in (4, 5)
    }
    change = clocks.load_year(year=unknown, days=days, source="放假安排通知", reason="国务院办公厅通知", actor=head, at=NOW)
    assert change.moved == 1
    after = clocks.get_clock(clock.id)
    assert after.warning == ""
    assert after.due_at > clock.due_at
    assert unknown in clocks.years_loaded()


def test_only_who_manages_items_may_edit_and_only_with_a_reason(head: Actor, examiner: Actor, founder: Actor) -> None:
    day = date(2026, 3, 5)
    for stranger in (examiner, founder):
        with pytest.raises(clocks.NotAllowedHere):
            clocks.set_day(day=day, kind="holiday", reason="想放假", actor=stranger, at=NOW)
    with pytest.raises(clocks.ReasonMissing):
        clocks.set_day(day=day, kind="holiday", reason=" ", actor=head, at=NOW)
    with pytest.raises(clocks.BadDay):
        clocks.set_day(day=day, kind="makeup", reason="调休", actor=head, at=NOW)
    assert clocks.is_working_day(day)


def test_a_clock_started_on_an_old_calendar_is_caught_by_the_sweep(head: Actor) -> None:
    clock = started("xk-correction-5", "2026-03-02")
    from santai.kernel.clocks.models import CalendarDay, Clock

    clocks.set_day(day=date(2026, 3, 5), kind="holiday", reason="台风", actor=head, at=NOW)
    Clock.objects.filter(id=clock.id).update(due_at=clock.due_at, calendar_version=1)  # as if another process had not yet heard
    assert CalendarDay.objects.filter(date=date(2026, 3, 5)).exists()
    assert clocks.recompute_stale(NOW) == 1
    assert clocks.get_clock(clock.id).due_on == date(2026, 3, 10)
    assert clocks.recompute_stale(NOW) == 0


def test_a_changed_rule_binds_new_clocks_and_leaves_running_ones(head: Actor) -> None:
    old = started("xk-correction-5", "2026-03-02")
    rule = clocks.rule_from_data(
        {"code": "xk-correction-5", "title": "补正告知时限", "kind": "correction", "unit": "working_day", "length": 3, "law": "示例"}
    )
    assert clocks.install_rules(rules=[rule], actor=head, at=NOW) == 1
    assert clocks.install_rules(rules=[rule], actor=head, at=NOW) == 0
    assert clocks.get_rule("xk-correction-5").version == 2
    assert started("xk-correction-5", "2026-03-02").due_on == date(2026, 3, 5)
    assert (clocks.get_clock(old.id).length, len(clocks.explain(old.id).counted)) == (5, 5)


def test_a_rule_that_is_not_one_is_refused_with_every_problem() -> None:
    with pytest.raises(clocks.BadRule) as refusal:
        clocks.rule_from_data({"code": "x", "unit": "week", "length": -1, "stops": ["rain"], "colour": "red"})
    for text in ("缺少 title", "缺少 law", "unit 只能是", "length 应是", "不认识 rain", "不认识的字段 colour"):
        assert text in refusal.value.message


def test_the_demonstration_moves_by_working_days(settings: object) -> None:
    before = clocks.now()
    after = clocks.shift_demo_time(3)
    assert clocks.working_days_between(before.date(), after.date()) == 3
    assert abs((clocks.now() - after).total_seconds()) < 5
    assert clocks.reset_demo_time() < after
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(clocks.DemoOnly):
        clocks.shift_demo_time(1)


def test_with_very_many_open_deadlines_the_edit_answers_and_the_sweep_does_the_rest(head: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recompute, "AT_ONCE", 3)
    monkeypatch.setattr(recompute, "BATCH", 4)
    day = [started("xk-decision-20", f"2026-03-{number:02}", f"case:{number}") for number in range(16, 24)]
    near = [started("xk-correction-5", "2026-03-02", f"case:near{number}") for number in range(3)]
    change = clocks.set_day(day=date(2026, 3, 5), kind="holiday", reason="台风", actor=head, at=NOW)
    assert (change.moved, change.left) == (3, 0), "the later ones began after the day: nothing is left"
    change = clocks.set_day(day=date(2026, 3, 25), kind="holiday", reason="台风", actor=head, at=NOW)
    assert (change.moved, change.left) == (3, 5), "the nearest at once, the others counted and left"
    assert clocks.get_clock(day[-1].id).due_at == day[-1].due_at
    rounds = 0
    while clocks.recompute_stale(NOW):
        rounds += 1
    assert rounds >= 2, "in batches"
    assert all(clocks.get_clock(clock.id).due_at > clock.due_at for clock in [*day, *near])


def test_a_clock_the_new_calendar_gives_more_time_does_not_fire_by_the_old_one(head: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = started("xk-correction-5", "2026-03-02")
    monkeypatch.setattr(recompute, "AT_ONCE", 0)
    assert clocks.set_day(day=date(2026, 3, 5), kind="holiday", reason="台风", actor=head, at=NOW).left == 1
    monkeypatch.undo()
    assert clocks.fire_due(clock.due_at) == 0
    assert (clocks.get_clock(clock.id).state, clocks.get_clock(clock.id).due_on) == ("running", date(2026, 3, 10))


def test_rooms_are_told_of_every_moved_deadline_until_they_have_heard(head: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, int]] = []
    fail = [True]

    def handler(subject: str, moved: list[clocks.ClockState], at: datetime) -> None:
        if fail[0] and subject == "case:2":
            raise RuntimeError("gone for a moment")
        heard.append((subject, len(moved)))

    monkeypatch.setattr(recompute, "_handlers", [handler])
    for subject in ("case:1", "case:2", "case:3"):
        started("xk-correction-5", "2026-03-02", subject)
    started("xk-decision-20", "2026-03-02", "case:3")
    clocks.set_day(day=date(2026, 3, 5), kind="holiday", reason="台风", actor=head, at=NOW)
    assert clocks.tell_moved(NOW) == 2
    assert heard == [("case:1", 1), ("case:3", 2)], "one subject's trouble holds up nobody"
    with pytest.raises(RuntimeError):
        clocks.tell_moved(NOW)
    fail[0] = False
    assert clocks.tell_moved(NOW) == 1
    assert clocks.tell_moved(NOW) == 0
    assert heard[-1] == ("case:2", 1)
