"""The sequence behind case numbers and the rows behind gapless series."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="GaplessSeries",
            fields=[
                ("pk", models.CompositePrimaryKey("series", "year", blank=True, editable=False, primary_key=True, serialize=False)),
                ("series", models.CharField(max_length=120)),
                ("year", models.IntegerField()),
                ("last", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL("create sequence kernel_codes_case_no cache 1", "drop sequence kernel_codes_case_no"),
    ]
