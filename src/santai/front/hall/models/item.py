"""The front desk's read-only copy of published items."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class ItemCopy(models.Model):
    """One published version. ``current`` marks the version on offer; older ones stay for drafts and cases that use them."""

    code = models.CharField(max_length=50)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    shape = models.CharField(max_length=10)
    handling = models.CharField(max_length=10)
    holder_kinds = ArrayField(models.CharField(max_length=20))
    topics = ArrayField(models.CharField(max_length=40), default=list)
    life_events = ArrayField(models.CharField(max_length=40), default=list)
    definition = models.JSONField()
    published_at = models.DateTimeField()
    current = models.BooleanField(default=True)
    search = SearchVectorField(null=True)
    filings = models.PositiveIntegerField(default=0)  # for ordering by use

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "version"], name="one_hall_copy_a_version"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(current=True), name="one_current_version"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search"], name="hall_item_search"),
            GinIndex(fields=["topics"], name="hall_item_topics"),
            GinIndex(fields=["life_events"], name="hall_item_events"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
