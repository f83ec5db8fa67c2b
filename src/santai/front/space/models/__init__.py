"""The inbox, and what the back office tells a firm: its projects, its account manager."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class InboxMessage(models.Model):
    """One notice in the space of a person or firm. A firm's inbox is shared by those who act for it; who read first is kept."""

    id = models.UUIDField(primary_key=True)  # the notice's own: a second delivery finds it
    party_kind = models.CharField(max_length=20)
    party_code = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    text = models.TextField()
    case_no = models.CharField(max_length=50, blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["party_code", "-sent_at", "-id"], name="inbox_of_party"),
            models.Index(fields=["party_code"], name="inbox_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.title


class FirmProject(models.Model):
    """An investment project of a firm, as back/projects last told it. ``sent_period``: the quarter reported here and not yet confirmed."""

    code = models.CharField(primary_key=True, max_length=24)
    title = models.CharField(max_length=200)
    firm_code = models.CharField(max_length=18, db_index=True)
    organisation_name = models.CharField(max_length=120)
    investment = models.DecimalField(max_digits=14, decimal_places=2)  # 万元
    invested = models.DecimalField(max_digits=14, decimal_places=2)
    stage = models.CharField(max_length=10)
    started = models.BooleanField()
    period = models.CharField(max_length=6)
    report_due = models.DateTimeField(null=True)
    urged = models.BooleanField(default=False)
    sent_period = models.CharField(max_length=6, blank=True)

    def __str__(self) -> str:
        return self.title


class FirmManager(models.Model):
    """客户经理 of a firm, as the department named it."""

    id = models.UUIDField(primary_key=True)
    firm_code = models.CharField(max_length=18, db_index=True)
    person = models.CharField(max_length=120)
    post = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)
