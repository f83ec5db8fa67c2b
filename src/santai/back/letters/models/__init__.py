"""Words of a department, by version; phrases and check-lists."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField


class Wording(models.Model):
    """One version of a kind's words, for one body, for all its items or one. A published version never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "使用中"
        RETIRED = "retired", "已被替换"

    id = PublicIdField()
    organisation = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    item_code = models.CharField(max_length=50, blank=True)  # empty: all items of the body
    version = models.PositiveIntegerField(default=0)  # of a draft: 0
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    before = models.TextField()
    after = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)  # why it was changed
    revision = models.PositiveIntegerField(default=1)  # of a draft: how often it was saved
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=120, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "item_code"], condition=Q(state="draft"), name="one_draft_of_a_wording"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "item_code"], condition=Q(state="published"), name="one_wording_in_force"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "item_code", "version"], condition=~Q(state="draft"), name="a_version_of_a_wording_once"
            ),
        ]


class Phrase(models.Model):
    """A sentence officials use again, or a point they check, for one body's items or one of them."""

    class Use(models.TextChoices):
        CORRECTION = "correction", "补正意见"
        OPINION = "opinion", "审查意见"
        REFUSAL = "refusal", "不予的理由"
        POINT = "point", "审查要点"

    id = PublicIdField()
    organisation = models.CharField(max_length=80)
    item_code = models.CharField(max_length=50, blank=True)
    use = models.CharField(max_length=12, choices=Use.choices)
    text = models.CharField(max_length=300)
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["use", "position", "added_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "item_code", "use", "text"], condition=Q(retired_at=None), name="a_phrase_once"
            ),
        ]
