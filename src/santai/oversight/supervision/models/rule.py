"""Supervision rules as data."""

from typing import ClassVar

from django.db import models


class RuleRow(models.Model):
    """One rule in force. ``source``: built-in, or the pack that set or replaced it."""

    code = models.CharField(primary_key=True, max_length=80)
    position = models.PositiveIntegerField(default=0)
    data = models.JSONField()
    source = models.CharField(max_length=80)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "code"]
