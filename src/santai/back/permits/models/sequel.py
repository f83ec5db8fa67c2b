"""审管衔接, corrected slips, reopened cases."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class Handover(models.Model):
    """A decision handed to the organ that supervises afterwards."""

    id = PublicIdField()
    case_no = models.CharField(max_length=50)
    sub_case_no = models.CharField(max_length=60, unique=True)
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
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["regulator", "claimed_at", "claim_by"], name="handover_work")]


class SlipNotice(models.Model):
    """更正: a slip in a document put right; the document counts as its next version."""

    id = PublicIdField()
    case_no = models.CharField(max_length=50, db_index=True)
    document_no = models.CharField(max_length=80)  # of what was corrected
    version = models.PositiveSmallIntegerField()
    changes = models.JSONField()
    notice_no = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()


class Reopening(models.Model):
    """A decision set aside by review or judgment, and the case taken up again. ``reopened_at`` empty: to be reopened."""

    id = PublicIdField()
    case_no = models.CharField(max_length=50, db_index=True)
    sub_case_no = models.CharField(max_length=60)
    source = models.CharField(max_length=10, choices=[("review", "行政复议决定"), ("judgment", "行政判决")])
    reference = models.CharField(max_length=120)
    result = models.CharField(max_length=10, choices=[("redo", "撤销并责令重作"), ("annul", "撤销")])
    because = models.CharField(
        max_length=10, choices=[("facts", "事实不清、证据不足"), ("procedure", "违反法定程序"), ("law", "适用依据错误")]
    )
    within = models.PositiveSmallIntegerField(default=0)  # working days set by the review or judgment; 0: the statute's
    former_outcome = models.CharField(max_length=20)
    former_reason = models.TextField(blank=True)
    former_document = models.CharField(max_length=80, blank=True)
    noted_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["noted_at"]
