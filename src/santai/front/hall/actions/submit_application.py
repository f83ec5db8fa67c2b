"""Submit: one transaction holds the application, its final number and time of receipt, the projection, the record and the message."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.contracts.service import Assistance, Party, decode
from santai.front.hall.actions.check_standing import refuse_barred, refuse_business
from santai.front.hall.actions.file_application import file_draft
from santai.front.hall.actions.start_draft import right_to_apply
from santai.front.hall.errors import ItemNotOffered, ItemOutdated, NotFound
from santai.front.hall.models import Application, Draft, ItemCopy
from santai.front.hall.queries import definition_of, kept_by
from santai.kernel.identity.service import Account
from santai.kernel.ledger.service import Actor


def submit_application(
    *,
    draft_id: UUID | str,
    account: Account,
    actor: Actor,
    at: datetime,
    assistance: Assistance | None = None,
    received_at: datetime | None = None,
    method: str = "account",
    incomplete: bool = False,
) -> Application:
    """File the application and return it with its number. A second call (double click, repeated request) returns the same one.

    ``incomplete``: told what is missing, the applicant files all the same: what is sent is received, and the department asks once.
    Errors, each leaving the draft as it is: NotFound; ItemNotOffered; ItemOutdated; DraftIncomplete with ``fields``; MaterialsMissing
    with ``fields`` by ``material:<code>``; SignaturesMissing naming who; AuthorisationExpired and its kin.

    At a window ``assistance`` says who filed it for whom; then ``account`` is the person's who stands there, ``received_at`` the true time
    of receipt where it is typed later, ``method`` how the person signed.
    A bar after fraud or false papers (BarredThreeYears, BarredOneYear) is asked for outside the transaction.
    """
    waiting = Draft.objects.filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if waiting is not None:
        item = definition_of(waiting.item_code, waiting.item_version)
        refuse_barred(item=item, party=decode(Party, waiting.applicant), actor=actor, subject=f"draft:{waiting.id}", at=at)
    return _submit(draft_id, account, actor, at, assistance, received_at, method, incomplete)


@transaction.atomic
def _submit(
    draft_id: UUID | str,
    account: Account,
    actor: Actor,
    at: datetime,
    assistance: Assistance | None,
    received_at: datetime | None,
    method: str,
    incomplete: bool,
) -> Application:
    draft = Draft.objects.select_for_update().filter(kept_by(actor), id=draft_id).exclude(state=Draft.State.ABANDONED).first()
    if draft is None:
        raise NotFound()
    if draft.state == Draft.State.SUBMITTED:
        return Application.objects.get(case_no=draft.case_no)
    item = definition_of(draft.item_code, draft.item_version)
    current = ItemCopy.objects.filter(code=item.code, current=True).values_list("version", flat=True).first()
    if current is None:
        raise ItemNotOffered()
    if current != draft.item_version:
        raise ItemOutdated(current=current)
    seen = draft.assistance.get("authority", "") if assistance else ""
    party = decode(Party, draft.applicant)
    right_to_apply(account=account, party=party, item=item, at=at, seen=seen, in_person=bool(assistance))
    refuse_business(business=draft.business, licence=draft.licence, item_code=item.code, party=party, on=localdate(at))
    return file_draft(
        draft=draft,
        item=item,
        account=account,
        actor=actor,
        at=at,
        assistance=assistance,
        received_at=received_at or at,
        method=method,
        incomplete=incomplete,
    )
