from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("back_approvals", "0001_approvals")]
    operations = [
        migrations.AddField("card", "answer_by", models.DateField(null=True)),
        migrations.AddField("card", "verdict", models.CharField(blank=True, default="", max_length=10), preserve_default=False),
        migrations.AddField("card", "review", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("card", "reviewed_at", models.DateTimeField(null=True)),
        migrations.AddField("card", "closed_at", models.DateTimeField(null=True)),
    ]
