"""Versions, processes, tasks, waits; the recorded acts, partitioned by month (months are made by kernel/jobs)."""

import django.db.models.deletion
from django.db import migrations, models

CREATE_ACTS = """
create table kernel_flow_flowact (
    id uuid not null, at timestamptz not null, process_id uuid not null, subject varchar(120) not null, number integer not null,
    kind varchar(12) not null, task_number integer not null, element varchar(80) not null, element_name varchar(200) not null,
    outcome varchar(40) not null, outcome_label varchar(80) not null, message varchar(120) not null, data jsonb not null, why text not null,
    account varchar(80) not null, name varchar(120) not null, post_title varchar(120) not null,
    organisation varchar(80) not null, organisation_name varchar(200) not null,
    primary key (id, at)
) partition by range (at);
create table kernel_flow_flowact_default partition of kernel_flow_flowact default;
create index flow_act_process on kernel_flow_flowact (process_id, number);
create index flow_act_subject on kernel_flow_flowact (subject, at);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("dmn", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("deployed_at", models.DateTimeField()),
                ("deployed_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "version"), name="flow_decision_version")],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CREATE_ACTS, "drop table kernel_flow_flowact")],
            state_operations=[
                migrations.CreateModel(
                    name="FlowAct",
                    fields=[
                        ("pk", models.CompositePrimaryKey("id", "at", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("id", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("process_id", models.UUIDField()),
                        ("subject", models.CharField(max_length=120)),
                        ("number", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=12)),
                        ("task_number", models.PositiveIntegerField(default=0)),
                        ("element", models.CharField(blank=True, max_length=80)),
                        ("element_name", models.CharField(blank=True, max_length=200)),
                        ("outcome", models.CharField(blank=True, max_length=40)),
                        ("outcome_label", models.CharField(blank=True, max_length=80)),
                        ("message", models.CharField(blank=True, max_length=120)),
                        ("data", models.JSONField(default=dict)),
                        ("why", models.TextField(blank=True)),
                        ("account", models.CharField(max_length=80)),
                        ("name", models.CharField(max_length=120)),
                        ("post_title", models.CharField(blank=True, max_length=120)),
                        ("organisation", models.CharField(blank=True, max_length=80)),
                        ("organisation_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["process_id", "number"], name="flow_act_process"),
                            models.Index(fields=["subject", "at"], name="flow_act_subject"),
                        ],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProcessSpec",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("bpmn", models.TextField()),
                ("decisions", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("deployed_at", models.DateTimeField()),
                ("deployed_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "version"), name="flow_spec_version")],
            },
        ),
        migrations.CreateModel(
            name="Process",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=120)),
                ("key", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("organisations", models.JSONField(default=dict)),
                ("data", models.JSONField(default=dict)),
                ("status", models.CharField(default="running", max_length=12)),
                ("state", models.BinaryField()),
                ("acts", models.PositiveIntegerField(default=0)),
                ("tasks_opened", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_with", models.CharField(blank=True, max_length=80)),
                ("spec", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel_flow.processspec")),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("engine_id", models.UUIDField()),
                ("subject", models.CharField(max_length=120)),
                ("process_key", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("element", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=40)),
                ("organisation", models.CharField(blank=True, max_length=80)),
                ("outcomes", models.JSONField(default=list)),
                ("different_from", models.CharField(blank=True, max_length=80)),
                ("state", models.CharField(default="open", max_length=12)),
                ("account", models.CharField(blank=True, max_length=80)),
                ("account_name", models.CharField(blank=True, max_length=120)),
                ("delegated_by", models.CharField(blank=True, max_length=80)),
                ("delegated_by_name", models.CharField(blank=True, max_length=120)),
                ("opened_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=40)),
                ("process", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="kernel_flow.process")),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=120)),
                ("element", models.CharField(max_length=80)),
                ("message", models.CharField(max_length=120)),
                ("since", models.DateTimeField()),
                ("process", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="waits", to="kernel_flow.process")),
            ],
        ),
        migrations.AddIndex(
            model_name="process",
            index=models.Index(fields=["subject", "-started_at"], name="flow_process_subject"),
        ),
        migrations.AddConstraint(
            model_name="process",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "running")), fields=("subject",), name="flow_one_running_process"
            ),
        ),
        migrations.AddConstraint(
            model_name="process",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["running", "ended", "cancelled"])), name="flow_process_status"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "claimed"])), fields=["organisation", "role", "opened_at"], name="flow_task_to_do"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "claimed"])), fields=["account", "opened_at"], name="flow_task_mine"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(condition=models.Q(("state", "done")), fields=["account", "-done_at"], name="flow_task_done_by"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["subject"], name="flow_task_subject"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("process", "number"), name="flow_task_number"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "claimed", "done", "cancelled"])), name="flow_task_state"
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(fields=["subject", "message"], name="flow_waiting_for"),
        ),
        migrations.AddConstraint(
            model_name="waiting",
            constraint=models.UniqueConstraint(fields=("process", "element", "message"), name="flow_one_wait"),
        ),
    ]
