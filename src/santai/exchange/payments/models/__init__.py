"""Tables of payments. Amounts are yuan with two decimals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField


class PaymentOrder(models.Model):
    """What somebody has to pay for one charge. One order is one trade at the provider, so it cannot be paid twice there."""

    class State(models.TextChoices):
        OPEN = "open", "待缴"
        PAID = "paid", "已缴"
        CANCELLED = "cancelled", "已撤销"

    order_no = models.CharField(primary_key=True, max_length=64)
    notice_no = models.CharField(max_length=80, blank=True)
    case_no = models.CharField(max_length=50, db_index=True)
    item_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    basis = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    payer = models.JSONField()  # Party
    payer_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    wanted_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField(null=True)  # the payer was sent to the provider
    ask_next_at = models.DateTimeField(null=True)  # when to ask the provider next
    ask_until = models.DateTimeField(null=True)  # a day after the payer set out the last time nobody is asked any more
    asked = models.PositiveSmallIntegerField(default=0)
    close_at = models.DateTimeField(null=True)  # the trade is to be closed at the provider
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)
    paid_at = models.DateTimeField(null=True)
    paid_amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    trade_no = models.CharField(max_length=64, blank=True)
    provider = models.CharField(max_length=60, blank=True)
    refunded = models.DecimalField(max_digits=12, decimal_places=2, default=0)  # done

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-wanted_at"], name="order_of_organisation"),
            models.Index(fields=["paid_at"], name="order_paid_on", condition=Q(state="paid")),
            models.Index(fields=["ask_next_at"], name="order_to_ask", condition=Q(state="open")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(refunded__lte=models.F("paid_amount")), name="never_refunded_more_than_paid"),
        ]

    def __str__(self) -> str:
        return f"{self.order_no} {self.title}"


class Callback(models.Model):
    """Everything a provider ever told us, with what was made of it. Kept although it was refused: somebody tried."""

    VERDICTS: ClassVar[dict[str, str]] = {
        "taken": "已入账",
        "repeated": "重复通知",
        "not_paid": "未支付的状态通知",
        "wrong_signature": "签名不符，未采信",
        "wrong_receiver": "收款方不符，未采信",
        "unknown_order": "没有这张缴款单",
        "wrong_amount": "金额不符，未采信",
        "paid_twice": "同一缴款单出现另一笔交易，请核查",
        "after_cancel": "缴款单已撤销，自动退回",
    }
    id = PublicIdField()
    at = models.DateTimeField(db_index=True)
    order_no = models.CharField(max_length=64, blank=True, db_index=True)
    trade_no = models.CharField(max_length=64, blank=True)
    amount = models.CharField(max_length=20, blank=True)
    way = models.CharField(max_length=10)  # callback, asked
    verdict = models.CharField(max_length=20, choices=list(VERDICTS.items()))
    told = models.JSONField(default=dict)


class Refund(models.Model):
    """Money on its way back."""

    class State(models.TextChoices):
        WANTED = "wanted", "退款中"
        DONE = "done", "已退回"
        FAILED = "failed", "退款未成功"

    refund_no = models.CharField(primary_key=True, max_length=64)
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="refunds")
    trade_no = models.CharField(max_length=64)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    wanted_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WANTED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    trouble = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_attempt_at"], name="refund_to_send", condition=Q(state="wanted")),
        ]


class StatementDay(models.Model):
    """A day's statement of the provider beside our books."""

    day = models.DateField(primary_key=True)
    fetched_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    payments = models.PositiveIntegerField(default=0)
    payments_sum = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    refunds = models.PositiveIntegerField(default=0)
    refunds_sum = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    our_payments = models.PositiveIntegerField(default=0)
    our_payments_sum = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    our_refunds = models.PositiveIntegerField(default=0)
    our_refunds_sum = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day"]


class Difference(models.Model):
    """What the statement and our books say differently; open until somebody says why."""

    KINDS: ClassVar[dict[str, str]] = {"only_ours": "我方有、对账单没有", "only_theirs": "对账单有、我方没有", "amount": "金额不一致"}
    MOVEMENTS: ClassVar[dict[str, str]] = {"payment": "缴款", "refund": "退款"}

    id = PublicIdField()
    day = models.ForeignKey(StatementDay, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    movement = models.CharField(max_length=10, choices=list(MOVEMENTS.items()))
    number = models.CharField(max_length=64)
    order_no = models.CharField(max_length=64)
    trade_no = models.CharField(max_length=64, blank=True)
    organisation = models.CharField(max_length=80, blank=True)  # whose order it is; empty: nobody knows
    ours = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    theirs = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    answer = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["movement", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "movement", "number"], name="one_difference_a_number"),
        ]
