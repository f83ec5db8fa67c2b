"""Licences as the department that gave them knows them, and what it did to them."""

from typing import ClassVar

from django.db import models

from santai.back.permits.rules.grounds import STATES
from santai.kernel.codes.service import PublicIdField


class HeldLicence(models.Model):
    """The back office's copy of one version of a licence (the register is ``exchange/licences``)."""

    identifier = models.CharField(primary_key=True, max_length=120)
    number = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=120)
    licence_type = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    previous = models.CharField(max_length=120, blank=True)
    holder = models.JSONField()
    holder_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    case_no = models.CharField(max_length=50, db_index=True)
    sub_case_no = models.CharField(max_length=60, blank=True)
    item_code = models.CharField(max_length=50, blank=True)
    item_version = models.PositiveIntegerField(default=0)
    item_name = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="valid")
    state_reason = models.TextField(blank=True)
    begin_by = models.DateField(null=True)  # last day to begin the work
    put_off = models.PositiveSmallIntegerField(default=0)
    begun_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-issued_at", "-version"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-issued_at"], name="held_by_issuer"),
            models.Index(
                fields=["begin_by"], name="held_to_begin", condition=models.Q(begun_on=None, state="valid", begin_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class LicenceAct(models.Model):
    """One decision about a licence, with ground, reason and document."""

    KINDS: ClassVar[dict[str, str]] = {
        "announce": "拟撤销告知",
        "revoke": "撤销",
        "recall": "撤回",
        "cancel": "注销",
        "replace": "补发",
        "transfer": "转让",
        "put_off": "延期开工",
        "begun": "开工",
        "lapse": "自行失效",
        "renew_by_silence": "视为准予延续",
    }
    id = PublicIdField()
    identifier = models.CharField(max_length=120, db_index=True)
    case_no = models.CharField(max_length=50)
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    ground = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    more = models.JSONField(default=dict)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    by_name = models.CharField(max_length=120)
    by_post = models.CharField(max_length=120, blank=True)
    document_no = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


class LicenceCase(models.Model):
    """A case about a licence that exists: change, renewal, replacement. ``expires_on``: after that day silence renews."""

    case_no = models.CharField(primary_key=True, max_length=50)
    identifier = models.CharField(max_length=120, db_index=True)
    business = models.CharField(max_length=10)
    expires_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    deemed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["expires_on"], name="renewal_open", condition=models.Q(business="renew", ended_at=None)),
        ]
