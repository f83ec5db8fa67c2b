"""The pulse of each worker. There is no job table: what is due is derived from the rooms' own rows (house.md rule 9)."""

from django.db import models


class Heartbeat(models.Model):
    """One row a worker process; ``santai doctor`` reads it. Times are real time, never demonstration time."""

    worker = models.CharField(primary_key=True, max_length=120)  # host:pid:start
    zone = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)  # pieces of work since the start
    running = models.JSONField(default=dict)  # sweep → ISO time it began
    troubles = models.JSONField(default=dict)  # sweep → {"at", "error", "times"} while it fails

    def __str__(self) -> str:
        return self.worker
