"""What is being filled in, and who must sign it."""

from typing import ClassVar

from django.db import models

from santai.kernel.codes.service import PublicIdField


class Draft(models.Model):
    """An application being written; ``revision`` rises with every save, so that two devices never overwrite each other unseen."""

    class State(models.TextChoices):
        OPEN = "open", "填写中"
        SUBMITTED = "submitted", "已提交"
        ABANDONED = "abandoned", "已删除"

    id = PublicIdField()
    account = models.CharField(max_length=80)
    applicant = models.JSONField()  # Party: oneself, or the company acted for
    applicant_code = models.CharField(max_length=40)
    authorisation = models.CharField(max_length=80, blank=True)
    item_code = models.CharField(max_length=50)
    item_version = models.PositiveIntegerField()
    item_name = models.CharField(max_length=200)
    situation = models.JSONField(default=dict)  # answers to the guided questions
    data = models.JSONField(default=dict)
    prefilled = models.JSONField(default=dict)  # path → {"value", "origin", "locked"}
    materials = models.JSONField(default=dict)  # material code → {"files": [FileRef], "from_licence", "from_register", "follows_later"}
    visited = models.JSONField(default=list)  # sections opened once
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=40, blank=True)  # the open page that saved last: its next save is no surprise
    reservation = models.JSONField(default=dict)  # the company name kept for this draft: {"name", "number", "until"}
    business = models.CharField(max_length=10, default="new")  # new change renew replace
    licence = models.CharField(max_length=120, blank=True)  # identifier of the licence it is about
    commitment = models.JSONField(default=dict)  # 告知承诺 as signed: {"signer", "signed_at", "digest"}; empty: the ordinary way
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    case_no = models.CharField(max_length=50, blank=True)
    held_by = models.CharField(max_length=80, blank=True, default="")  # the body whose window keeps it for a person present
    assistance = models.JSONField(default=dict)  # at a window: {"visit", "authority", "filed_by": Party}
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["account", "state", "-updated_at"], name="draft_mine")]


class SignatureInvitation(models.Model):
    """One person who must sign: invited personally, signs what the form said (``digest``) at that moment."""

    id = PublicIdField()
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    code_kind = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, blank=True)
    invited_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=80, blank=True)
    reminded_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "code"], name="one_invitation_a_person")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["code", "signed_at"], name="invitation_for_me")]
