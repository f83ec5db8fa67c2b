"""The case as a whole, and what the applicant handed in, by revision."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTextTransform


class Case(models.Model):
    """One 办件. ``checks_open`` and ``branches_open`` are the joins: counted down under the row's lock, never recounted."""

    class State(models.TextChoices):
        CHECKING = "checking", "收件审查"
        CORRECTING = "correcting", "待补正"
        ACCEPTED = "accepted", "办理中"
        ISSUING = "issuing", "待出件"
        COMPLETED = "completed", "已办结"

    class Outcome(models.TextChoices):
        NONE = "", "—"
        GRANTED = "granted", "准予"
        PARTLY = "partly", "部分准予"
        REFUSED = "refused", "不予"
        NOT_ACCEPTED = "not_accepted", "不予受理"
        RECORDED = "recorded", "已备案"
        WITHDRAWN = "withdrawn", "已撤回"
        TERMINATED = "terminated", "已终止"
        NOT_NEEDED = "not_needed", "不需要许可"
        RETURNED = "returned", "已退还"

    case_no = models.CharField(primary_key=True, max_length=50)
    kind = models.CharField(max_length=40)
    item_code = models.CharField(max_length=50)
    item_version = models.PositiveIntegerField()
    item_name = models.CharField(max_length=200)
    shape = models.CharField(max_length=10)
    organisation = models.CharField(max_length=80)  # the lead
    organisation_name = models.CharField(max_length=120)
    intake_organisation = models.CharField(max_length=80, blank=True)  # the window that took it in, when it is not the lead
    region = models.CharField(max_length=12, blank=True)
    applicant = models.JSONField()  # Party
    applicant_name = models.CharField(max_length=200)
    filed_by = models.JSONField()
    channel = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    complete_at = models.DateTimeField()  # receipt of what was last handed in; special laws count from here
    accepted_at = models.DateTimeField(null=True)
    deemed_accepted = models.BooleanField(default=False)
    completed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.CHECKING)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    checks_open = models.PositiveIntegerField(default=0)
    checks_defective = models.PositiveIntegerField(default=0)
    branches_open = models.PositiveIntegerField(default=0)
    corrected = models.BooleanField(default=False)  # the one correction round has been used
    lapsed_at = models.DateTimeField(null=True)  # the applicant's time to correct ended without an answer
    facts = models.JSONField(default=dict)  # what the case itself found out, e.g. the credit code
    due_at = models.DateTimeField(null=True)  # nearest deadline of any clock of the case or its sub-cases
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-received_at", "-case_no"], name="case_received"),
            models.Index(fields=["organisation", "state", "due_at"], name="case_lead_queue"),
            models.Index(fields=["item_code", "-received_at"], name="case_item"),
            models.Index(fields=["intake_organisation", "due_at"], name="case_intake_open", condition=~models.Q(state="completed")),
            models.Index(
                KeyTextTransform("project_code", "facts"), name="case_of_project", condition=models.Q(facts__has_key="project_code")
            ),
            GinIndex(fields=["applicant_name"], name="case_applicant_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.case_no} {self.item_name}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.COMPLETED


class CaseContent(models.Model):
    """What was handed in, frozen: revision 1 with the application, 2 with the correction."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contents")
    revision = models.PositiveIntegerField()
    form = models.CharField(max_length=80)
    form_version = models.PositiveIntegerField()
    content = models.JSONField()
    materials = models.JSONField(default=list)
    signatures = models.JSONField(default=list)
    prefilled = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "revision"], name="one_content_a_revision")
        ]
