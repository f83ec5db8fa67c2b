"""Item versions. Once published, the definition of a version never changes (a trigger in the migration sees to it)."""

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField

STATES = [("draft", "草稿"), ("published", "已发布"), ("withdrawn", "已撤下")]


class ItemVersion(models.Model):
    """One version of a service item; at most one version of an item is in force (``published``)."""

    id = PublicIdField()
    code = models.CharField("事项编码", max_length=50)
    version = models.PositiveIntegerField("版本")
    name = models.CharField("名称", max_length=200)
    organisation_name = models.CharField("实施机关", max_length=200, blank=True)
    shape = models.CharField("形态", max_length=10)
    definition = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=STATES, default="draft")
    published_at = models.DateTimeField("发布时间", null=True)
    published_by = models.CharField("发布人", max_length=120, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_reason = models.TextField("撤下原因", blank=True)
    pack = models.CharField("来自", max_length=80, blank=True)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="items_code_version"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="published"), name="items_one_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
