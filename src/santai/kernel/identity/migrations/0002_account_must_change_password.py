from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel_identity", "0001_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="must_change_password",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
