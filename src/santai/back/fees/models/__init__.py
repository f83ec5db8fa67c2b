"""What was charged for a case."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Charge(models.Model):
    """One fee of one case, by one payment order. A reduction replaces it by another one (``replaces``)."""

    class State(models.TextChoices):
        OWED = "owed", "待缴"
        PAID = "paid", "已缴"
        WAIVED = "waived", "已免"
        REDUCED = "reduced", "已减，另开单"
        CANCELLED = "cancelled", "已撤销"

    class Way(models.TextChoices):
        NONE = "", "—"
        ONLINE = "online", "网上"
        WINDOW = "window", "窗口"

    order_no = models.CharField(primary_key=True, max_length=64)
    case_no = models.CharField(max_length=50, db_index=True)
    sub_case_no = models.CharField(max_length=60)
    item_name = models.CharField(max_length=200)
    applicant_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    fee = models.CharField(max_length=60)  # code of the item's fee
    title = models.CharField(max_length=200)
    basis = models.TextField()
    standard = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    notice_no = models.CharField(max_length=80)
    charged_at = models.DateTimeField()
    charged_by = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWED)
    reason = models.TextField(blank=True)  # of the waiver, reduction or cancellation
    reason_basis = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    paid_at = models.DateTimeField(null=True)
    paid_amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True, default="")
    way_note = models.CharField(max_length=200, blank=True)  # the provider's trade, or how it was paid at the window
    receipt_no = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["charged_at", "order_no"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "-charged_at"], name="charge_of_organisation")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sub_case_no", "fee"], condition=Q(state__in=("owed", "paid")), name="a_fee_once_a_part"),
            models.CheckConstraint(condition=Q(amount__lte=models.F("standard")), name="never_over_the_standard"),
        ]

    def __str__(self) -> str:
        return f"{self.order_no} {self.title}"

    @property
    def given_back(self) -> Decimal:
        """Promised back and not failed."""
        return sum((one.amount for one in self.paybacks.all() if one.state != Payback.State.FAILED), Decimal(0))

    @property
    def left(self) -> Decimal:
        return max(self.paid_amount - self.given_back, Decimal(0))


class Payback(models.Model):
    """Money that goes back to the payer, with its document."""

    class State(models.TextChoices):
        UNDER_WAY = "under_way", "退费中"
        DONE = "done", "已退"
        FAILED = "failed", "退费未成功"

    refund_no = models.CharField(primary_key=True, max_length=64)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="paybacks")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    document_no = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNDER_WAY)
    done_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
