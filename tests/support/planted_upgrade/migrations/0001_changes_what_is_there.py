from django.db import migrations


class Migration(migrations.Migration):
    """Passes, and changes rows and tables: what the way back has to undo."""

    operations = [
        migrations.RunSQL("update kernel_identity_account set name = 'lost in the upgrade'", migrations.RunSQL.noop),
        migrations.RunSQL("create table planted_upgrade (id int)", "drop table planted_upgrade"),
    ]
    dependencies = [("kernel_identity", "0002_account_must_change_password")]
