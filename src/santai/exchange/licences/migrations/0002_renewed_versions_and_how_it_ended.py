from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange_licences", "0001_licence_register")]

    operations = [
        migrations.AddField("licence", "ended_by", models.CharField(blank=True, default="", max_length=10), preserve_default=False),
        migrations.RemoveConstraint(model_name="licence", name="licence_one_valid_version"),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "01")),
                fields=("type", "organisation", "serial", "valid_from"),
                name="licence_one_valid_a_term",
            ),
        ),
    ]
