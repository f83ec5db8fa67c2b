"""双随机 inspections: the two lists, a plan, its one draw, what was found."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class Inspector(models.Model):
    """检查人员名录: one card one row. ``interests``: codes and names of those the inspector must keep away from."""

    id = PublicIdField()
    organisation = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    card_no = models.CharField(max_length=40, unique=True)
    valid_to = models.DateField()
    interests = models.JSONField(default=list)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["card_no"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "card_no"], name="inspector_of_body")]


class SpotObject(models.Model):
    """检查对象名录."""

    id = PublicIdField()
    organisation = models.CharField(max_length=80)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_spot_object_a_code")
        ]


class SpotPlan(models.Model):
    """抽查计划: what is inspected, on what basis, and how many objects are drawn."""

    id = PublicIdField()
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    region = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=120)
    subject = models.TextField()  # 抽查事项
    basis = models.TextField()
    take = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "-made_at"], name="spot_plan_of_body")]

    def __str__(self) -> str:
        return self.title


class SpotDraw(models.Model):
    """The one draw of a plan, with everything needed to compute it again."""

    plan = models.OneToOneField(SpotPlan, on_delete=models.PROTECT, primary_key=True, related_name="draw")
    seed = models.CharField(max_length=80)
    seed_from = models.CharField(max_length=120, blank=True)  # who named the seed, or where it was read
    object_list = models.JSONField()  # [{code, name}] as they stood
    inspector_list = models.JSONField()  # [{card_no, name, interests}]
    picked = models.JSONField()  # [{object, inspectors}]
    digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=80)


class Inspection(models.Model):
    """One inspection on site, a case of its own."""

    case = models.OneToOneField("back_cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="inspection")
    plan = models.ForeignKey(SpotPlan, on_delete=models.PROTECT, related_name="inspections")
    object_code = models.CharField(max_length=40)
    object_name = models.CharField(max_length=120)
    officers = models.JSONField()  # drawn: [{card_no, name}]
    went = models.JSONField(default=list)  # who went
    inspected_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=20, blank=True)
    findings = models.TextField(blank=True)
    record_no = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.object_name}"
