"""双公示."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class Publication(models.Model):
    """One decision that is to be published within seven working days; secret ones are withheld with the reason."""

    class State(models.TextChoices):
        WAITING = "waiting", "待公示"
        PUBLISHED = "published", "公示中"
        WITHHELD = "withheld", "不公开"
        REMOVED = "removed", "已撤回"

    id = PublicIdField()
    kind = models.CharField(max_length=10, default="licence")
    case_no = models.CharField(max_length=50)
    sub_case_no = models.CharField(max_length=60)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    document_no = models.CharField(max_length=80, blank=True)
    document_title = models.CharField(max_length=120)
    party_kind = models.CharField(max_length=20)
    party_name = models.CharField(max_length=200)  # as the public sees it
    party_code = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=dict)
    decided_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    clock = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    withheld = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)
    remove_because = models.TextField(blank=True)  # why it must be taken down
    remove_due = models.DateField(null=True)
    remove_clock = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "decided_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sub_case_no", "document_no"], name="one_publication_a_decision")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state", "due_on"], name="publication_work"),
            models.Index(fields=["case_no"], name="publication_case"),
        ]


class PublicationQuestion(models.Model):
    """An objection to what is published."""

    question_id = models.CharField(primary_key=True, max_length=40)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    by = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    right = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at"]
