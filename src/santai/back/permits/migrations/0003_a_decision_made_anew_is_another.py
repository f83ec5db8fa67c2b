"""A part decided anew after review has a second decision: published and handed over besides the first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("back_permits", "0002_one_reopening_and_one_slip")]

    operations = [
        migrations.AlterField("publication", "sub_case_no", models.CharField(max_length=60)),
        migrations.AlterField("handover", "sub_case_no", models.CharField(max_length=60)),
        migrations.AddConstraint(
            "publication", models.UniqueConstraint(fields=["sub_case_no", "document_no"], name="one_publication_a_decision")
        ),
        migrations.AddConstraint(
            "handover", models.UniqueConstraint(fields=["sub_case_no", "document_no"], name="one_handover_a_decision")
        ),
    ]
