"""Who runs this site, as the city's pack says."""

from django.db import models


class SiteFacts(models.Model):
    """One row: what header, footer and the site tags of every page show."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    facts = models.JSONField(default=dict)
    pack = models.CharField(max_length=80)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="web_one_site"),)
