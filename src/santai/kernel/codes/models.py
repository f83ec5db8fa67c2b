"""The identifier column every room uses."""

from typing import Any

from django.db import models

from santai.kernel.codes.rules import new_id


class PublicIdField(models.UUIDField):
    """A primary key made here (UUIDv7). Migrations see a plain UUID column, so they never import application code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("default", new_id)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, "django.db.models.UUIDField", list(args), dict(kwargs)


class GaplessSeries(models.Model):
    """The last number given out in a series and year; written only by actions/next_gapless."""

    pk = models.CompositePrimaryKey("series", "year")
    series = models.CharField(max_length=120)
    year = models.IntegerField()
    last = models.BigIntegerField()
