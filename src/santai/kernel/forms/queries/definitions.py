"""Finding an installed form. Definitions never change, so a compiled form is shared by its digest."""

from functools import lru_cache
from uuid import UUID

from santai.kernel.forms.errors import FormUnknown
from santai.kernel.forms.models import FormDefinition
from santai.kernel.forms.rules.definition import Form, form_of
from santai.kernel.jobs.service import kept_briefly


def get_form(key: str, version: int = 0) -> Form:
    """The compiled form; version 0 means the newest. FormUnknown when it is not installed."""
    row = _row_of(key, version)
    if row is None:
        raise FormUnknown(key=key, version=version)
    return _compiled(*row)


@kept_briefly
def _row_of(key: str, version: int) -> tuple[UUID, str] | None:
    found = FormDefinition.objects.filter(key=key)
    if version:
        found = found.filter(version=version)
    return found.order_by("-version").values_list("id", "digest").first()


def installed_forms() -> list[tuple[str, int, str]]:
    """(key, version, title) of every installed version, newest first within a key."""
    return list(FormDefinition.objects.order_by("key", "-version").values_list("key", "version", "title"))


@lru_cache(maxsize=256)
def _compiled(identity: UUID, digest: str) -> Form:
    return form_of(FormDefinition.objects.values_list("definition", flat=True).get(pk=identity))
