"""An item on its way to publication: drafted, legally reviewed, published. The process itself runs in kernel/flow."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField

KINDS = [("new", "新编"), ("claim", "认领"), ("change", "变更"), ("withdraw", "取消")]
STEPS = [
    ("draft", "编制中"), ("legal_review", "法制审核中"), ("publish", "待发布"), ("done", "已发布"), ("cancelled", "已作废"),
]  # fmt: skip
OPEN = ("draft", "legal_review", "publish")


class ItemDraft(models.Model):
    """The working copy. ``base``: the definition it began from, for what the sheet has no column for. ``revision`` stops a second hand."""

    id = PublicIdField()
    kind = models.CharField("类别", max_length=10, choices=KINDS)
    code = models.CharField("事项编码", max_length=50)
    name = models.CharField("名称", max_length=200)
    organisation = models.CharField("编制单位代码", max_length=80)
    organisation_name = models.CharField("编制单位", max_length=200)
    claimed_from = models.CharField("认领自", max_length=12, blank=True)
    base_version = models.PositiveIntegerField("原版本", default=0)
    base = models.JSONField(default=dict)
    sheet = models.JSONField(default=dict)
    reason = models.TextField("原因", blank=True)
    step = models.CharField("环节", max_length=15, choices=STEPS, default="draft")
    returned_why = models.TextField("退回意见", blank=True)
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.CharField("编制人", max_length=120)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_version = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-updated_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], condition=Q(step__in=OPEN), name="items_one_open_draft"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "step", "-updated_at"], name="items_drafts")]

    @property
    def subject(self) -> str:
        """Its name in kernel/flow and the ledger."""
        return f"item-draft:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.step in OPEN

    def __str__(self) -> str:
        return self.name


class DraftOpinion(models.Model):
    """What was said at a step: who, as whom, with which outcome."""

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(ItemDraft, on_delete=models.CASCADE, related_name="opinions")
    step = models.CharField(max_length=15, choices=STEPS)
    outcome = models.CharField(max_length=20)
    label = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
