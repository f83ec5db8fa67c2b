"""What windows and reviewing officers say of papers: each material's verdict, and where a person is served."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class MaterialReview(models.Model):
    """材料逐项审查 by a department: one verdict a material, part and revision; the one notice is assembled from those found wanting."""

    class Verdict(models.TextChoices):
        QUALIFIED = "qualified", "合格"
        UNQUALIFIED = "unqualified", "不合格"
        TO_CORRECT = "to_correct", "需补正"

    id = PublicIdField()
    case_no = models.CharField(max_length=50, db_index=True)
    sub_case_no = models.CharField(max_length=60)
    revision = models.PositiveIntegerField()
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    original_seen = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    by_name = models.CharField(max_length=120)
    by_post = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sub_case_no", "revision", "code"], name="approvals_one_verdict_a_material")
        ]


class ServedAt(models.Model):
    """送达地址确认书 as the windows sent it; the newest of a person binds."""

    address_no = models.CharField(primary_key=True, max_length=60)
    party_code = models.CharField(max_length=40)
    case_no = models.CharField(max_length=50, blank=True)
    data = models.JSONField()  # contracts.ServiceAddressConfirmed
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-confirmed_at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["party_code", "-confirmed_at"], name="approvals_served_at")]
