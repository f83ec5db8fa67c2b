"""Who may ask what, and the count of what was asked."""

from django.db import models

from santai.kernel.codes.service import PublicIdField


class Grant(models.Model):
    """A permission to ask one personal query: data, installed by packs (part ``grants``). Nothing matches: refused."""

    code = models.CharField("授权编号", max_length=80, primary_key=True)
    query = models.CharField("查询", max_length=120)
    askers = models.JSONField("谁可以问", default=list)
    purposes = models.JSONField("用途", default=list)
    open_fields = models.JSONField("明文字段", default=list)
    masked_fields = models.JSONField("遮蔽字段", default=list)
    basis = models.CharField("依据", max_length=300, blank=True)
    pack = models.CharField("来自", max_length=80, blank=True)

    class Meta:
        ordering = ["query", "code"]


class Replica(models.Model):
    """This zone's copy of a provider's public reference entries, for when the provider cannot be reached."""

    query = models.CharField("查询", max_length=120, primary_key=True)
    version = models.CharField("版本", max_length=64)  # digest of the entries
    origin = models.CharField("来源", max_length=120, blank=True)
    entries = models.JSONField("条目", default=list)
    as_of = models.DateTimeField("取得时间")


class WaitingAsk(models.Model):
    """A question that could not be asked; content and answer are kept no longer than the work they serve needs them."""

    id = PublicIdField()
    query = models.CharField("查询", max_length=120)
    content = models.JSONField("内容")
    actor = models.JSONField("查询人")
    organisation = models.CharField("单位", max_length=80, blank=True)
    purpose = models.CharField("用途", max_length=200)
    subject = models.CharField("所办的事", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    asked_at = models.DateTimeField("登记时间")
    answered_at = models.DateTimeField("答复时间", null=True)
    outcome = models.CharField("结果", max_length=120, blank=True)
    answer = models.JSONField("答复", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], condition=models.Q(answered_at=None), name="gateway_waiting"),
            models.Index(fields=["subject"], name="gateway_waiting_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "organisation", "digest"], condition=models.Q(answered_at=None), name="gateway_waits_once"
            )
        ]


class Ask(models.Model):
    """One question as the data steward sees it; the whole record is in the ledger. No content, only a digest."""

    id = PublicIdField()
    at = models.DateTimeField("时间")
    query = models.CharField("查询", max_length=120)
    purpose = models.CharField("用途", max_length=200)
    subject = models.CharField("所办的事", max_length=200)
    account = models.CharField("查询人账号", max_length=80)
    name = models.CharField("查询人", max_length=120)
    organisation_name = models.CharField("单位", max_length=120, blank=True)
    zone = models.CharField("来自分区", max_length=20)
    outcome = models.CharField("结果", max_length=120)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "id"], name="gateway_ask_at"),
            models.Index(fields=["account", "at"], name="gateway_ask_account"),
            models.Index(fields=["purpose", "at"], name="gateway_ask_purpose"),
        ]
