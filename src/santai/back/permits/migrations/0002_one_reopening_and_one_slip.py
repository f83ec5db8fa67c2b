"""Reopened cases and corrected slips are kept by approvals alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("back_permits", "0001_promises_licences_publications")]

    operations = [migrations.DeleteModel("Reopening"), migrations.DeleteModel("SlipNotice")]
