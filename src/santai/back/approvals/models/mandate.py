"""首席代表授权: what a department lets its chief representative decide at the centre."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from santai.kernel.codes.service import PublicIdField


class ChiefMandate(models.Model):
    """One letter of authority: which items, which decisions, within which limit, from when to when. Ended ones stay on record."""

    id = PublicIdField()
    organisation = models.CharField(max_length=80)
    post = models.CharField(max_length=80)
    items = models.JSONField()  # item codes; of a joint item its own code
    outcomes = models.JSONField()  # granted, refused
    limit = models.JSONField(null=True)  # JSON Logic over the application's content; null: none
    limit_said = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField()
    given_by = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True, default="")
    pack = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation", "post", "-valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="approvals_mandate_dates", condition=Q(valid_to__gte=F("valid_from")))
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "post"], name="approvals_mandate_post")]
