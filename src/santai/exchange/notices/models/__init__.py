"""Tables of notices."""

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField

CHANNELS = {"in_app": "站内", "sms": "短信", "mail": "邮件"}
STATES = {"pending": "待发送", "sent": "已发送", "failed": "发送失败"}


class Letter(models.Model):
    """A letter as packs declare it."""

    code = models.SlugField(primary_key=True, max_length=64)
    title = models.CharField(max_length=200)
    text = models.TextField()
    sms = models.TextField(blank=True)
    pack = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.title


class Notice(models.Model):
    """One thing told to one person or firm."""

    id = PublicIdField()
    request_id = models.CharField(max_length=80, unique=True)
    letter = models.CharField(max_length=64)
    party_kind = models.CharField(max_length=20)
    party_code_kind = models.CharField(max_length=40)
    party_code = models.CharField(max_length=64)
    party_name = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    text = models.TextField()
    case_no = models.CharField(max_length=40, blank=True, db_index=True)
    wanted_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.title


class Sending(models.Model):
    """One notice by one channel."""

    id = PublicIdField()
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="sendings")  # empty: a code
    channel = models.CharField(max_length=10, choices=list(CHANNELS.items()))
    address = models.CharField(max_length=200)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    secret = models.BooleanField(default=False)  # a code: the text is blanked once sent
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="pending")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="sending_once_per_channel")]
        indexes = [models.Index(fields=["next_attempt_at"], condition=Q(state="pending"), name="sending_due")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.subject}"


class Code(models.Model):
    """A verification code, as a digest."""

    id = PublicIdField()
    phone = models.CharField(max_length=20)
    purpose = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["phone", "purpose", "-made_at"], name="code_of_phone")]
