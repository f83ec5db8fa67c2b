"""A handed-over task may be called back: the part ended without the line system."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("back_connectors", "0001_handed_tasks")]
    operations = [
        migrations.AddField(model_name="handedtask", name="called_back_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="handedtask",
            name="called_back_why",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
