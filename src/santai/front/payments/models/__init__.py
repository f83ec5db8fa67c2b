"""The front's own picture of payment orders."""

from typing import ClassVar

from django.db import models


class PaymentView(models.Model):
    """One order, kept by the facts that arrive. Whose it is, the case says."""

    order_no = models.CharField(primary_key=True, max_length=64)
    case_no = models.CharField(max_length=50, db_index=True)
    title = models.CharField(max_length=200)
    item_name = models.CharField(max_length=200)
    organisation_name = models.CharField(max_length=120)
    basis = models.TextField(blank=True)
    notice_no = models.CharField(max_length=80, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    state = models.CharField(max_length=12)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    paid_amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    refunded = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    refunding = models.BooleanField(default=False)
    provider = models.CharField(max_length=60, blank=True)
    trade_no = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)  # why it was cancelled, or paid back

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-order_no"]

    def __str__(self) -> str:
        return f"{self.order_no} {self.title}"
