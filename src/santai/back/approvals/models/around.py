"""What belongs to a decision besides papers and opinions: visits and tests, others who are touched, opinions asked, notices, reviews."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class Inspection(models.Model):
    """核查 or 检验检测检疫: officers named and what they found. Two different people at least (行政许可法 34, 55)."""

    class Kind(models.TextChoices):
        VISIT = "visit", "现场核查"
        TEST = "test", "检验、检测、检疫"

    id = PublicIdField()
    sub_case_no = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    officers = models.JSONField()  # [{"account", "name"}]
    at = models.DateTimeField()
    findings = models.TextField(blank=True)
    noted_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


class InterestedParty(models.Model):
    """利害关系人: whose major interest the permit directly touches; told, and heard (行政许可法 36)."""

    id = PublicIdField()
    sub_case_no = models.CharField(max_length=60, db_index=True)
    name = models.CharField(max_length=200)
    interest = models.TextField(blank=True)
    noted_by = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    statement = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["noted_at", "id"]


class AskedOpinion(models.Model):
    """征求意见: another department is asked, until a day, and what its silence means was said when it was asked."""

    class Answer(models.TextChoices):
        NONE = "", "未答复"
        AGREED = "agreed", "同意"
        OBJECTED = "objected", "不同意"
        DEEMED = "deemed", "视为同意"

    id = PublicIdField()
    sub_case_no = models.CharField(max_length=60, db_index=True)
    case_no = models.CharField(max_length=50, db_index=True)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    question = models.TextField()
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    silence_agrees = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    reason = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    late = models.TextField(blank=True)  # what came after the time was over: kept, changes nothing
    overdue_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sub_case_no", "organisation"], condition=models.Q(answered_at=None), name="one_open_question")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_on"], name="opinion_due", condition=models.Q(answered_at=None, overdue_at=None)),
            models.Index(fields=["organisation"], name="opinion_to_give", condition=models.Q(answered_at=None)),
        ]


class ReviewResult(models.Model):
    """A decision was annulled by 行政复议 or judgment: what follows, and by when."""

    id = PublicIdField()
    sub_case_no = models.CharField(max_length=60, db_index=True)
    source = models.CharField(max_length=20)  # review, court
    document_no = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=20)  # annulled_redo, annulled
    because = models.CharField(max_length=20)  # facts, procedure
    within = models.PositiveIntegerField(null=True)  # the time it set for the new decision, in ``unit``
    unit = models.CharField(max_length=20, default="working_day")
    old_outcome = models.CharField(max_length=20)
    old_reason = models.TextField(blank=True)
    noted_by = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["noted_at", "id"]


class PublicNotice(models.Model):
    """公示 of a case before it may be decided: its last day, and objections meanwhile."""

    id = PublicIdField()
    sub_case_no = models.CharField(max_length=60, db_index=True)
    what = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    last_day = models.DateField()
    begun_by = models.CharField(max_length=120)
    objections = models.JSONField(default=list)  # [{"by", "text", "at"}]

    class Meta:
        ordering: ClassVar[list[str]] = ["began_at", "id"]
