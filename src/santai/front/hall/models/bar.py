"""Who may not apply again for a time."""

from typing import ClassVar

from django.db import models


class ApplicationBar(models.Model):
    """After false statements an applicant may not ask for the same item again until a day (行政许可法 78, 79); one row a case."""

    case_no = models.CharField(primary_key=True, max_length=50)
    applicant_code = models.CharField(max_length=40)
    item_code = models.CharField(max_length=50)
    kind = models.CharField(max_length=20)
    last_day = models.DateField()
    basis = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["applicant_code", "item_code", "last_day"], name="bar_of_applicant")]
