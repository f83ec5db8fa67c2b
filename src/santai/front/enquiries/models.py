"""Enquiry services as packs declare them, and how often each is used."""

from typing import ClassVar

from django.db import models

KINDS = [("query", "查询"), ("calculation", "计算"), ("booking", "预约")]


class Enquiry(models.Model):
    """One service that is no case."""

    key = models.SlugField(max_length=60, primary_key=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=KINDS)
    organisation_name = models.CharField(max_length=120)
    definition = models.JSONField()
    pack = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "title"]

    def __str__(self) -> str:
        return self.title


class EnquiryUse(models.Model):
    """How often a service was asked on a day; nothing of what was asked."""

    id = models.BigAutoField(primary_key=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enquiry", "day"], name="enquiries_one_count_a_day")
        ]
