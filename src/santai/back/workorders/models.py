"""What a bad rating asks of a department; who looks after a firm, and the problems taken to departments for it."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


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


class AccountManager(models.Model):
    """客户经理: an official, in a post, named for a firm from one day to another. The firm is a value."""

    id = PublicIdField()
    firm_code = models.CharField(max_length=18)
    firm_name = models.CharField(max_length=200)
    account = models.CharField(max_length=60)
    person = models.CharField(max_length=120)
    post = models.CharField(max_length=80)
    post_title = models.CharField(max_length=120)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)  # of the office, for the firm to see
    since = models.DateField()
    until = models.DateField(null=True)  # the last day; None while open
    named_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["firm_code", "since"], name="manager_of_firm"),
            models.Index(fields=["account", "post"], name="firms_of_manager"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.firm_name}"


class FirmProblem(models.Model):
    """企业问题: what the account manager took to a department. The case row carries state, department and due date."""

    case = models.OneToOneField("back_cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="firm_problem")
    manager = models.ForeignKey(AccountManager, on_delete=models.PROTECT, related_name="problems")
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
