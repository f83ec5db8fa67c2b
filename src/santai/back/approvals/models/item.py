"""The back office's read-only copy of published item versions, keyed by what their owner made."""

from typing import ClassVar

from django.db import models


class ItemCopy(models.Model):
    code = models.CharField(max_length=50)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    definition = models.JSONField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "version"], name="one_copy_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
