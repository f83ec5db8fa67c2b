"""Counters: a fact leaves a tally, a sweep folds tallies into figures. No page counts cases, no two facts wait for one counter."""

from typing import ClassVar

from django.db import models


class Tally(models.Model):
    """What one fact adds: a flow of a day, or (``stock``) to what stands now."""

    seq = models.BigAutoField(primary_key=True)
    day = models.DateField()
    organisation = models.CharField(max_length=80)
    item_code = models.CharField(max_length=60, blank=True)
    metric = models.CharField(max_length=20)
    amount = models.IntegerField()
    stock = models.BooleanField(default=False)
    at = models.DateTimeField()


class DayFigure(models.Model):
    """How much of ``metric`` an organisation had on a day, by item."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    organisation = models.CharField(max_length=80)
    item_code = models.CharField(max_length=60, blank=True)
    metric = models.CharField(max_length=20)
    amount = models.IntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "organisation", "item_code", "metric"], name="one_figure_a_day")
        ]


class Standing(models.Model):
    """What stands now: running cases and parts, cards to be dealt with."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.CharField(max_length=80)
    item_code = models.CharField(max_length=60, blank=True)
    metric = models.CharField(max_length=20)
    amount = models.IntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "item_code", "metric"], name="one_standing")
        ]
