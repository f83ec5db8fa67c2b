"""基本目录, which districts claim from, and the powers of 权责清单."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField


class BasicItem(models.Model):
    """One row of 基本目录: name, code and bases are the same wherever the item is carried out."""

    code = models.CharField("基本编码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=200)
    act_type = models.CharField("事项类型", max_length=2)
    nature = models.CharField("办理性质", max_length=20, default="permit")
    guided_by = models.CharField("业务指导部门", max_length=120, blank=True)
    levels = models.JSONField("行使层级", default=list)  # codes 1…7; empty: any
    bases = models.JSONField("设定依据", default=list)  # LegalBasis as plain data
    served = models.JSONField("服务对象", default=list)
    in_force = models.BooleanField(default=True)
    pack = models.CharField("来自", max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return self.name


class Power(models.Model):
    """One version of a row of 权责清单: any of the ten kinds of power, with duties and accountability. Published rows never change."""

    id = PublicIdField()
    code = models.CharField("权力编码", max_length=50)
    version = models.PositiveIntegerField("版本")
    name = models.CharField("名称", max_length=200)
    act_type = models.CharField("权力类型", max_length=2)
    organisation = models.CharField("实施机关代码", max_length=80)
    organisation_name = models.CharField("实施机关", max_length=200)
    bases = models.JSONField("实施依据", default=list)
    duties = models.JSONField("责任事项", default=list)
    accountability = models.JSONField("追责情形", default=list)
    in_force = models.BooleanField(default=True)
    published_at = models.DateTimeField("发布时间")
    published_by = models.CharField("发布人", max_length=120, blank=True)
    pack = models.CharField("来自", max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation_name", "act_type", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "version"], name="items_power_version"),
            models.UniqueConstraint(fields=["code"], condition=Q(in_force=True), name="items_one_power_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
