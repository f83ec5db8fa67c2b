"""What the front desk knows of a case's later life: materials that follow, a commitment that was made."""

from django.db import models


class PromiseView(models.Model):
    """容缺: what was promised, as the back office told it last: [{"code", "name", "due_on", "completed_at"}]."""

    case_no = models.CharField(primary_key=True, max_length=50)
    basis = models.TextField(blank=True)
    materials = models.JSONField(default=list)
