"""What a zone keeps for the time when another cannot be reached: copies of reference entries, questions to ask later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange_gateway", "0001_grants_and_asks")]
    operations = [
        migrations.CreateModel(
            name="Replica",
            fields=[
                ("query", models.CharField(max_length=120, primary_key=True, serialize=False, verbose_name="查询")),
                ("version", models.CharField(max_length=64, verbose_name="版本")),
                ("origin", models.CharField(blank=True, max_length=120, verbose_name="来源")),
                ("entries", models.JSONField(default=list, verbose_name="条目")),
                ("as_of", models.DateTimeField(verbose_name="取得时间")),
            ],
        ),
        migrations.CreateModel(
            name="WaitingAsk",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("query", models.CharField(max_length=120, verbose_name="查询")),
                ("content", models.JSONField(verbose_name="内容")),
                ("actor", models.JSONField(verbose_name="查询人")),
                ("organisation", models.CharField(blank=True, max_length=80, verbose_name="单位")),
                ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                ("subject", models.CharField(max_length=200, verbose_name="所办的事")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("asked_at", models.DateTimeField(verbose_name="登记时间")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("outcome", models.CharField(blank=True, max_length=120, verbose_name="结果")),
                ("answer", models.JSONField(null=True, verbose_name="答复")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("answered_at", None)), fields=["asked_at"], name="gateway_waiting"),
                    models.Index(fields=["subject"], name="gateway_waiting_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("subject", "organisation", "digest"),
                        name="gateway_waits_once",
                    )
                ],
            },
        ),
    ]
