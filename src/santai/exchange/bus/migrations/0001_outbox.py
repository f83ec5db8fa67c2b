"""The outbox: messages partitioned by month (months are made by kernel/jobs), and the hot table of deliveries."""

from django.db import migrations, models

CREATE = """
create table exchange_bus_message (
    id uuid not null, published_at timestamptz not null, origin varchar(20) not null, name varchar(120) not null,
    order_key varchar(120) not null, actor jsonb not null, payload jsonb not null,
    primary key (id, published_at)
) partition by range (published_at);
create table exchange_bus_message_default partition of exchange_bus_message default;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CREATE, "drop table exchange_bus_message")],
            state_operations=[
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey("id", "published_at", blank=True, editable=False, primary_key=True, serialize=False),
                        ),
                        ("id", models.UUIDField()),
                        ("published_at", models.DateTimeField()),
                        ("origin", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=120)),
                        ("order_key", models.CharField(blank=True, max_length=120)),
                        ("actor", models.JSONField(default=dict)),
                        ("payload", models.JSONField(default=dict)),
                    ],
                    options={"managed": True},
                )
            ],
        ),
    ]
