"""The signature drawn under a confirmation of the service address is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("front_counter", "0001_the_window")]

    operations = [
        migrations.AddField("serviceaddress", "signature_file", models.JSONField(default=dict)),
    ]
