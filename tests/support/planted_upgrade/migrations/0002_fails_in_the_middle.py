from django.db import migrations


class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL("insert into planted_upgrade values (1)", migrations.RunSQL.noop),
        migrations.RunSQL("select 1 / 0"),
    ]
    dependencies = [("planted_upgrade", "0001_changes_what_is_there")]
