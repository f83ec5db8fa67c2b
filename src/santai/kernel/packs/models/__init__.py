"""What has been installed."""

from django.db import models


class InstalledPack(models.Model):
    """One pack as it was last installed; ``digest`` covers the manifest and every file it names."""

    name = models.CharField("包名", max_length=80, primary_key=True)
    title = models.CharField("名称", max_length=200)
    version = models.CharField("版本", max_length=40)
    digest = models.CharField("摘要", max_length=64)
    profile = models.CharField("做法", max_length=40, blank=True, default="")
    requires = models.JSONField("依赖", default=list)
    counts = models.JSONField("内容", default=dict)
    sample = models.BooleanField("示例内容", default=False)
    installed_at = models.DateTimeField("安装时间")
    installed_by = models.CharField("安装人", max_length=120)

    class Meta:
        ordering = ["installed_at", "name"]
        verbose_name = "应用包"
        verbose_name_plural = "应用包"

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def contents(self) -> list[tuple[str, int]]:
        """Part and count; for templates, where ``counts.items`` would mean the part ``items``."""
        return list(self.counts.items())
