"""Installed form definitions: immutable per key and version."""

from django.db import models

from santai.kernel.codes.service import PublicIdField


class FormDefinition(models.Model):
    id = PublicIdField()
    key = models.CharField("表单", max_length=80)
    version = models.PositiveIntegerField("版本")
    title = models.CharField("名称", max_length=200)
    definition = models.JSONField("定义")
    digest = models.CharField("摘要", max_length=64)
    installed_at = models.DateTimeField("安装时间")
    installed_by = models.CharField("安装人", max_length=120)

    class Meta:
        verbose_name = "表单定义"
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="form_key_version")]

    def __str__(self) -> str:
        return f"{self.title}（{self.key} 第 {self.version} 版）"
