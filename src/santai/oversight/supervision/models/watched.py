"""What supervision has heard: cases, departments' parts, clocks, events. Nothing here is entered by hand."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class WatchedCase(models.Model):
    """One case as heard. ``organisation`` leads; times are those of the acts, not of their arrival."""

    case_no = models.CharField(primary_key=True, max_length=50)
    item_code = models.CharField(max_length=60)
    item_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    region = models.CharField(max_length=20, blank=True)
    single = models.BooleanField(default=True)
    channel = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, blank=True)
    step = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    corrections = models.PositiveSmallIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)
    last_heard_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-received_at", "-case_no"], name="watch_received"),
            models.Index(fields=["organisation", "-received_at"], name="watch_lead"),
            models.Index(fields=["-rated_at"], name="watch_bad", condition=models.Q(rating__gte=4)),
        ]

    def __str__(self) -> str:
        return self.case_no


class WatchedPart(models.Model):
    """One department's part of a case; a single item has one, branch ``main``."""

    sub_case_no = models.CharField(primary_key=True, max_length=60)
    case = models.ForeignKey(WatchedCase, on_delete=models.PROTECT, related_name="parts")
    item_code = models.CharField(max_length=60)
    item_name = models.CharField(max_length=200)
    nature = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    region = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, blank=True)
    step = models.CharField(max_length=60, blank=True)
    step_since = models.DateTimeField()
    last_by = models.CharField(max_length=200, blank=True)  # post and name of the last acting officer
    last_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    late = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)  # the earliest running limit; empty while stopped or when nothing runs

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at", "sub_case_no"], name="watch_due", condition=models.Q(finished_at=None)),
            models.Index(fields=["organisation", "due_at"], name="watch_org_due", condition=models.Q(finished_at=None)),
            models.Index(fields=["-opened_at", "-sub_case_no"], name="watch_open", condition=models.Q(finished_at=None)),
            models.Index(fields=["-finished_at"], name="watch_late", condition=models.Q(late=True)),
            models.Index(fields=["organisation", "-finished_at"], name="watch_org_done"),
        ]

    def __str__(self) -> str:
        return self.sub_case_no


class WatchedClock(models.Model):
    """A limit as heard (DueDate), or one that a supervision rule itself sets (step, answer, card).

    The tick looks only at rows whose ``next_check_at`` has come: empty while stopped, finished, or when no rule has more to say.
    ``checked_until``: the moments of the rules up to here have been dealt with.
    """

    id = PublicIdField()
    clock = models.CharField(max_length=40, blank=True)  # the source's identifier
    subject = models.CharField(max_length=80)
    case = models.ForeignKey(WatchedCase, on_delete=models.PROTECT, related_name="clocks")
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    region = models.CharField(max_length=20, blank=True)
    nature = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    law = models.CharField(max_length=400, blank=True)
    starts_on = models.DateField()
    due_at = models.DateTimeField()
    length = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=20, default="working_day")
    state = models.CharField(max_length=10)
    stopped_since = models.DateTimeField(null=True)
    left_at_stop = models.IntegerField(default=0)  # working days, for limits of our own
    ever_stopped = models.BooleanField(default=False)
    extended_by = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    checked_until = models.DateTimeField()
    next_check_at = models.DateTimeField(null=True)
    has_cards = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_check_at"], name="watch_next", condition=models.Q(next_check_at__isnull=False)),
            models.Index(fields=["subject"], name="watch_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.state in ("running", "stopped", "missed")


class WatchedEvent(models.Model):
    """One fact as heard; partitioned by month of the act (migration 0001). The message's identifier makes a second arrival harmless."""

    pk = models.CompositePrimaryKey("id", "at")
    id = models.UUIDField()
    at = models.DateTimeField()
    heard_at = models.DateTimeField()
    case_no = models.CharField(max_length=50)
    sub_case_no = models.CharField(max_length=60, blank=True)
    event = models.CharField(max_length=30)
    organisation_name = models.CharField(max_length=120, blank=True)
    step = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    document_no = models.CharField(max_length=120, blank=True)
    clocks = models.JSONField(default=list)
    facts = models.JSONField(default=dict)

    class Meta:
        managed = True
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case_no", "at"], name="watch_event_case")]
