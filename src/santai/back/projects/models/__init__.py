"""Investment projects and their progress. Firms are values; cases are found by the code they carry."""

from decimal import Decimal
from typing import ClassVar

from django.db import models

from santai.back.projects.rules import KINDS, start_by
from santai.exchange.contracts.service import STAGES
from santai.kernel.codes.service import PublicIdField


class Project(models.Model):
    """One investment project under its national code. ``report_due_at`` is the open quarter's limit, None once completed."""

    code = models.CharField(primary_key=True, max_length=24)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    firm_code = models.CharField(max_length=18, db_index=True)
    firm_name = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    investment = models.DecimalField(max_digits=14, decimal_places=2)  # 万元
    decided_on = models.DateField(null=True)
    start_on = models.DateField(null=True)  # planned
    finish_on = models.DateField(null=True)
    organisation = models.CharField(max_length=80)  # supervises it to completion
    organisation_name = models.CharField(max_length=120)
    stage = models.CharField(max_length=10, choices=list(STAGES.items()), default="waiting")
    invested = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    period = models.CharField(max_length=6)  # the quarter to be reported next
    report_due_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()
    urged_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "report_due_at"], name="project_due"),
            models.Index(fields=["-registered_at", "code"], name="project_registered"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def start_by(self) -> object:
        """The last day to start; None when it has started or none binds it."""
        return None if self.started_on else start_by(self.kind, self.decided_on)


class ProgressReport(models.Model):
    """What was reported for one quarter; never edited."""

    id = PublicIdField()
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    period = models.CharField(max_length=6)
    stage = models.CharField(max_length=10, choices=list(STAGES.items()))
    invested = models.DecimalField(max_digits=14, decimal_places=2)
    happened_on = models.DateField(null=True)
    text = models.TextField()
    by_firm = models.BooleanField()
    by_name = models.CharField(max_length=200)
    late = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "period"], name="one_report_a_quarter")
        ]
