"""The entry table, partitioned by month. Months are made by kernel/jobs (ensure_partitions); the default partition catches strays."""

from django.db import migrations, models

CREATE = """
create table kernel_ledger_entry (
    id uuid not null, at timestamptz not null, act varchar(120) not null, on_what varchar(200) not null,
    account varchar(80) not null, name varchar(120) not null, post varchar(80) not null, organisation varchar(80) not null,
    represents varchar(80) not null, why text not null, purpose varchar(200) not null, digest varchar(64) not null, details jsonb not null,
    primary key (id, at)
) partition by range (at);
create table kernel_ledger_entry_default partition of kernel_ledger_entry default;
create index ledger_on_at on kernel_ledger_entry (on_what, at);
create index ledger_account_at on kernel_ledger_entry (account, at);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CREATE, "drop table kernel_ledger_entry")],
            state_operations=[
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("pk", models.CompositePrimaryKey("id", "at", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("id", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("act", models.CharField(max_length=120)),
                        ("on", models.CharField(db_column="on_what", max_length=200)),
                        ("account", models.CharField(max_length=80)),
                        ("name", models.CharField(max_length=120)),
                        ("post", models.CharField(blank=True, max_length=80)),
                        ("organisation", models.CharField(blank=True, max_length=80)),
                        ("represents", models.CharField(blank=True, max_length=80)),
                        ("why", models.TextField(blank=True)),
                        ("purpose", models.CharField(blank=True, max_length=200)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("details", models.JSONField(default=dict)),
                    ],
                    options={
                        "managed": True,
                        "indexes": [
                            models.Index(fields=["on", "at"], name="ledger_on_at"),
                            models.Index(fields=["account", "at"], name="ledger_account_at"),
                        ],
                    },
                ),
            ],
        ),
    ]
