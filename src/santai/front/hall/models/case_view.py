"""The front desk's projection of a case: what the applicant sees, kept by the facts that arrive."""

from datetime import date
from typing import ClassVar

from django.db import models


class CaseView(models.Model):
    """One row a case: state, remaining time, and each department's part."""

    case_no = models.CharField(primary_key=True, max_length=50)
    account = models.CharField(max_length=80)
    applicant_code = models.CharField(max_length=40)
    applicant_name = models.CharField(max_length=200)
    item_code = models.CharField(max_length=50)
    item_name = models.CharField(max_length=200)
    shape = models.CharField(max_length=10)
    organisation_name = models.CharField(max_length=120)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="submitted")
    step = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    parts = models.JSONField(default=dict)  # branch → {organisation_name, item_name, nature, state, step, outcome, clocks, licence}
    clocks = models.JSONField(default=list)  # DueDate of the case as a whole
    due_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    needs_me = models.BooleanField(default=False)  # waits for the applicant
    rated = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-received_at"], name="case_view_mine"),
            models.Index(fields=["applicant_code", "-received_at"], name="case_view_applicant"),
        ]


class CaseLine(models.Model):
    """One sentence of the timeline."""

    id = models.BigAutoField(primary_key=True)
    case_no = models.CharField(max_length=50)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)
    branch = models.CharField(max_length=20, blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    text = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case_no", "at", "id"], name="case_line_case")]


class CorrectionView(models.Model):
    """The one correction notice and the answer being written to it."""

    case_no = models.CharField(primary_key=True, max_length=50)
    notice_no = models.CharField(max_length=80)
    requested_at = models.DateTimeField()
    respond_by = models.DateField()
    defects = models.JSONField()
    data = models.JSONField(null=True)  # the corrected form, as it is being edited
    materials = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)


class HearingView(models.Model):
    """A hearing on the applicant's case: told, asked for, when and where."""

    sub_case_no = models.CharField(primary_key=True, max_length=60)
    case_no = models.CharField(max_length=50, db_index=True)
    organisation_name = models.CharField(max_length=120)
    state = models.CharField(max_length=20)
    on_request = models.BooleanField()
    reason = models.TextField(blank=True)
    request_by = models.DateField(null=True)
    hold_by = models.DateField(null=True)
    held_on = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    presider = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(null=True)  # by the applicant, here
    changed_at = models.DateTimeField()

    def may_ask(self, today: date) -> bool:
        """Only while the five working days run, and once."""
        return self.state == "told" and self.asked_at is None and self.request_by is not None and today <= self.request_by


class PaperView(models.Model):
    """A numbered document that was served."""

    document_no = models.CharField(primary_key=True, max_length=80)
    case_no = models.CharField(max_length=50, db_index=True)
    sub_case_no = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    organisation_name = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    file = models.JSONField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["issued_at"]


class LicenceView(models.Model):
    """An e-licence that came out of a case."""

    identifier = models.CharField(primary_key=True, max_length=120)
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    licence_type = models.CharField(max_length=60)
    holder_code = models.CharField(max_length=40, db_index=True)
    holder_name = models.CharField(max_length=200)
    case_no = models.CharField(max_length=50, db_index=True)
    branch = models.CharField(max_length=20, blank=True)
    organisation_name = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    valid_to = models.CharField(max_length=40, blank=True)
    verify_path = models.CharField(max_length=200)
    file = models.JSONField()
    valid_from = models.CharField(max_length=10, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    previous = models.CharField(max_length=120, blank=True)  # the version it takes the place of
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.TextField(blank=True)


class TalkLine(models.Model):
    """A line of the thread between applicant and handler."""

    id = models.UUIDField(primary_key=True)
    case_no = models.CharField(max_length=50)
    at = models.DateTimeField()
    mine = models.BooleanField()  # the applicant's own
    by = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    urges = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case_no", "at"], name="talk_case")]
