"""Draft, publish, give up, take back: the words of a kind of document."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from santai.back.approvals.service import items_of_organisation
from santai.back.letters import rules
from santai.back.letters.errors import ItemNotYours, KindUnknown, NothingToPublish, SomebodyElseSaved, TextWrong
from santai.back.letters.models import Wording
from santai.back.letters.rules.places import KINDS
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, record

EDITORS = ("item_manager", "decider")


@transaction.atomic
def save_wording(*, kind: str, item_code: str, before: str, after: str, note: str, revision: int, actor: Actor, at: datetime) -> Wording:
    """Keep a draft; nothing that is in use changes.

    ``revision``: of the draft as the page showed it, 0 when there was none. Errors: NotAllowed, KindUnknown, ItemNotYours, TextWrong (at
    the field), SomebodyElseSaved.
    """
    organisation = _editor(kind, item_code, actor)
    before, after = _clean(before), _clean(after)
    if found := rules.problems(KINDS[kind], before, after):
        raise TextWrong(fields=found)
    draft = _of(organisation, kind, item_code).select_for_update().filter(state=Wording.State.DRAFT).first()
    if (draft.revision if draft else 0) != revision:
        raise SomebodyElseSaved
    if draft is None:
        draft = Wording(organisation=organisation, kind=kind, item_code=item_code, revision=0)
    draft.before, draft.after, draft.note = before, after, note.strip()[:200]
    draft.revision, draft.saved_at, draft.saved_by = draft.revision + 1, at, actor.name
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        raise SomebodyElseSaved from error
    record(actor=actor, act="back.letters.save_wording", on=f"wording:{organisation}:{kind}", at=at, details={"item": item_code})
    return draft


@transaction.atomic
def publish_wording(*, kind: str, item_code: str, revision: int, actor: Actor, at: datetime) -> Wording:
    """From ``at`` on new documents carry the draft's words. Errors: NotAllowed, KindUnknown, ItemNotYours, NothingToPublish, TextWrong."""
    organisation = _editor(kind, item_code, actor)
    draft = _of(organisation, kind, item_code).select_for_update().filter(state=Wording.State.DRAFT).first()
    if draft is None or draft.revision != revision:
        raise NothingToPublish
    if found := rules.problems(KINDS[kind], draft.before, draft.after):
        raise TextWrong(fields=found)
    _retire(organisation, kind, item_code, at)
    last = _of(organisation, kind, item_code).exclude(state=Wording.State.DRAFT).order_by("-version").first()
    draft.version, draft.state = (last.version if last else 0) + 1, Wording.State.PUBLISHED
    draft.published_at, draft.published_by = at, actor.name
    draft.save()
    record(
        actor=actor,
        act="back.letters.publish_wording",
        on=f"wording:{organisation}:{kind}",
        at=at,
        why=draft.note,
        details={"item": item_code, "version": draft.version},
    )
    return draft


@transaction.atomic
def discard_wording(*, kind: str, item_code: str, actor: Actor, at: datetime) -> None:
    """Give the draft up. Errors: NotAllowed, KindUnknown, ItemNotYours, NothingToPublish."""
    organisation = _editor(kind, item_code, actor)
    gone, _ = _of(organisation, kind, item_code).filter(state=Wording.State.DRAFT).delete()
    if not gone:
        raise NothingToPublish
    record(actor=actor, act="back.letters.discard_wording", on=f"wording:{organisation}:{kind}", at=at, details={"item": item_code})


@transaction.atomic
def retire_wording(*, kind: str, item_code: str, actor: Actor, at: datetime) -> None:
    """Go back to the words above: the body's for all items, or the platform's.

    Errors: NotAllowed, KindUnknown, ItemNotYours, NothingToPublish.
    """
    organisation = _editor(kind, item_code, actor)
    if not _retire(organisation, kind, item_code, at):
        raise NothingToPublish
    record(actor=actor, act="back.letters.retire_wording", on=f"wording:{organisation}:{kind}", at=at, details={"item": item_code})


def _editor(kind: str, item_code: str, actor: Actor) -> str:
    require_any(actor, *EDITORS, organisation=actor.organisation)
    if kind not in KINDS:
        raise KindUnknown
    if item_code and item_code not in {one.code for one in items_of_organisation(actor.organisation)}:
        raise ItemNotYours
    return actor.organisation


def _of(organisation: str, kind: str, item_code: str) -> QuerySet[Wording]:
    return Wording.objects.filter(organisation=organisation, kind=kind, item_code=item_code)


def _retire(organisation: str, kind: str, item_code: str, at: datetime) -> bool:
    """No two versions are in force at one moment: the one before ends where the next begins."""
    in_force = _of(organisation, kind, item_code).filter(state=Wording.State.PUBLISHED)
    return bool(in_force.update(state=Wording.State.RETIRED, retired_at=at))


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
