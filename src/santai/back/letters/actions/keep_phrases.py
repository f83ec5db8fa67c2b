"""The sentences and points of a body: added, taken out of use."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from santai.back.approvals.service import items_of_organisation
from santai.back.letters.actions.save_wording import EDITORS
from santai.back.letters.errors import ItemNotYours, NothingToPublish, PhraseWrong
from santai.back.letters.models import Phrase
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, record

LONGEST = 300


@transaction.atomic
def add_phrase(*, use: str, item_code: str, text: str, actor: Actor, at: datetime) -> Phrase:
    """Errors: NotAllowed, ItemNotYours, PhraseWrong (at the field)."""
    require_any(actor, *EDITORS, organisation=actor.organisation)
    said = " ".join(text.split())
    problems: dict[str, str] = {}
    if use not in Phrase.Use.values:
        problems["use"] = "请选择用在哪里。"
    if not said:
        problems["text"] = "请填写内容。"
    elif len(said) > LONGEST:
        problems["text"] = f"最多 {LONGEST} 字，现在 {len(said)} 字。"
    if item_code and item_code not in {one.code for one in items_of_organisation(actor.organisation)}:
        raise ItemNotYours(fields={"item": ItemNotYours.message})
    known = Phrase.objects.filter(organisation=actor.organisation, item_code=item_code, use=use, retired_at=None)
    if not problems and known.filter(text=said).exists():
        problems["text"] = "已经有这一条了。"
    if problems:
        raise PhraseWrong(fields=problems)
    last = known.aggregate(last=Max("position"))["last"]
    phrase = Phrase.objects.create(
        organisation=actor.organisation, item_code=item_code, use=use, text=said, position=(last or 0) + 1, added_at=at, added_by=actor.name
    )
    record(actor=actor, act="back.letters.add_phrase", on=f"organisation:{actor.organisation}", at=at, details={"use": use})
    return phrase


@transaction.atomic
def retire_phrase(*, phrase: UUID, actor: Actor, at: datetime) -> None:
    """Errors: NotAllowed, NothingToPublish when it is not there (any more)."""
    require_any(actor, *EDITORS, organisation=actor.organisation)
    found = Phrase.objects.select_for_update().filter(id=phrase, organisation=actor.organisation, retired_at=None).first()
    if found is None:
        raise NothingToPublish
    found.retired_at = at
    found.save(update_fields=["retired_at"])
    record(
        actor=actor, act="back.letters.retire_phrase", on=f"organisation:{actor.organisation}", at=at, details={"text": found.text[:100]}
    )
