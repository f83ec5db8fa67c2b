"""Versions of calendar and rules come from a sequence: a rolled-back edit never shares its number with a later one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel_clocks", "0001_calendar_rules_clocks")]
    operations = [
        migrations.RunSQL("create sequence kernel_clocks_version start 1000", "drop sequence kernel_clocks_version"),
    ]
