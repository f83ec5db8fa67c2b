"""One append-only table. Partitioned by month from the start; rows carry no predecessor's hash (house.md rule 9)."""

from django.db import models


class Entry(models.Model):
    """One act: who, as whom, what, on what, why. The application's role may only insert and read (migration 0002)."""

    pk = models.CompositePrimaryKey("id", "at")
    id = models.UUIDField()
    at = models.DateTimeField()
    act = models.CharField(max_length=120)
    on = models.CharField(max_length=200, db_column="on_what")
    account = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=80, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    represents = models.CharField(max_length=80, blank=True)
    why = models.TextField(blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        managed = True
        indexes = [models.Index(fields=["on", "at"], name="ledger_on_at"), models.Index(fields=["account", "at"], name="ledger_account_at")]
