"""容缺 materials and commitments."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class GivenPromise(models.Model):
    """A promise to hand a material in later, given at the window before acceptance; whether it helps is seen at acceptance."""

    id = PublicIdField()
    case_no = models.CharField(max_length=50)
    code = models.CharField(max_length=80)
    written = models.BooleanField()
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_no", "code"], name="one_given_promise_a_material")
        ]


class PromisedMaterial(models.Model):
    """A material that follows later. ``due_on`` moves with its clock when the calendar changes."""

    id = PublicIdField()
    case_no = models.CharField(max_length=50)
    sub_case_no = models.CharField(max_length=60)
    organisation = models.CharField(max_length=80)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    clock = models.UUIDField()
    due_on = models.DateField()
    promised_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_no", "code"], name="one_promise_a_material")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_on"], name="promise_open", condition=models.Q(completed_at=None, lapsed_at=None)),
        ]


class Commitment(models.Model):
    """告知承诺 of one case, with everything that becomes of it."""

    class Result(models.TextChoices):
        NONE = "", "待核查"
        KEPT = "kept", "符合承诺"
        UNKEPT = "unkept", "未履行承诺"
        DIFFERS = "differs", "与承诺不符"

    class Rectified(models.TextChoices):
        NONE = "", "—"
        FINE = "fine", "整改后符合"
        FAILING = "failing", "整改后仍不符合"

    case_no = models.CharField(primary_key=True, max_length=50)
    sub_case_no = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=80)
    item_name = models.CharField(max_length=200)
    applicant_name = models.CharField(max_length=200)
    told_at = models.DateTimeField()  # conditions, standards and consequences told
    signer = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of the text that was signed
    withdrawn_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    verify_due = models.DateField(null=True)
    clock = models.UUIDField(null=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True, default="")
    false_promise = models.BooleanField(default=False)
    found = models.TextField(blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=200, blank=True)
    rectify_due = models.DateField(null=True)
    rectify_what = models.TextField(blank=True)
    rectified = models.CharField(max_length=10, choices=Rectified.choices, blank=True, default="")
    rectified_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "verify_due"], name="commitment_to_verify", condition=models.Q(verified_at=None)),
        ]

    @property
    def stands(self) -> bool:
        """Chosen, signed and not taken back."""
        return self.signed_at is not None and self.withdrawn_at is None
