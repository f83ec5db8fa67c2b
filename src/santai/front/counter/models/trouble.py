"""“办不成事”反映窗口, and the clients of a helper (帮办代办)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from santai.kernel.codes.service import PublicIdField


class Trouble(models.Model):
    """What somebody could not get done: an owner and a clock (subject ``trouble:<number>``) until the person was told."""

    class State(models.TextChoices):
        OPEN = "open", "办理中"
        ANSWERED = "answered", "已有结论"
        CLOSED = "closed", "已回访"

    class Outcome(models.TextChoices):
        NONE = "", "—"
        SOLVED = "solved", "已经办成"
        PUT_RIGHT = "put_right", "窗口、部门改正"
        EXPLAINED = "explained", "依法不能办，已说明理由"

    number = models.CharField(primary_key=True, max_length=60)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    person_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    case_no = models.CharField(max_length=50, blank=True)
    about = models.CharField(max_length=200)  # the item or the department
    what = models.TextField()
    owner_account = models.CharField(max_length=80)
    owner_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    told_how = models.CharField(max_length=200, blank=True, default="")
    due_at = models.DateTimeField()
    raised_by = models.CharField(max_length=120)
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "state", "due_at"], name="counter_trouble_open")]


class HelperClient(models.Model):
    """A person or firm a helper may act for, on a paper authority with dates."""

    id = PublicIdField()
    helper_account = models.CharField(max_length=80)
    helper_name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=80)
    party = models.JSONField()
    party_code = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, blank=True)
    authority = models.CharField(max_length=200)
    items = models.JSONField(default=list)  # item codes; empty: all
    valid_from = models.DateField()
    valid_to = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="counter_client_dates", condition=Q(valid_to__gte=F("valid_from"))),
            models.UniqueConstraint(
                fields=["helper_account", "party_code"], condition=Q(ended_at=None), name="counter_one_authority_a_client"
            ),
        ]
