"""Tables of credit."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from santai.exchange.credit.rules import KINDS, LEVELS
from santai.kernel.codes.service import PublicIdField


class CreditRecord(models.Model):
    """One credit record; never deleted. ``event_id``: the finding it comes from, so that a second arrival makes no second record."""

    id = PublicIdField()
    event_id = models.CharField(max_length=80, unique=True)
    subject_kind = models.CharField(max_length=20)
    subject_code_kind = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=64, db_index=True)
    subject_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=list(KINDS.items()))
    level = models.CharField(max_length=10, choices=list(LEVELS.items()))
    text = models.TextField()
    basis = models.TextField(blank=True)
    organisation = models.CharField(max_length=80, db_index=True)
    organisation_name = models.CharField(max_length=120)
    case_no = models.CharField(max_length=50, blank=True)
    item_code = models.CharField(max_length=50, blank=True)
    from_on = models.DateField()
    barred_item_until = models.DateField(null=True)  # last day on which the item may not be applied for
    repair_asked_at = models.DateTimeField(null=True)
    repair_wish = models.TextField(blank=True)
    repair_answer = models.TextField(blank=True)  # why a wish was turned down
    repaired_on = models.DateField(null=True)
    repaired_by = models.CharField(max_length=200, blank=True)
    repair_ground = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-from_on", "-id"]

    def __str__(self) -> str:
        return f"{self.subject_name} {self.get_kind_display()}"


class PublishedDecision(models.Model):
    """One decision on the public list; taken down it stays with the reason."""

    id = models.CharField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=10, choices=[("licence", "行政许可"), ("penalty", "行政处罚"), ("inspection", "行政检查")])
    document_no = models.CharField(max_length=80)
    document_title = models.CharField(max_length=120)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    party_name = models.CharField(max_length=200)
    party_code = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=dict)
    decided_on = models.DateField()
    published_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-decided_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-decided_on", "-id"], name="published_latest"),
            GinIndex(fields=["party_name"], name="published_party_trgm", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["document_no"], name="published_number"),
        ]

    def __str__(self) -> str:
        return self.document_no


class Question(models.Model):
    """An objection to a published decision, and what the department found."""

    id = PublicIdField()
    decision = models.ForeignKey(PublishedDecision, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    by = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    right = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
