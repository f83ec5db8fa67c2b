"""A case remembers that nobody answered the correction notice in time; a part, that its result must be looked at again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("back_cases", "0002_intake_organisation")]
    operations = [
        migrations.AddField(model_name="case", name="lapsed_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="subcase", name="review_wanted", field=models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddIndex(
            model_name="subcase",
            index=models.Index(condition=~models.Q(review_wanted=""), fields=["organisation"], name="sub_case_to_review"),
        ),
    ]
