"""One rating of one occasion."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from santai.front.ratings.rules import BAD, LEVELS
from santai.kernel.codes.service import PublicIdField


class Rating(models.Model):
    """What the rater said is written once, never changed; the department's answer is added.

    ``account`` stays in this room: it lets the rater see the own rating, and nobody else.
    """

    id = PublicIdField()
    occasion = models.CharField(max_length=90)  # case:<case_no> or visit:<number>
    case_no = models.CharField(max_length=50, blank=True)
    account = models.CharField(max_length=80)
    item_code = models.CharField(max_length=50, blank=True)
    item_name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(choices=list(LEVELS.items()))
    tags = models.JSONField(default=list)
    text = models.TextField(blank=True)
    hidden_why = models.CharField(max_length=20, blank=True)  # empty: the words may stand in public
    contact_wanted = models.BooleanField(default=False)
    follow_up = models.BooleanField(default=False)  # 差评: contact within 1 working day
    rated_at = models.DateTimeField()
    redress = models.CharField(max_length=20, blank=True)  # how far the department is: opened … closed
    redress_due = models.DateField(null=True)  # by when it is to be put right
    redress_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)  # the department's words, public

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["occasion"], name="rating_once_an_occasion"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="rating_level_one_to_five"),
            models.CheckConstraint(condition=Q(follow_up=False) | Q(level__in=sorted(BAD)), name="rating_follow_up_only_bad"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-rated_at", "level"], name="rating_department"),
            models.Index(fields=["-rated_at", "-id"], name="rating_public_words", condition=~Q(text="") & Q(hidden_why="")),
            models.Index(fields=["rated_at"], name="rating_follow_up", condition=Q(follow_up=True)),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.get_level_display()}"
