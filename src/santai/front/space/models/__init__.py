"""The inbox."""

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
