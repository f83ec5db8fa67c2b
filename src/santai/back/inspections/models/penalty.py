"""A penalty from filing to payment."""

from typing import ClassVar

from django.db import models

from santai.back.inspections.rules.words import OUTCOMES, PENALTY_KINDS
from santai.kernel.codes.service import PublicIdField


class Penalty(models.Model):
    """行政处罚案件. The case row carries party, department, state and due date; here stands what the law asks to be shown."""

    class Procedure(models.TextChoices):
        ORDINARY = "ordinary", "普通程序"
        SUMMARY = "summary", "简易程序"

    case = models.OneToOneField("back_cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="penalty")
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    violation = models.CharField(max_length=120)
    facts = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    source = models.CharField(max_length=20, blank=True)
    party_born_on = models.DateField(null=True)
    conduct_ended = models.DateField()
    found_on = models.DateField()
    life_or_safety = models.BooleanField(default=False)  # five years instead of two (36)
    grave = models.BooleanField(default=False)  # decided after a collective discussion (57)
    review_prescribed = models.BooleanField(default=False)  # legal review (58)
    hearing_kind = models.CharField(max_length=20, blank=True)  # of the penalties before which a hearing may be asked for (63)
    filed_at = models.DateTimeField()

    told_at = models.DateTimeField(null=True)  # of the complete notice
    told = models.JSONField(default=dict)  # part → text, as last told
    told_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    heard_at = models.DateTimeField(null=True)
    statement = models.TextField(blank=True)
    statement_answer = models.TextField(blank=True)  # which points were taken up, and why the others not
    waived_at = models.DateTimeField(null=True)

    hearing_told_at = models.DateTimeField(null=True)
    hearing_by = models.DateField(null=True)
    hearing_requested_at = models.DateTimeField(null=True)
    hearing_waived_at = models.DateTimeField(null=True)
    hearing_notified_at = models.DateTimeField(null=True)
    hearing_on = models.DateTimeField(null=True)
    hearing_place = models.CharField(max_length=120, blank=True)
    hearing_held_at = models.DateTimeField(null=True)
    presider = models.CharField(max_length=80, blank=True)
    hearing_record = models.TextField(blank=True)
    record_signed = models.BooleanField(default=False)  # else the presider noted the refusal

    reviewed_at = models.DateTimeField(null=True)
    review_passed = models.BooleanField(default=False)
    review_text = models.TextField(blank=True)
    reviewer = models.CharField(max_length=80, blank=True)
    discussed_at = models.DateTimeField(null=True)
    discussion = models.TextField(blank=True)

    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    kinds = models.JSONField(default=list)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)  # yuan
    content = models.TextField(blank=True)  # the other penalties and orders in words
    reason = models.TextField(blank=True)
    decision_no = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField(null=True)  # a decision on the spot is filed with the organ (52)

    served_at = models.DateTimeField(null=True)
    serve_mode = models.CharField(max_length=20, blank=True)
    served_to = models.CharField(max_length=80, blank=True)
    pay_by = models.DateField(null=True)
    paid_at = models.DateTimeField(null=True)
    paid_surcharge = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["violation", "conduct_ended"], name="penalty_same_conduct")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.violation}"

    @property
    def outcome_name(self) -> str:
        return OUTCOMES.get(self.outcome, "")

    @property
    def kinds_named(self) -> str:
        return "、".join(PENALTY_KINDS[one] for one in self.kinds)

    @property
    def is_summary(self) -> bool:
        return self.procedure == self.Procedure.SUMMARY


class Interview(models.Model):
    """询问笔录 or another record of the investigation, by two officers who showed their cards (55)."""

    id = PublicIdField()
    penalty = models.ForeignKey(Penalty, on_delete=models.PROTECT, related_name="interviews")
    at = models.DateTimeField()
    officers = models.JSONField()  # [{card_no, name}]
    record = models.TextField()
    by_account = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


class EvidenceHold(models.Model):
    """先行登记保存 (56): approved by the head, dealt with within seven working days."""

    id = PublicIdField()
    penalty = models.ForeignKey(Penalty, on_delete=models.PROTECT, related_name="holds")
    items = models.TextField()
    approved_by = models.CharField(max_length=80)
    held_at = models.DateTimeField()
    clock = models.CharField(max_length=40)
    disposed_at = models.DateTimeField(null=True)
    disposal = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["held_at", "id"]
