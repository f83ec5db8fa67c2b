"""What runs: the process, and its open work projected into tables so that nobody ever loads state to find work."""

from django.db import models
from django.db.models import Q

from santai.kernel.codes.service import PublicIdField
from santai.kernel.flow.models.specs import ProcessSpec


class Process(models.Model):
    """One running or past process. ``state`` is a cache that replay of the recorded acts can rebuild (house.md rule 5)."""

    RUNNING, ENDED, CANCELLED = "running", "ended", "cancelled"

    id = PublicIdField()
    subject = models.CharField(max_length=120)
    spec = models.ForeignKey(ProcessSpec, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    organisations = models.JSONField(default=dict)  # lane → organisation code
    data = models.JSONField(default=dict)  # what the conditions see: references and plain facts, never form content
    status = models.CharField(max_length=12, default=RUNNING)
    state = models.BinaryField()
    acts = models.PositiveIntegerField(default=0)  # number of the last recorded act
    tasks_opened = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_with = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(status="running"), name="flow_one_running_process"),
            models.CheckConstraint(condition=Q(status__in=["running", "ended", "cancelled"]), name="flow_process_status"),
        ]
        indexes = [models.Index(fields=["subject", "-started_at"], name="flow_process_subject")]


class Task(models.Model):
    """One step for a person. ``role`` and ``organisation`` say who may see and take it (kernel/access scopes on them)."""

    OPEN, CLAIMED, DONE, CANCELLED = "open", "claimed", "done", "cancelled"
    TO_DO = (OPEN, CLAIMED)

    id = PublicIdField()
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="tasks")
    number = models.PositiveIntegerField()  # nth task of its process; the same in every replay
    engine_id = models.UUIDField()
    subject = models.CharField(max_length=120)
    process_key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    element = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    organisation = models.CharField(max_length=80, blank=True)
    outcomes = models.JSONField(default=list)  # [{"value", "label", "kind"}]
    different_from = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, default=OPEN)
    account = models.CharField(max_length=80, blank=True)
    account_name = models.CharField(max_length=120, blank=True)
    delegated_by = models.CharField(max_length=80, blank=True)  # who stays responsible while a delegate works
    delegated_by_name = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="flow_task_number"),
            models.CheckConstraint(condition=Q(state__in=["open", "claimed", "done", "cancelled"]), name="flow_task_state"),
        ]
        indexes = [
            models.Index(fields=["organisation", "role", "opened_at"], condition=Q(state__in=["open", "claimed"]), name="flow_task_to_do"),
            models.Index(fields=["account", "opened_at"], condition=Q(state__in=["open", "claimed"]), name="flow_task_mine"),
            models.Index(fields=["account", "-done_at"], condition=Q(state="done"), name="flow_task_done_by"),
            models.Index(fields=["subject"], name="flow_task_subject"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in self.TO_DO


class Waiting(models.Model):
    """A message (or a clock rule's end, as ``clock:<rule>``) that a running process waits for."""

    id = PublicIdField()
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="waits")
    subject = models.CharField(max_length=120)
    element = models.CharField(max_length=80)
    message = models.CharField(max_length=120)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "element", "message"], name="flow_one_wait")]
        indexes = [models.Index(fields=["subject", "message"], name="flow_waiting_for")]
