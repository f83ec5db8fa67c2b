"""The thread with the applicant, and cards to answer."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class ThreadLine(models.Model):
    id = PublicIdField()
    case_no = models.CharField(max_length=50, db_index=True)
    from_applicant = models.BooleanField()
    by = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    urges = models.BooleanField(default=False)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


class Card(models.Model):
    """A prompt, warning, yellow or red card from e-supervision, for the department to answer. A prompt, no sanction."""

    card_no = models.CharField(primary_key=True, max_length=60)
    level = models.CharField(max_length=10)
    case_no = models.CharField(max_length=50, db_index=True)
    sub_case_no = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=80)
    rule = models.CharField(max_length=80)
    text = models.TextField()
    issued_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answer_by = models.DateField(null=True)  # empty: no answer is asked for
    verdict = models.CharField(max_length=10, blank=True)  # what supervision said last (CardReviewed.verdict)
    review = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # accepted, withdrawn, or the act was done

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "answered_at", "-issued_at"], name="card_to_answer")]
