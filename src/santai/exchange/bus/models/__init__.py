"""The outbox. ``Message`` is partitioned by month and never changes; ``Delivery`` is the hot table the workers eat from."""

from django.db import models

STATES = [("pending", "待投递"), ("waiting", "等待前件"), ("dead", "投递失败"), ("done", "已投递"), ("given_up", "已放弃")]


class Message(models.Model):
    """One published message, here or in the zone it came from; the identifier is its origin's and makes a second arrival harmless."""

    pk = models.CompositePrimaryKey("id", "published_at")
    id = models.UUIDField()
    published_at = models.DateTimeField()
    origin = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    order_key = models.CharField(max_length=120, blank=True)
    actor = models.JSONField(default=dict)
    payload = models.JSONField(default=dict)

    class Meta:
        managed = True


class Delivery(models.Model):
    """A message on its way to one destination: a room of this zone, or ``zone:<name>``.

    ``lane`` is origin and order key: within (destination, lane) the oldest goes first, and one that fails or waits holds up only its lane.
    """

    seq = models.BigAutoField(primary_key=True)
    message_id = models.UUIDField("消息")
    published_at = models.DateTimeField("发布时间")
    name = models.CharField("消息名", max_length=120)
    origin = models.CharField("来源分区", max_length=20)
    destination = models.CharField("去向", max_length=60)
    lane = models.CharField(max_length=160)
    state = models.CharField("状态", max_length=10, choices=STATES, default="pending")
    attempts = models.SmallIntegerField("失败次数", default=0)
    waits = models.SmallIntegerField("等待次数", default=0)
    next_attempt_at = models.DateTimeField("下次尝试")
    done_at = models.DateTimeField("完成时间", null=True)
    error = models.TextField("错误", blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["destination", "lane", "seq"], name="bus_lane", condition=models.Q(state__in=["pending", "waiting", "dead"])
            ),
            models.Index(fields=["seq"], name="bus_due", condition=models.Q(state__in=["pending", "waiting"])),
            models.Index(fields=["message_id"], name="bus_message"),
            models.Index(fields=["done_at"], name="bus_done"),
        ]


class Link(models.Model):
    """How the line to a neighbouring zone is doing."""

    zone = models.CharField("分区", max_length=20, primary_key=True)
    failures = models.IntegerField("连续失败", default=0)
    next_attempt_at = models.DateTimeField("下次尝试", null=True)
    last_ok_at = models.DateTimeField("最近成功", null=True)
    last_error = models.TextField("最近错误", blank=True, default="")


class Source(models.Model):
    """Up to when a zone's record has been received here in full."""

    zone = models.CharField(max_length=20, primary_key=True)
    recorded_until = models.DateTimeField()
    received_at = models.DateTimeField(auto_now=True)
