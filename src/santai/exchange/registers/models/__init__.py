"""Tables of the registers."""

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField


class PersonRecord(models.Model):
    """人口库."""

    id = PublicIdField()
    code_kind = models.CharField(max_length=40, default="resident-id")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    sex = models.CharField(max_length=4, blank=True)
    birth = models.DateField(null=True, blank=True)
    nationality = models.CharField(max_length=40, default="中国")
    division = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, default="正常")
    as_of = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code_kind", "code"], name="person_identifier_once")]


class EntityRecord(models.Model):
    """法人库."""

    id = PublicIdField()
    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200, db_index=True)
    district = models.CharField(max_length=60, blank=True)
    trade_name = models.CharField(max_length=60, blank=True, db_index=True)
    trade_sound = models.CharField(max_length=120, blank=True, db_index=True)
    industry_word = models.CharField(max_length=60, blank=True)
    form = models.CharField(max_length=40, blank=True)
    type = models.CharField(max_length=80, blank=True)
    legal_representative = models.CharField(max_length=100, blank=True)
    legal_representative_code = models.CharField(max_length=40, blank=True, db_index=True)
    capital = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)  # 万元
    currency = models.CharField(max_length=20, default="人民币")
    established_on = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=300, blank=True)
    division = models.CharField(max_length=12, blank=True)
    business_scope = models.TextField(blank=True)
    industry_code = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=20, default="存续")
    case_no = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    as_of = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_no"], condition=~Q(case_no=""), name="entity_once_per_case"),
            models.UniqueConstraint(fields=["name"], condition=Q(state="存续"), name="entity_name_once"),
        ]


class NameReservation(models.Model):
    """A company name kept for one draft."""

    id = PublicIdField()
    no = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=200)
    trade_name = models.CharField(max_length=60)
    trade_sound = models.CharField(max_length=120)
    industry_word = models.CharField(max_length=60)
    reserved_for = models.CharField(max_length=120, db_index=True)
    reserved_on = models.DateField()
    reserved_until = models.DateField()
    released_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["full_name"], condition=Q(released_on=None), name="name_reserved_once")]


class CodeReservation(models.Model):
    """A credit code kept for one case until it is registered."""

    case_no = models.CharField(max_length=40, primary_key=True)
    credit_code = models.CharField(max_length=18, unique=True)
    entity_name = models.CharField(max_length=200)
    reserved_at = models.DateTimeField()


class AddressRecord(models.Model):
    """标准地址."""

    code = models.CharField(max_length=40, primary_key=True)
    division = models.CharField(max_length=12, db_index=True)
    division_name = models.CharField(max_length=100)
    road = models.CharField(max_length=120)
    room = models.CharField(max_length=80, blank=True)
    full = models.CharField(max_length=300)


class BusinessScopeEntry(models.Model):
    """经营范围规范表述."""

    code = models.CharField(max_length=20, primary_key=True)
    text = models.CharField(max_length=120, unique=True)
    industry_code = models.CharField(max_length=10)
    industry_name = models.CharField(max_length=80)
    licensed = models.BooleanField(default=False)
    permit = models.CharField(max_length=120, blank=True)
    keywords = models.CharField(max_length=200, blank=True)


class NameRuleSet(models.Model):
    """The registration authority's rules for names, as the pack gave them."""

    pack = models.CharField(max_length=64, primary_key=True)
    data = models.JSONField(default=dict)
