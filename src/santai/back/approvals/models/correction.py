"""The one correction round."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class DefectNote(models.Model):
    """A defect one department found; united with the others' into the one notice."""

    id = PublicIdField()
    case_no = models.CharField(max_length=50, db_index=True)
    sub_case_no = models.CharField(max_length=60)
    branch = models.CharField(max_length=20)
    organisation_name = models.CharField(max_length=120)
    text = models.TextField()
    field = models.CharField(max_length=120, blank=True)
    material = models.CharField(max_length=80, blank=True)
    noted_by = models.CharField(max_length=120)
    noted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["noted_at", "id"]


class CorrectionNotice(models.Model):
    """一次性告知: one a case, complete (行政许可法 32). The constraint makes a second one impossible."""

    case_no = models.CharField(primary_key=True, max_length=50)
    notice_no = models.CharField(max_length=80, unique=True)
    defects = models.JSONField()
    requested_at = models.DateTimeField()
    respond_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
