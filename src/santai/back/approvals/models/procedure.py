"""Special procedures (特别程序) that stop a clock, and extensions of a limit."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class SpecialProcedure(models.Model):
    """A lawful stop (行政许可法 45): kind, start, reason, who approved, how long it is expected to take, and its result."""

    CODE = 2  # 特别程序种类 reported upward (GB/T 39046): 1 延长审批, 2 others

    id = PublicIdField()
    sub_case_no = models.CharField(max_length=60, db_index=True)
    cause = models.CharField(max_length=40)
    reason = models.TextField()
    expected_days = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=120, blank=True)
    expected_until = models.DateField(null=True)  # the last day of the time the applicant was told
    overdue_at = models.DateTimeField(null=True)  # supervision was told that it takes longer than told
    result = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["started_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sub_case_no"], condition=models.Q(ended_at=None), name="one_running_special_procedure")
        ]


class Extension(models.Model):
    """One request for a longer limit and its answer by an officer entitled to give it."""

    CODE = 1

    class State(models.TextChoices):
        ASKED = "asked", "待批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"

    id = PublicIdField()
    sub_case_no = models.CharField(max_length=60, unique=True)  # once
    reason = models.TextField()
    days = models.PositiveIntegerField()
    asked_by = models.CharField(max_length=120)
    asked_account = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    answered_by = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
