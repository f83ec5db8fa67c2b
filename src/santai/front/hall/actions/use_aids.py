"""The aids before a company's form: a name checked and kept, standard scope wordings, a standard address."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from santai.exchange.contracts.service import CheckCompanyName, CompanyNameAnswer, SearchAddress, SearchBusinessScope
from santai.exchange.gateway.service import ask
from santai.front.hall.actions.save_draft import save_draft
from santai.front.hall.errors import FormAids, NotFound
from santai.front.hall.models import Draft
from santai.front.hall.queries import form_of_draft, kept_by
from santai.front.hall.rules.aids import with_address, with_name, with_scope, without_scope
from santai.kernel.ledger.service import Actor

PURPOSE = "填写申请表"


def check_name(
    *, draft_id: UUID | str, district: str, trade_name: str, industry: str, form: str, keep: bool, actor: Actor, at: datetime
) -> CompanyNameAnswer:
    """Is the name free? With ``keep`` a free one is reserved for this draft and written into it. Errors: NotFound, Unavailable."""
    draft = _open(draft_id, actor)
    query = CheckCompanyName(
        district=district, trade_name=trade_name, industry=industry, form=form, reserve_for=f"draft:{draft.id}" if keep else ""
    )
    answer: CompanyNameAnswer = ask(query, actor=actor, purpose=PURPOSE, subject=f"draft:{draft.id}", at=at)
    if keep and answer.free:
        with transaction.atomic():
            _save(
                draft,
                with_name(draft.data, answer.full_name, answer.reservation_no, answer.reserved_until, form_of_draft(draft).fields),
                actor,
                at,
            )
            Draft.objects.filter(id=draft.id).update(
                reservation={"name": answer.full_name, "number": answer.reservation_no, "until": answer.reserved_until}
            )
    return answer


def find_scope(*, draft_id: UUID | str, text: str, actor: Actor, at: datetime) -> tuple[dict[str, Any], ...]:
    """Standard wordings. Errors: NotFound, Unavailable."""
    draft = _open(draft_id, actor)
    return tuple(ask(SearchBusinessScope(text=text), actor=actor, purpose=PURPOSE, subject=f"draft:{draft.id}", at=at).entries)


def choose_scope(*, draft_id: UUID | str, text: str, codes: list[str], actor: Actor, at: datetime) -> Draft:
    """Add the wordings found for ``text`` whose codes were chosen. Errors: NotFound, Unavailable, FormAids when nothing was chosen."""
    draft = _open(draft_id, actor)
    chosen = [entry for entry in find_scope(draft_id=draft_id, text=text, actor=actor, at=at) if entry["code"] in codes]
    if not chosen:
        raise FormAids("请先勾选要加入的经营项目。", fields={"codes": "请先勾选要加入的经营项目。"})
    return _save(draft, with_scope(draft.data, chosen, form_of_draft(draft).fields), actor, at)


def remove_scope(*, draft_id: UUID | str, text: str, actor: Actor, at: datetime) -> Draft:
    draft = _open(draft_id, actor)
    return _save(draft, without_scope(draft.data, text), actor, at)


def find_address(*, draft_id: UUID | str, text: str, actor: Actor, at: datetime) -> tuple[dict[str, Any], ...]:
    """Standard addresses. Errors: NotFound, Unavailable."""
    draft = _open(draft_id, actor)
    return tuple(ask(SearchAddress(text=text), actor=actor, purpose=PURPOSE, subject=f"draft:{draft.id}", at=at).entries)


def choose_address(*, draft_id: UUID | str, text: str, code: str, actor: Actor, at: datetime) -> Draft:
    """Take over the address found for ``text``. Errors: NotFound, Unavailable, FormAids."""
    draft = _open(draft_id, actor)
    chosen = [entry for entry in find_address(draft_id=draft_id, text=text, actor=actor, at=at) if entry["code"] == code]
    if not chosen:
        raise FormAids("请先选择一个地址。", fields={"code": "请先选择一个地址。"})
    return _save(draft, with_address(draft.data, chosen[0], form_of_draft(draft).fields), actor, at)


def _open(draft_id: UUID | str, actor: Actor) -> Draft:
    draft = Draft.objects.filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None:
        raise NotFound()
    return draft


def _save(draft: Draft, data: dict[str, Any], actor: Actor, at: datetime) -> Draft:
    return save_draft(draft_id=draft.id, data=data, revision=draft.revision, actor=actor, at=at)
