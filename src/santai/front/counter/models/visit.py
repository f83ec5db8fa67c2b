"""A person before the window, and what was filed for them there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField


class Visit(models.Model):
    """One person's visit: identified, agreed to being helped, and applicant of everything filed in it. Rated once, as one service."""

    number = models.CharField(primary_key=True, max_length=60)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    person_name = models.CharField(max_length=120)
    code_kind = models.CharField(max_length=30)
    code = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, blank=True)
    account = models.UUIDField(null=True)  # the person's own account, where there is one
    identified_by = models.CharField(max_length=20)
    register_checked = models.BooleanField(default=False)  # the name agrees with the population register
    represents = models.JSONField(null=True)  # Party: the company or person the one present acts for
    for_code = models.CharField(max_length=40, blank=True, default="")  # number of who is acted for
    authority = models.CharField(max_length=200, blank=True)  # the paper that says so
    consent = models.CharField(max_length=200)
    clerk = models.CharField(max_length=120)
    clerk_account = models.CharField(max_length=80)
    post_title = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "code_kind", "code", "for_code"],
                condition=Q(closed_at=None),
                name="counter_one_open_visit_a_person",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-opened_at"], name="counter_visit_window"),
            models.Index(fields=["code", "-opened_at"], name="counter_visit_person"),
        ]

    def __str__(self) -> str:
        return self.number


class Intake(models.Model):
    """One application being taken in: the hall's draft, and once filed its case and receipt."""

    class State(models.TextChoices):
        OPEN = "open", "录入中"
        FILED = "filed", "已收件"
        TAKEN_BACK = "taken_back", "申请人带回"
        DROPPED = "dropped", "不办了"

    id = PublicIdField()
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="intakes")
    organisation = models.CharField(max_length=80)
    draft = models.UUIDField(unique=True)
    item_code = models.CharField(max_length=50)
    item_name = models.CharField(max_length=200)
    applicant_code = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    case_no = models.CharField(max_length=50, blank=True, default="")
    moved_from = models.CharField(max_length=50, blank=True, default="")  # the case filed under a wrong item
    begun_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    reminders_over = models.BooleanField(default=False)  # the applicant was reminded as often as is done

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_no"], condition=~Q(case_no=""), name="counter_one_intake_a_case"),
            models.UniqueConstraint(
                fields=["moved_from"], condition=~Q(moved_from="") & Q(state__in=("open", "filed")), name="counter_moved_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "state", "-begun_at"], name="counter_intake_window")]


class TakenBack(models.Model):
    """The applicant took the papers home after being told everything that is wanting. Supervised: it must not become a way around receipt.

    What was told binds: nothing beyond it may be asked for later.
    """

    number = models.CharField(primary_key=True, max_length=80)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="returns")
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    item_code = models.CharField(max_length=50)
    item_name = models.CharField(max_length=200)
    applicant_code = models.CharField(max_length=40)
    applicant_name = models.CharField(max_length=200)
    told = models.JSONField()  # code, name, verdict, reason
    reason = models.CharField(max_length=300)
    clerk = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-at"], name="counter_return_window"),
            models.Index(fields=["applicant_code", "item_code", "at"], name="counter_return_told"),
        ]


class Receipt(models.Model):
    """收件凭证: numbered and frozen when the papers were taken in; rendered and sealed after the commit (``digest`` empty: to be made)."""

    receipt_no = models.CharField(primary_key=True, max_length=80)
    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="receipt")
    case_no = models.CharField(max_length=50, db_index=True)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    data = models.JSONField()
    issued_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    trouble = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_attempt_at"], name="counter_receipt_to_make", condition=Q(digest=""))
        ]
