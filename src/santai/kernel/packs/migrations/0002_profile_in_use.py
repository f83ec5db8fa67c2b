from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel_packs", "0001_installed_packs")]

    operations = [
        migrations.AddField(
            model_name="installedpack",
            name="profile",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="做法"),
        ),
    ]
