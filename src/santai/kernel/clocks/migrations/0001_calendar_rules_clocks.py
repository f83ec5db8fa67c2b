"""The calendar, the rules as data, the clocks and their events."""

import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=200)),
                ("loaded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("date", models.DateField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("holiday", "放假"), ("makeup", "调休上班")], max_length=10)),
                ("name", models.CharField(blank=True, max_length=60)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("edited_by", models.CharField(blank=True, max_length=120)),
                ("edited_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ["holiday", "makeup"])), name="clocks_day_kind")],
            },
        ),
        migrations.CreateModel(
            name="ClockRule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("in_force", models.BooleanField(default=True)),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=120)),
                ("unit", models.CharField(max_length=20)),
                ("length", models.PositiveIntegerField()),
                ("terms", models.JSONField()),
                ("source", models.CharField(blank=True, max_length=200)),
                ("installed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="clocks_rule_version"),
                    models.UniqueConstraint(condition=models.Q(("in_force", True)), fields=("code",), name="clocks_rule_in_force"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(default="running", max_length=10)),
                ("event_at", models.DateTimeField()),
                ("starts_on", models.DateField()),
                ("due_at", models.DateTimeField()),
                ("length", models.PositiveIntegerField()),
                ("extended_by", models.PositiveIntegerField(default=0)),
                ("stopped_since", models.DateTimeField(null=True)),
                ("stop_cause", models.CharField(blank=True, max_length=40)),
                ("stop_reason", models.TextField(blank=True)),
                ("expected_resume", models.DateField(null=True)),
                ("missed_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("warning", models.CharField(blank=True, max_length=200)),
                ("has_events", models.BooleanField(default=False)),
                ("calendar_version", models.PositiveIntegerField()),
                ("fire_after", models.DateTimeField(null=True)),
                ("fire_failures", models.PositiveSmallIntegerField(default=0)),
                ("fire_error", models.TextField(blank=True)),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel_clocks.clockrule"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("calendar", models.PositiveIntegerField(default=0)),
                ("rules", models.PositiveIntegerField(default=0)),
                ("demo_shift", models.DurationField(default=datetime.timedelta)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="clocks_one_pulse")],
            },
        ),
        migrations.CreateModel(
            name="ClockEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("cause", models.CharField(blank=True, max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("by", models.PositiveIntegerField(default=0)),
                ("actor", models.JSONField()),
                ("due_before", models.DateTimeField(null=True)),
                ("due_after", models.DateTimeField(null=True)),
                ("details", models.JSONField(default=dict)),
                (
                    "clock",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="kernel_clocks.clock"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["clock", "id"], name="clocks_events")],
            },
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(fields=["subject"], name="clocks_subject"),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(condition=models.Q(("state", "running")), fields=["due_at"], name="clocks_due"),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("state__in", ("running", "stopped"))), fields=["calendar_version"], name="clocks_calendar_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "stopped", "met", "missed", "void"])), name="clocks_state"
            ),
        ),
    ]
