from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("front_hall", "0003_hearings")]

    operations = [
        migrations.AddField("draft", "held_by", models.CharField(blank=True, default="", max_length=80)),
        migrations.AddField("draft", "assistance", models.JSONField(default=dict)),
        migrations.AddField("application", "query_code", models.CharField(blank=True, default="", max_length=12)),
        migrations.AddField("application", "assistance", models.JSONField(default=dict)),
    ]
