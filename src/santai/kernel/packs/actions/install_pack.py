"""Install a pack: everything is checked first; one transaction holds all of it or nothing."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from santai.kernel.ledger.service import Actor, record
from santai.kernel.packs import queries, rules
from santai.kernel.packs.errors import PackRefused
from santai.kernel.packs.messages import Installation, Problem
from santai.kernel.packs.models import InstalledPack


@transaction.atomic
def install_pack(path: Path | str, *, actor: Actor, at: datetime, again: bool = False, profile: str = "") -> Installation:
    """Install the pack in folder ``path`` unless exactly this content is installed already (``again`` installs it all the same).

    ``profile``: which of its ways of doing things (left out: the one in use, else its first). What another profile published stays
    in force until it is withdrawn by those who look after it.
    Raises PackRefused with every problem in ``facts["problems"]``; then nothing was changed.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('kernel.packs.install'))")  # two installations never interleave
    pack, problems = queries.load(Path(path), profile=profile)
    if pack and not problems and not again and InstalledPack.objects.filter(name=pack.name, digest=pack.digest).exists():
        return Installation(name=pack.name, version=pack.version, changed=False)
    problems = queries.all_problems(pack, problems)
    installed = set(InstalledPack.objects.values_list("name", flat=True))
    for name in pack.requires if pack else ():
        if pack and name in pack.required and name not in installed:
            problems.append(Problem(file="pack.yaml", place="requires", text=f"请先安装所依赖的包“{name}”。"))
    if problems or pack is None:
        raise PackRefused(
            "\n".join([PackRefused.message, *map(str, problems)]),
            problems=problems,
        )
    counts: dict[str, int] = {}
    for part in sorted(rules.PARTS.values(), key=lambda part: (part.order, part.name)):
        if part.name in pack.parts:
            counts[part.name] = part.install(pack, pack.files(part.name), actor=actor, at=at) or 0
    InstalledPack.objects.update_or_create(
        name=pack.name,
        defaults={
            "title": pack.title,
            "version": pack.version,
            "digest": pack.digest,
            "profile": pack.profile,
            "requires": list(pack.requires),
            "counts": counts,
            "sample": pack.sample,
            "installed_at": at,
            "installed_by": actor.name,
        },
    )
    record(
        actor=actor,
        act="kernel.packs.install_pack",
        on=f"pack:{pack.name}",
        at=at,
        details={"version": pack.version, "profile": pack.profile, "digest": pack.digest, "counts": counts},
    )
    return Installation(name=pack.name, version=pack.version, changed=True, counts=counts)


def install_packs(
    folder: Path | str, *, actor: Actor, at: datetime, only: tuple[str, ...] = (), profiles: Mapping[str, str] | None = None
) -> list[Installation]:
    """Install every pack in ``folder`` (or those named and what they require), each after those it requires, each all or nothing.

    ``profiles``: pack → the profile it is to be installed in."""
    paths = queries.packs_in(Path(folder))
    if only:
        wanted = set(only)
        for path in reversed(paths):
            if path.name in wanted:
                pack, _ = queries.load(path)
                wanted |= set(pack.requires) if pack else set()
        paths = [path for path in paths if path.name in wanted]
    return [install_pack(path, actor=actor, at=at, profile=(profiles or {}).get(path.name, "")) for path in paths]
