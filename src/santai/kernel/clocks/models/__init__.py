"""The calendar, the rules, the clocks and what happened to them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField

OPEN = ("running", "stopped")
WAITING = Q(finished_at=None, state__in=("running", "stopped", "missed"))  # the act has not come: a new calendar still matters


class CalendarYear(models.Model):
    """A year whose official schedule (放假安排) is loaded."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that departs from the week; days without a row follow it. Changed only by actions, which recompute open deadlines."""

    date = models.DateField(primary_key=True)
    kind = models.CharField(max_length=10, choices=[("holiday", "放假"), ("makeup", "调休上班")])
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)  # why it was edited here; empty for days from the source
    edited_by = models.CharField(max_length=120, blank=True)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=["holiday", "makeup"]), name="clocks_day_kind")]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class Pulse(models.Model):
    """One row: versions that tell every process when its cached calendar or rules are old, and the demonstration's time shift."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    calendar = models.PositiveIntegerField(default=0)
    rules = models.PositiveIntegerField(default=0)
    demo_shift = models.DurationField(default=timedelta)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="clocks_one_pulse")]


class ClockRule(models.Model):
    """A version of a rule; never changed once a clock ran under it. ``in_force`` marks the version new clocks use."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    in_force = models.BooleanField(default=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=20)
    length = models.PositiveIntegerField()
    terms = models.JSONField()  # the whole rule as plain data (rule_from_data)
    source = models.CharField(max_length=200, blank=True)
    installed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="clocks_rule_version"),
            models.UniqueConstraint(fields=["code"], condition=Q(in_force=True), name="clocks_rule_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.code}@{self.version}"


class Clock(models.Model):
    """A running limit. ``due_at`` is derived (rules.derive) and stored beside what it is derived from."""

    id = PublicIdField()
    rule = models.ForeignKey(ClockRule, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default="running")
    event_at = models.DateTimeField()
    starts_on = models.DateField()
    due_at = models.DateTimeField()
    length = models.PositiveIntegerField()
    extended_by = models.PositiveIntegerField(default=0)
    stopped_since = models.DateTimeField(null=True)
    stop_cause = models.CharField(max_length=40, blank=True)
    stop_reason = models.TextField(blank=True)
    expected_resume = models.DateField(null=True)
    missed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    warning = models.CharField(max_length=200, blank=True)
    has_events = models.BooleanField(default=False)
    calendar_version = models.PositiveIntegerField()
    moved = models.BooleanField(default=False)  # the calendar moved the deadline and the rooms that keep it have not been told yet
    # a handler of on_due that failed: when to try again, how often it failed, what it said
    fire_after = models.DateTimeField(null=True)
    fire_failures = models.PositiveSmallIntegerField(default=0)
    fire_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="clocks_subject"),
            models.Index(fields=["due_at"], condition=Q(state="running"), name="clocks_due"),
            models.Index(fields=["calendar_version", "due_at"], condition=WAITING, name="clocks_older_calendar"),
            models.Index(fields=["subject"], condition=Q(moved=True), name="clocks_moved"),
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=["running", "stopped", "met", "missed", "void"]), name="clocks_state")]

    def __str__(self) -> str:
        return f"{self.title} {self.subject}"


class ClockEvent(models.Model):
    """What happened to a clock after its start (the start is the clock's own row); append only, in the order of ``id``."""

    id = models.BigAutoField(primary_key=True)  # the order of recording
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    cause = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    by = models.PositiveIntegerField(default=0)
    actor = models.JSONField()  # account, name, post, post_title, organisation, organisation_name
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["clock", "id"], name="clocks_events")]
