"""What a department decided about a licence that exists: ended, replaced, transferred."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import LicenceActDecided, LicenceRevoked
from santai.exchange.licences import rules
from santai.exchange.licences.actions.change_licence import change_licence
from santai.exchange.licences.errors import LicenceNotFound, LicenceNotValid
from santai.exchange.licences.models import Licence
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def apply_act(*, decided: LicenceActDecided, actor: Actor) -> Licence:
    """Idempotent. The ground, the right to decide and the document are the department's; the register keeps what became of the licence.
    Revoking, recalling, cancelling or lapsing ends the version in force and the renewed ones after it alike.

    Raises LicenceNotFound, LicenceNotValid.
    """
    at = datetime.fromisoformat(decided.decided_at)
    licence = Licence.objects.select_for_update(of=("self",)).filter(identifier=decided.identifier).first()
    if licence is None:
        raise LicenceNotFound
    if decided.act in ("replace", "transfer"):
        return change_licence(
            identifier=decided.identifier,
            request_id=f"act:{decided.act_id}",
            fields={},
            reason=decided.reason,
            holder=decided.to,
            actor=actor,
            at=at,
            decided=True,
        )
    if licence.ended_by == decided.act:
        return licence
    on = localdate(at)
    newer = Licence.objects.filter(previous=licence, valid_from__lte=on).exists()
    if not rules.may_end(decided.act, state=licence.state, ended_by=licence.ended_by, has_newer=newer):
        raise LicenceNotValid
    for version in _versions_ended_with(licence, decided.act, on):
        _end(version, decided, actor, at)
        if version.pk == licence.pk:
            licence = version
    return licence


def _versions_ended_with(licence: Licence, act: str, on: date) -> list[Licence]:
    """The licence is one right with several terms: the version still running and every renewed one that follows end in one act.

    A version another took the place of (a change) is beyond reach and stays as it is.
    """
    versions = Licence.objects.select_for_update(of=("self",))
    found = [licence]
    while earlier := versions.filter(pk=found[0].previous_id, valid_from__lt=found[0].valid_from, valid_to__gte=on).first():
        if not rules.may_end(act, state=earlier.state, ended_by=earlier.ended_by, has_newer=False):
            break
        found.insert(0, earlier)
    while later := versions.filter(previous=found[-1]).first():
        found.append(later)
    return [one for one in found if rules.may_end(act, state=one.state, ended_by=one.ended_by, has_newer=False)]


def _end(licence: Licence, decided: LicenceActDecided, actor: Actor, at: datetime) -> None:
    licence.state, licence.ended_by = rules.ACT_STATES[decided.act], decided.act
    document = f"（{decided.document_no}）" if decided.document_no else ""
    licence.state_reason, licence.state_changed_at = f"{decided.reason}{document}", at
    licence.save(update_fields=["state", "ended_by", "state_reason", "state_changed_at"])
    record(
        actor=actor,
        act="exchange.licences.apply_act",
        on=f"licence:{licence.identifier}",
        at=at,
        why=decided.reason,
        details={"act": decided.act, "document": decided.document_no},
    )
    publish(
        LicenceRevoked(
            identifier=licence.identifier,
            case_no=licence.case_no,
            revoked_at=at.isoformat(),
            reason=licence.state_reason,
            state=licence.state,
        ),
        actor=actor,
        order_key=licence.case_no or licence.identifier,
        at=at,
    )
