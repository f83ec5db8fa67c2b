"""What a line system has received, and what it answered."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class HandedTask(models.Model):
    """One step handed over by approvals. Its clocks run there; here is only the line system's own list."""

    id = PublicIdField()
    system = models.CharField(max_length=40)
    organisation = models.CharField(max_length=80)
    case_no = models.CharField(max_length=50)
    sub_case_no = models.CharField(max_length=60)
    step = models.CharField(max_length=40)
    content = models.JSONField()
    receipt_no = models.CharField(max_length=60, unique=True)
    handed_over_at = models.DateTimeField()
    received_at = models.DateTimeField()
    answer = models.CharField(max_length=20, blank=True)
    answer_text = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_account = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    called_back_at = models.DateTimeField(null=True)  # no longer to be done
    called_back_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sub_case_no", "step", "handed_over_at"], name="one_task_a_hand_over")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-received_at"], name="handed_task_list"),
            models.Index(fields=["sub_case_no"], name="handed_task_sub_case"),
        ]
