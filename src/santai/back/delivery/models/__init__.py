"""What is to be delivered, and every try."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from santai.back.delivery.rules import MODES, PROOFS, RECEIVERS
from santai.kernel.codes.service import PublicIdField


class Delivery(models.Model):
    """One decided part's result on its way to the person."""

    class State(models.TextChoices):
        WAITING = "waiting", "待送达"
        UNDER_WAY = "under_way", "送达中"
        DELIVERED = "delivered", "已送达"

    sub_case_no = models.CharField(primary_key=True, max_length=60)
    case_no = models.CharField(max_length=50, db_index=True)
    item_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    person_code = models.CharField(max_length=64, db_index=True)
    person_name = models.CharField(max_length=200)
    outcome = models.CharField(max_length=20)
    document_no = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # 行政许可法 44; null: no limit of the statute
    issued_at = models.DateTimeField(null=True)  # 制证: the paper was made and sealed
    issued_by = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    next_mode = models.CharField(max_length=12, blank=True, choices=list(MODES.items()))
    delivered_on = models.DateField(null=True)
    mode = models.CharField(max_length=12, blank=True, choices=list(MODES.items()))
    proof_no = models.CharField(max_length=80, blank=True)  # 送达回证

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "due_at"], name="delivery_open", condition=~Q(state="delivered")),
            models.Index(fields=["organisation", "-decided_at"], name="delivery_of_organisation"),
        ]


class Try(models.Model):
    """One attempt, as it was made."""

    class State(models.TextChoices):
        UNDER_WAY = "under_way", "进行中"
        DELIVERED = "delivered", "送达"
        FAILED = "failed", "未送达"
        TOLD = "told", "已告知"
        OVERTAKEN = "overtaken", "已由其他方式送达"

    id = PublicIdField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="tries")
    mode = models.CharField(max_length=12, choices=list(MODES.items()))
    receiver = models.CharField(max_length=20, blank=True, choices=list(RECEIVERS.items()))
    receiver_name = models.CharField(max_length=120, blank=True)
    proof = models.CharField(max_length=20, choices=list(PROOFS.items()))
    proof_note = models.CharField(max_length=300, blank=True)
    mail_no = models.CharField(max_length=60, blank=True)
    receipt_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


class ServiceAddress(models.Model):
    """送达地址确认书: where papers reach a person, and whether electronic service was agreed to. The newest binds."""

    id = PublicIdField()
    number = models.CharField(max_length=60, blank=True, default="", db_index=True)  # of a window's paper; empty: entered here
    person_code = models.CharField(max_length=64)
    person_name = models.CharField(max_length=200)
    recipient = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=300, blank=True)
    electronic = models.BooleanField(default=False)
    proof = models.CharField(max_length=300)  # the signed paper, or how it was confirmed
    confirmed_at = models.DateTimeField()
    confirmed_with = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person_code", "-confirmed_at"], name="address_of_person")]
