"""Item versions. Once published, the definition of a version never changes (a trigger in the migration sees to it)."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField

STATES = [("draft", "草稿"), ("scheduled", "待生效"), ("published", "已发布"), ("withdrawn", "已撤下")]


class ItemVersion(models.Model):
    """One version of a service item; at most one version of an item is in force (``published``)."""

    id = PublicIdField()
    code = models.CharField("事项编码", max_length=50)
    version = models.PositiveIntegerField("版本")
    name = models.CharField("名称", max_length=200)
    organisation = models.CharField("实施机关代码", max_length=80, blank=True)
    organisation_name = models.CharField("实施机关", max_length=200, blank=True)
    act_type = models.CharField("事项类型", max_length=2, blank=True)
    shape = models.CharField("形态", max_length=10)
    definition = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=STATES, default="draft")
    published_at = models.DateTimeField("发布时间", null=True)
    published_by = models.CharField("发布人", max_length=120, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_reason = models.TextField("撤下原因", blank=True)
    pack = models.CharField("来自", max_length=80, blank=True)
    effective_on = models.DateField("生效日期", null=True)  # scheduled: in force from this day
    ends_on = models.DateField("取消日期", null=True)  # published: off the list from this day
    ends_why = models.TextField("取消原因", blank=True)
    search = SearchVectorField(null=True)  # tokens of name, code, organisation, keywords

    class Meta:
        ordering: ClassVar[list[str]] = ["code", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "version"], name="items_code_version"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="published"), name="items_one_in_force"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search"], name="items_version_search"),
            models.Index(fields=["organisation", "name"], name="items_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
