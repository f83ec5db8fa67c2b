"""The timeline of a case, as the officials see it."""

from typing import ClassVar

from django.db import models


class CaseEvent(models.Model):
    """One thing that happened; append-only, partitioned by month."""

    pk = models.CompositePrimaryKey("id", "at")
    id = models.UUIDField()
    at = models.DateTimeField()
    case_no = models.CharField(max_length=50)
    sub_case_no = models.CharField(max_length=60, blank=True)
    event = models.CharField(max_length=40)
    organisation_name = models.CharField(max_length=120, blank=True)
    by_name = models.CharField(max_length=120, blank=True)
    by_post = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    public = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case_no", "at"], name="case_event_case")]
