"""What a bad rating asks of a department."""

from typing import ClassVar

from django.db import models


class Redress(models.Model):
    """差评整改: one a rating. The case row carries state, department and due date; here stands what the rater said and what was done."""

    case = models.OneToOneField("back_cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="redress")
    rating = models.CharField(max_length=60, unique=True)  # the rating's identifier at the front desk; no rater's name
    rated_case_no = models.CharField(max_length=50, blank=True)
    level = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    text = models.TextField(blank=True)
    real_name = models.BooleanField()  # the rater agreed to be called
    contact = models.CharField(max_length=40, blank=True)
    rated_at = models.DateTimeField()
    contacted_at = models.DateTimeField(null=True)
    contact_note = models.TextField(blank=True)  # inside only
    rectified_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)  # stands in public beside the rating
    revisited_at = models.DateTimeField(null=True)
    revisit_note = models.TextField(blank=True)
    satisfied = models.BooleanField(null=True)  # what the rater said when called again
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-rated_at"], name="redress_rated")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rating}"
