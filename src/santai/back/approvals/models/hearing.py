"""听证: whether one is due, who was told, who asked, when it was held, what the record says."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class Hearing(models.Model):
    """One a sub-case. Each date is a legal event; which step is next follows from them (``rules/hearing.py``)."""

    class Ground(models.TextChoices):
        INTEREST = "interest", "直接涉及申请人与他人之间重大利益关系（行政许可法第四十七条）"
        PRESCRIBED = "prescribed", "法律、法规、规章规定应当听证（行政许可法第四十六条）"
        PUBLIC = "public", "本机关认为需要听证的涉及公共利益的重大事项（行政许可法第四十六条）"

    class Record(models.TextChoices):
        SIGNED = "signed", "参加人已签字"
        REFUSED = "refused", "有人拒绝签字，已注明"

    id = PublicIdField()
    sub_case_no = models.CharField(max_length=60, unique=True)
    ground = models.CharField(max_length=20, choices=Ground.choices)
    reason = models.TextField()
    parties = models.JSONField(default=list)  # names of those touched, besides the applicant
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)  # to the public (46)
    announcement = models.TextField(blank=True)
    requested_at = models.DateTimeField(null=True)
    requested_by = models.CharField(max_length=200, blank=True)
    waived_at = models.DateTimeField(null=True)
    waived_by = models.CharField(max_length=200, blank=True)
    notified_at = models.DateTimeField(null=True)
    held_on = models.DateTimeField(null=True)  # the time notified
    place = models.CharField(max_length=200, blank=True)
    presider = models.CharField(max_length=120, blank=True)
    presider_account = models.CharField(max_length=80, blank=True)
    held_at = models.DateTimeField(null=True)
    closed_session = models.TextField(blank=True)  # why it was not public: secrets or privacy only
    record = models.TextField(blank=True)
    record_state = models.CharField(max_length=10, choices=Record.choices, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["held_on"], name="hearing_day", condition=models.Q(held_at=None))]

    def __str__(self) -> str:
        return self.sub_case_no
