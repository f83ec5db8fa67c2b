"""Accounts of residents, firms' agents and officials; the posts they hold; the authority others gave them."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from santai.kernel.codes.service import IDENTIFIER_KINDS, PERSON_KINDS, PublicIdField
from santai.kernel.orgs.service import Post

PERSON_KIND_CHOICES = [(kind, IDENTIFIER_KINDS[kind]) for kind in PERSON_KINDS]
# How sure we are that the account is this person (standards.md §3)
LEVELS = ((1, "未核验"), (2, "自行申报"), (3, "与人口库比对一致"), (4, "实人实名"), (5, "证书或窗口核验"))
CAPACITIES = (("legal_representative", "法定代表人"), ("agent", "经办人"))


class Accounts(BaseUserManager["Account"]):
    def create_user(self, login: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(login=login, **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(login__iexact=username)


class Account(AbstractBaseUser):
    """One who can sign in. Rights come from posts and roles, never from flags on the account. Never deleted, so a login is never reused."""

    id = PublicIdField()
    login = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=120)
    code_kind = models.CharField(max_length=30, choices=PERSON_KIND_CHOICES, blank=True)
    code = models.CharField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=1)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False, db_default=False)  # somebody else chose it: nobody acts before it is changed
    sample = models.BooleanField(default=False)  # came with a demonstration pack
    created_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Accounts()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("login"), name="identity_login_once"),
            models.UniqueConstraint(name="identity_person_once", fields=["code_kind", "code"], condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name


class PostHolding(models.Model):
    """A person holds a post from a day to a day; as B 角 (``acting``) or by delegation of another holder."""

    id = PublicIdField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # last day
    acting = models.BooleanField(default=False)
    delegated_from = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    seq = models.PositiveSmallIntegerField(default=0)  # 0: the one a session starts with

    class Meta:
        ordering: ClassVar[list[str]] = ["seq", "valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="identity_holding_once", fields=["account", "post", "valid_from"]),
            models.CheckConstraint(name="identity_holding_dates", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} · {self.post_id}"


class Authorisation(models.Model):
    """A firm (or person) lets somebody act for it: which items, from when to when, on what evidence. Revoked ones stay on record."""

    id = PublicIdField()
    grantor_kind = models.CharField(max_length=30, default="credit-code")
    grantor_code = models.CharField(max_length=40, db_index=True)
    grantor_name = models.CharField(max_length=120)
    grantee = models.ForeignKey(Account, models.PROTECT, related_name="authorisations")
    capacity = models.CharField(max_length=30, choices=CAPACITIES, default="agent")
    items = models.JSONField(default=list)  # item codes; empty: all
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # last day
    evidence = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["grantor_name", "-valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="identity_authorisation_dates", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self) -> str:
        return f"{self.grantor_name} → {self.grantee_id}"


class SignInThrottle(models.Model):
    """How often signing in failed lately, per login as typed and per source. Only a digest of the key is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField()
    open_at = models.DateTimeField()  # not before this moment

    def __str__(self) -> str:
        return self.key


class Persona(models.Model):
    """A row of the demonstration's sign-in table: who it is and what to try. Only where SANTAI_DEMO is on."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="persona")
    group = models.CharField(max_length=40)
    role_title = models.CharField(max_length=80)
    hint = models.CharField(max_length=200, blank=True)
    seq = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["seq"]

    def __str__(self) -> str:
        return self.role_title
