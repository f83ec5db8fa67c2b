"""监察牌: prompt, warning, yellow, red; its cause as facts, its thread, what became of it."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField
from santai.oversight.supervision.messages import CARD_STATES, LEVELS, PENDING


class Card(models.Model):
    """One card (监察编号 ``card_no``, gapless a year). ``trigger_at`` is the moment the rule was broken, ``issued_at`` when it was known.

    ``cause_key`` makes a second card for the same cause impossible. A withdrawn card stays with its reason.
    """

    card_no = models.CharField(primary_key=True, max_length=30)
    cause_key = models.CharField(max_length=160, unique=True)
    level = models.CharField(max_length=10, choices=list(LEVELS.items()))
    rank = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField()
    basis = models.TextField(blank=True)
    case = models.ForeignKey("oversight_supervision.WatchedCase", on_delete=models.PROTECT, related_name="cards")
    sub_case_no = models.CharField(max_length=60, blank=True)
    clock = models.ForeignKey("oversight_supervision.WatchedClock", null=True, on_delete=models.PROTECT, related_name="cards")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    item_code = models.CharField(max_length=60)
    item_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    region = models.CharField(max_length=20, blank=True)
    cause = models.JSONField(default=dict)
    trigger_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    day = models.DateField()
    answer_by = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=list(CARD_STATES.items()))
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-issued_at", "-card_no"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-issued_at", "-card_no"], name="card_issued"),
            models.Index(fields=["organisation", "-issued_at"], name="card_org"),
            models.Index(fields=["-rank", "-issued_at"], name="card_pending", condition=models.Q(state__in=PENDING)),
            models.Index(fields=["day", "organisation", "level"], name="card_day"),
        ]

    def __str__(self) -> str:
        return f"{self.card_no} {self.get_level_display()}"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING


class CardLine(models.Model):
    """One line of a card's thread: issued, answer, accepted, returned, escalated, withdrawn, closed."""

    id = PublicIdField()
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=12)
    by = models.CharField(max_length=200)
    organisation_name = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
