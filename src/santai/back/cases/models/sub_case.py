"""One department's part of a case."""

from typing import ClassVar

from django.db import models

from santai.back.cases.models.case import Case
from santai.kernel.codes.service import PublicIdField


class SubCase(models.Model):
    """A sub-case runs its own process and its own clocks. A single-department case has one, with branch ``main``."""

    class State(models.TextChoices):
        CHECKING = "checking", "材料审查"
        DEFECTIVE = "defective", "待补正"
        CHECKED = "checked", "材料齐全"
        EXAMINING = "examining", "审查"
        DECIDING = "deciding", "待决定"
        STOPPED = "stopped", "特别程序"
        FINISHED = "finished", "已完成"

    class Outcome(models.TextChoices):
        NONE = "", "—"
        GRANTED = "granted", "准予"
        REFUSED = "refused", "不予"
        NOT_ACCEPTED = "not_accepted", "不予受理"
        RECORDED = "recorded", "已备案"
        ACKNOWLEDGED = "acknowledged", "已接收"
        WITHDRAWN = "withdrawn", "已撤回"
        TERMINATED = "terminated", "已终止"
        NOT_NEEDED = "not_needed", "不需要许可"
        RETURNED = "returned", "已退还"

    sub_case_no = models.CharField(primary_key=True, max_length=60)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sub_cases")
    position = models.PositiveSmallIntegerField(default=0)
    branch = models.CharField(max_length=20)
    branch_name = models.CharField(max_length=40)
    item_name = models.CharField(max_length=200)
    nature = models.CharField(max_length=20)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    process = models.CharField(max_length=80)
    finishes_after = models.JSONField(default=list)
    line_system = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State.choices, default=State.CHECKING)
    state_before_stop = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    reason = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    examined_by = models.CharField(max_length=80, blank=True)  # account: the decision needs another officer
    due_at = models.DateTimeField(null=True)
    verifying_since = models.DateTimeField(null=True)  # pushed information was put for verification
    granted_by_silence = models.BooleanField(default=False)  # a statute made the organ's silence a consent
    review_wanted = models.TextField(blank=True)  # why the result must be looked at again: another part was refused after it was out
    licence = models.JSONField(default=dict)  # identifier, title, verify_path once issued

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "branch"], name="one_sub_case_a_branch")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state", "due_at"], name="sub_case_queue"),
            models.Index(fields=["organisation", "due_at"], name="sub_case_open_due", condition=~models.Q(state="finished")),
            models.Index(fields=["organisation"], name="sub_case_to_review", condition=~models.Q(review_wanted="")),
        ]

    def __str__(self) -> str:
        return f"{self.sub_case_no} {self.item_name}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.FINISHED


class Opinion(models.Model):
    """What an officer wrote when passing a step on; kept in order, never edited."""

    id = PublicIdField()
    sub_case = models.ForeignKey(SubCase, on_delete=models.PROTECT, related_name="opinions")
    step = models.CharField(max_length=40)
    result = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    by_name = models.CharField(max_length=120)
    by_post = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
