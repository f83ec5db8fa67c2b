"""Across domains one stores a reference, never a foreign key; the kernel is the ground everyone may stand on (house.md rule 1)."""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from santai.config.zones import DOMAINS


def domain(app_label: str) -> str | None:
    """The second segment of a room's dotted name; None for Django's own apps."""
    name = apps.get_app_config(app_label).name
    return name.split(".")[1] if name.startswith("santai.") else None


def crossing_relations(kinds: Iterable[type[models.Model]]) -> Iterator[str]:
    for model in kinds:
        here = domain(model._meta.app_label)
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            other = field.related_model
            if here and isinstance(other, type):
                there = domain(other._meta.app_label)
                if there not in {here, "kernel", None}:
                    yield f"{model._meta.label}.{field.name} -> {other._meta.label}"


def test_no_foreign_key_leaves_its_domain_except_to_the_kernel() -> None:
    assert list(crossing_relations(apps.get_models(include_auto_created=True))) == []


def test_the_wall_sees_a_planted_key() -> None:
    """Control: a key between two wings given as text, which import-linter cannot see, is found."""
    wings = [model for model in apps.get_models() if domain(model._meta.app_label) not in {"kernel", None}]
    if not wings:
        pytest.fail("no room above the kernel has a model: the relation wall would prove nothing")
    target = wings[0]
    here = next(config for config in apps.get_app_configs() if config.name.startswith("santai.kernel."))

    class Planted(models.Model):
        other = models.ForeignKey(target, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = here.label
            apps = __import__("django.apps.registry", fromlist=["Apps"]).Apps()

    assert list(crossing_relations([Planted])) == [f"{Planted._meta.label}.other -> {target._meta.label}"]


def test_every_label_and_table_carries_its_rooms_name() -> None:
    wrong = []
    for config in apps.get_app_configs():
        if not config.name.startswith("santai.") or config.name.startswith("santai.config."):  # config composes, it has no rooms
            continue
        _, home, room = config.name.split(".")
        if config.label != f"{home}_{room}" or home not in DOMAINS:
            wrong.append(config.label)
        wrong += [model._meta.db_table for model in config.get_models() if not model._meta.db_table.startswith(f"{home}_{room}_")]
    assert wrong == []


def test_migrations_depend_only_on_their_domain_the_kernel_and_django() -> None:
    crossing = []
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        here = domain(label)
        for other, _ in migration.dependencies:
            label_there = "kernel_identity" if other == "__setting__" else other
            if here and domain(label_there) not in {here, "kernel", None}:
                crossing.append(f"{label}.{name} -> {other}")
    assert crossing == []
