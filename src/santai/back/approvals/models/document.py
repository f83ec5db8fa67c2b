"""Numbered documents for the applicant."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class ServedDocument(models.Model):
    """A document decided in the act's transaction and rendered, sealed and sent after it. ``digest`` empty: still to be made."""

    id = PublicIdField()
    document_no = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    case_no = models.CharField(max_length=50, db_index=True)
    sub_case_no = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    data = models.JSONField()
    issued_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    trouble = models.TextField(blank=True)
    received_at = models.DateTimeField(null=True)  # 送达
    edition = models.PositiveSmallIntegerField(default=1)  # a corrected slip of the pen makes the next one

    class Meta:
        ordering: ClassVar[list[str]] = ["issued_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_attempt_at"], name="document_to_make", condition=models.Q(digest="")),
        ]
