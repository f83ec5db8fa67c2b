"""How the hall runs: outages that explain late entries, and the hall's own hours, apart from the statutory calendar."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from santai.kernel.codes.service import PublicIdField


class Outage(models.Model):
    """A time in which nothing could be typed (停机): asked for by one, approved by another; late entries cite it."""

    number = models.CharField(primary_key=True, max_length=60)
    organisation = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=120)
    asked_account = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    approved_by = models.CharField(max_length=120, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-began_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="counter_outage_dates", condition=Q(ended_at__gt=F("began_at")))
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "-began_at"], name="counter_outage_window")]

    def __str__(self) -> str:
        return self.number


class HallHours(models.Model):
    """When the hall is open on a weekday (1 Monday … 7 Sunday); no row: closed. Says nothing about limits (行政许可法 82)."""

    organisation = models.CharField(max_length=80)
    weekday = models.PositiveSmallIntegerField()
    hours = models.CharField(max_length=40)  # 09:00-12:00 13:30-17:00

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "weekday"], name="counter_hours_once_a_weekday"),
            models.CheckConstraint(name="counter_hours_weekday", condition=Q(weekday__gte=1, weekday__lte=7)),
        ]


class HallDay(models.Model):
    """One day that differs from its weekday: opened (周六延时) or closed."""

    id = PublicIdField()
    organisation = models.CharField(max_length=80)
    day = models.DateField()
    hours = models.CharField(max_length=40, blank=True)  # empty: closed
    note = models.CharField(max_length=120)
    set_by = models.CharField(max_length=120)
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "day"], name="counter_one_exception_a_day")
        ]
