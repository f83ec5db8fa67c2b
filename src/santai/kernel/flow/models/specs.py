"""What is deployed: immutable versions."""

from django.db import models

from santai.kernel.codes.service import PublicIdField


class ProcessSpec(models.Model):
    """One version of a process. ``bpmn`` and ``decisions`` never change once deployed; running processes stay on their version."""

    id = PublicIdField()
    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    bpmn = models.TextField()
    decisions = models.JSONField(default=dict)  # table key → {"version": n, "dmn": text}, pinned with this version
    digest = models.CharField(max_length=64)
    deployed_at = models.DateTimeField()
    deployed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="flow_spec_version")]


class Decision(models.Model):
    """One version of a decision table."""

    id = PublicIdField()
    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    dmn = models.TextField()
    digest = models.CharField(max_length=64)
    deployed_at = models.DateTimeField()
    deployed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="flow_decision_version")]
