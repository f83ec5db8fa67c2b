"""Tables of licences."""

from django.db import models
from django.db.models import Q

from santai.exchange.licences.rules import STATES, VALID
from santai.kernel.codes.service import PublicIdField


class LicenceType(models.Model):
    """A kind of licence as packs declare it. ``code`` is the key items refer to, ``type_code`` the 21 characters of the standard."""

    code = models.SlugField(primary_key=True, max_length=64)
    type_code = models.CharField(max_length=21, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=120, blank=True)
    number_pattern = models.CharField(max_length=120)
    fields = models.JSONField(default=list)
    template = models.CharField(max_length=80)
    wording = models.JSONField(default=dict)  # texts the layout shows: basis, lead, notes
    sources = models.JSONField(default=list)
    pack = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class Licence(models.Model):
    """One version of one licence; immutable but for its state and, once, the digest of its sealed file."""

    id = PublicIdField()
    request_id = models.CharField(max_length=120, unique=True)  # the same wish twice makes one licence
    type = models.ForeignKey(LicenceType, on_delete=models.PROTECT, related_name="licences")
    identifier = models.CharField(max_length=120, unique=True)
    serial = models.CharField(max_length=36)
    version = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=120)
    token = models.CharField(max_length=16, unique=True)
    holder_kind = models.CharField(max_length=20)
    holder_code_kind = models.CharField(max_length=40)
    holder_code = models.CharField(max_length=64)
    holder_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=64, db_index=True)
    organisation_name = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=2, choices=list(STATES.items()), default=VALID)
    state_reason = models.TextField(blank=True)
    state_changed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=10, blank=True)  # the act that ended it (revoke, recall, cancel, lapse), finer than the code
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the last valid day; empty: 长期
    issued_at = models.DateTimeField()
    case_no = models.CharField(max_length=40, blank=True, db_index=True)
    sub_case_no = models.CharField(max_length=60, blank=True)
    previous = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next")
    sealed_at = models.DateTimeField(null=True, blank=True)
    file_digest = models.CharField(max_length=64, blank=True, db_index=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_size = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type", "organisation", "serial", "version"], name="licence_version_once"),
            # a renewed version stands beside the one it follows until that one's last day; a changed one takes its place
            models.UniqueConstraint(
                fields=["type", "organisation", "serial", "valid_from"], condition=Q(state="01"), name="licence_one_valid_a_term"
            ),
        ]
        indexes = [
            models.Index(fields=["holder_code", "type", "state"], name="licence_by_holder"),
            models.Index(fields=["issued_at"], condition=Q(sealed_at=None), name="licence_to_be_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class LicenceUse(models.Model):
    """Who was shown a licence for which purpose in which case (令716号; standards.md §4, check 2)."""

    id = PublicIdField()
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField(db_index=True)
    user = models.CharField(max_length=120)
    user_name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=200)
    subject = models.CharField(max_length=120, blank=True)
