"""The recorded acts: the truth. Partitioned by month."""

from django.db import models


class FlowAct(models.Model):
    """One act on a process, with everything replay needs; append-only."""

    pk = models.CompositePrimaryKey("id", "at")
    id = models.UUIDField()
    at = models.DateTimeField()
    process_id = models.UUIDField()
    subject = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    task_number = models.PositiveIntegerField(default=0)
    element = models.CharField(max_length=80, blank=True)
    element_name = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    outcome_label = models.CharField(max_length=80, blank=True)
    message = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    account = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    post_title = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["process_id", "number"], name="flow_act_process"),
            models.Index(fields=["subject", "at"], name="flow_act_subject"),
        ]
