"""Regions, organisations and posts. The code is the key everywhere, so that a replica in another zone needs no translation."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

LEVELS = (("city", "市"), ("district", "区"), ("town", "街镇"), ("village", "居村"))
KINDS = (
    ("organ", "行政机关"),
    ("institution", "事业单位"),
    ("mass", "群团组织"),
    ("committee", "居（村）民委员会"),
)


class Region(models.Model):
    """An administrative division, 6, 9 or 12 digits (GB/T 2260, GB/T 10114). Retired ones stay: old numbers and cases name them."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=LEVELS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=60, db_index=True)  # every code from the top down to this one, each ended by "/"
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # last day
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="orgs_region_code_digits", condition=Q(code__regex=r"^[0-9]{6}([0-9]{3}){0,2}$")),
            models.CheckConstraint(name="orgs_region_dates", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body that acts or helps: 机关, 事业单位, 群团, 居村委会. Merged or abolished ones keep their code, cases and history."""

    code = models.SlugField(max_length=60, primary_key=True)
    credit_code = models.CharField(max_length=18, blank=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=10, choices=LEVELS)
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    kind = models.CharField(max_length=20, choices=KINDS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    remedy = models.CharField(max_length=200, blank=True)  # 复议机关, as shown to the public
    vertical = models.BooleanField(default=False)  # 垂直管理: works in its own system, reports back
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    seq = models.PositiveIntegerField(default=0)  # the official order of bodies
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # last day
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        ordering: ClassVar[list[str]] = ["seq", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="orgs_credit_code_once", fields=["credit_code"], condition=~Q(credit_code="")),
            models.CheckConstraint(name="orgs_organisation_dates", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(name="orgs_merged_has_ended", condition=Q(merged_into=None) | Q(valid_to__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """A name an organisation bore until a day: a paper of that time shows it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    valid_to = models.DateField()
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["valid_to"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post in an organisation with the roles it grants (kernel/access names them). People hold posts; rights come from posts only."""

    code = models.SlugField(max_length=80, primary_key=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=80)
    roles = models.JSONField(default=list)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")  # reach; empty: the organisation's
    seq = models.PositiveIntegerField(default=0)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation", "seq", "code"]

    def __str__(self) -> str:
        return self.title
