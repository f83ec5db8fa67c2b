import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

CREATE_EVENTS = """
create table back_cases_caseevent (
    id uuid not null, at timestamptz not null, case_no varchar(50) not null, sub_case_no varchar(60) not null, event varchar(40) not null,
    organisation_name varchar(120) not null, by_name varchar(120) not null, by_post varchar(120) not null, text text not null,
    public boolean not null,
    primary key (id, at)
) partition by range (at);
create table back_cases_caseevent_default partition of back_cases_caseevent default;
create index case_event_case on back_cases_caseevent (case_no, at);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("case_no", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("item_code", models.CharField(max_length=50)),
                ("item_version", models.PositiveIntegerField()),
                ("item_name", models.CharField(max_length=200)),
                ("shape", models.CharField(max_length=10)),
                ("organisation", models.CharField(max_length=80)),
                ("organisation_name", models.CharField(max_length=120)),
                ("region", models.CharField(blank=True, max_length=12)),
                ("applicant", models.JSONField()),
                ("applicant_name", models.CharField(max_length=200)),
                ("filed_by", models.JSONField()),
                ("channel", models.CharField(max_length=20)),
                ("received_at", models.DateTimeField()),
                ("complete_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("deemed_accepted", models.BooleanField(default=False)),
                ("completed_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "收件审查"),
                            ("correcting", "待补正"),
                            ("accepted", "办理中"),
                            ("issuing", "待出件"),
                            ("completed", "已办结"),
                        ],
                        default="checking",
                        max_length=20,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("granted", "准予"),
                            ("partly", "部分准予"),
                            ("refused", "不予"),
                            ("not_accepted", "不予受理"),
                            ("recorded", "已备案"),
                            ("withdrawn", "已撤回"),
                            ("terminated", "已终止"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("checks_open", models.PositiveIntegerField(default=0)),
                ("checks_defective", models.PositiveIntegerField(default=0)),
                ("branches_open", models.PositiveIntegerField(default=0)),
                ("corrected", models.BooleanField(default=False)),
                ("facts", models.JSONField(default=dict)),
                ("due_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-received_at", "-case_no"], name="case_received"),
                    models.Index(fields=["organisation", "state", "due_at"], name="case_lead_queue"),
                    models.Index(fields=["item_code", "-received_at"], name="case_item"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["applicant_name"], name="case_applicant_trgm", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CREATE_EVENTS, "drop table back_cases_caseevent")],
            state_operations=[
                migrations.CreateModel(
                    name="CaseEvent",
                    fields=[
                        ("pk", models.CompositePrimaryKey("id", "at", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("id", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("case_no", models.CharField(max_length=50)),
                        ("sub_case_no", models.CharField(blank=True, max_length=60)),
                        ("event", models.CharField(max_length=40)),
                        ("organisation_name", models.CharField(blank=True, max_length=120)),
                        ("by_name", models.CharField(blank=True, max_length=120)),
                        ("by_post", models.CharField(blank=True, max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("public", models.BooleanField(default=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["case_no", "at"], name="case_event_case")],
                    },
                )
            ],
        ),
        migrations.CreateModel(
            name="SubCase",
            fields=[
                ("sub_case_no", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("branch", models.CharField(max_length=20)),
                ("branch_name", models.CharField(max_length=40)),
                ("item_name", models.CharField(max_length=200)),
                ("nature", models.CharField(max_length=20)),
                ("organisation", models.CharField(max_length=80)),
                ("organisation_name", models.CharField(max_length=120)),
                ("process", models.CharField(max_length=80)),
                ("finishes_after", models.JSONField(default=list)),
                ("line_system", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "材料审查"),
                            ("defective", "待补正"),
                            ("checked", "材料齐全"),
                            ("examining", "审查"),
                            ("deciding", "待决定"),
                            ("stopped", "特别程序"),
                            ("finished", "已完成"),
                        ],
                        default="checking",
                        max_length=20,
                    ),
                ),
                ("state_before_stop", models.CharField(blank=True, max_length=20)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("granted", "准予"),
                            ("refused", "不予"),
                            ("not_accepted", "不予受理"),
                            ("recorded", "已备案"),
                            ("acknowledged", "已接收"),
                            ("withdrawn", "已撤回"),
                            ("terminated", "已终止"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("examined_by", models.CharField(blank=True, max_length=80)),
                ("due_at", models.DateTimeField(null=True)),
                ("licence", models.JSONField(default=dict)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sub_cases", to="back_cases.case")),
            ],
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("step", models.CharField(max_length=40)),
                ("result", models.CharField(max_length=60)),
                ("text", models.TextField(blank=True)),
                ("by_name", models.CharField(max_length=120)),
                ("by_post", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "sub_case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="back_cases.subcase"),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="CaseContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("form", models.CharField(max_length=80)),
                ("form_version", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("materials", models.JSONField(default=list)),
                ("signatures", models.JSONField(default=list)),
                ("prefilled", models.JSONField(default=dict)),
                ("handed_in_at", models.DateTimeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contents", to="back_cases.case")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "revision"), name="one_content_a_revision")],
            },
        ),
        migrations.AddIndex(
            model_name="subcase",
            index=models.Index(fields=["organisation", "state", "due_at"], name="sub_case_queue"),
        ),
        migrations.AddConstraint(
            model_name="subcase",
            constraint=models.UniqueConstraint(fields=("case", "branch"), name="one_sub_case_a_branch"),
        ),
    ]
