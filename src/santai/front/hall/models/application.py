"""What was submitted, frozen."""

from typing import ClassVar

from django.db import models


class Application(models.Model):
    """The application with its final number and time of receipt. ``draft`` unique: a double click finds the first one."""

    case_no = models.CharField(primary_key=True, max_length=50)
    draft = models.UUIDField(unique=True)
    account = models.CharField(max_length=80)
    applicant = models.JSONField()
    applicant_code = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, blank=True)  # where the code for progress without an account goes
    item_code = models.CharField(max_length=50)
    item_version = models.PositiveIntegerField()
    form = models.CharField(max_length=80)
    form_version = models.PositiveIntegerField()
    content = models.JSONField()
    materials = models.JSONField(default=list)
    signatures = models.JSONField(default=list)
    prefilled = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    business = models.CharField(max_length=10, default="new")
    licence = models.CharField(max_length=120, blank=True)
    commitment = models.JSONField(default=dict)  # with "withdrawn_at" once it was taken back
    query_code = models.CharField(max_length=12, blank=True, default="")  # stands on the receipt of a window: progress without a phone
    assistance = models.JSONField(default=dict)  # how a window took it in (contracts.Assistance); empty: filed by oneself
    withdrawal_asked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-received_at"], name="application_mine"),
            models.Index(fields=["applicant_code", "-received_at"], name="application_applicant"),
        ]
