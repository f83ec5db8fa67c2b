"""出件: what waits to be collected, who collected it, and where papers reach a person otherwise."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField


class HandOut(models.Model):
    """One collection: which papers of a case, by whom, signed for. A lost paper is handed out again; a void one is called back."""

    class State(models.TextChoices):
        DONE = "done", "已领取"
        RECALLED = "recalled", "要求交回"
        RETURNED = "returned", "已交回"

    number = models.CharField(primary_key=True, max_length=60)
    case_no = models.CharField(max_length=50, db_index=True)
    item_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    papers = models.JSONField()  # number, title, copies
    collector_name = models.CharField(max_length=120)
    code_kind = models.CharField(max_length=30)
    code = models.CharField(max_length=40)
    relation = models.CharField(max_length=20)
    authority = models.CharField(max_length=200, blank=True)
    signature = models.CharField(max_length=10)  # drawn, confirmed
    signature_file = models.JSONField(default=dict)
    again_for = models.CharField(max_length=60, blank=True, default="")  # the earlier collection it stands for (遗失补发)
    why_again = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DONE)
    recalled_at = models.DateTimeField(null=True)
    recalled_why = models.CharField(max_length=300, blank=True, default="")
    returned_at = models.DateTimeField(null=True)
    clerk = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_no"], condition=Q(again_for=""), name="counter_collected_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "-at"], name="counter_handout_window")]


class Reminder(models.Model):
    """The applicant was told that a result waits at the window; at most so many times."""

    id = PublicIdField()
    case_no = models.CharField(max_length=50)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_no", "number"], name="counter_reminded_once_each")
        ]


class ServiceAddress(models.Model):
    """送达地址确认书: the newest of a person binds; earlier ones stay on record."""

    number = models.CharField(primary_key=True, max_length=60)
    visit = models.CharField(max_length=60)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    party = models.JSONField()
    party_code = models.CharField(max_length=40, db_index=True)
    case_no = models.CharField(max_length=50, blank=True)
    recipient = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    electronic = models.BooleanField(default=False)
    electronic_to = models.CharField(max_length=120, blank=True)
    signature = models.CharField(max_length=10)  # drawn, confirmed
    signature_file = models.JSONField(default=dict)
    clerk = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-confirmed_at"]


class ServiceTry(models.Model):
    """One attempt to reach a person when the message did not arrive: a recorded call, then post; with the day that can be proved."""

    class Channel(models.TextChoices):
        CALL = "call", "电话"
        POST = "post", "邮寄"

    id = PublicIdField()
    case_no = models.CharField(max_length=50, db_index=True)
    organisation = models.CharField(max_length=80)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    to = models.CharField(max_length=200)
    reached = models.BooleanField()
    proof = models.CharField(max_length=200)  # who answered and the number of the recording; the number of the parcel
    said = models.CharField(max_length=300)
    clerk = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]
