"""审管衔接."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class Handover(models.Model):
    """A decision handed to the organ that supervises afterwards."""

    id = PublicIdField()
    case_no = models.CharField(max_length=50)
    sub_case_no = models.CharField(max_length=60)
    item_name = models.CharField(max_length=200)
    applicant_name = models.CharField(max_length=200)
    document_no = models.CharField(max_length=80, blank=True)
    decided_by = models.CharField(max_length=120)
    regulator = models.CharField(max_length=80)
    regulator_name = models.CharField(max_length=120)
    handed_at = models.DateTimeField()
    claim_by = models.DateField()
    clock = models.UUIDField()
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)  # how it will be supervised
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["claim_by", "handed_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sub_case_no", "document_no"], name="one_handover_a_decision")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["regulator", "claimed_at", "claim_by"], name="handover_work")]
