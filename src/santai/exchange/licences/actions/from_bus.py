"""What other desks ask for, in contract terms."""

from datetime import date, datetime

from django.utils import timezone

from santai.exchange.contracts.service import LicencesAnswer, LicencesOfHolder, LicenceWanted
from santai.exchange.licences import queries
from santai.exchange.licences.actions.change_licence import change_licence
from santai.exchange.licences.actions.issue_licence import issue_licence
from santai.exchange.licences.actions.record_use import record_use
from santai.exchange.licences.actions.renew_licence import renew_licence
from santai.exchange.licences.models import Licence
from santai.kernel.ledger.service import Actor


def issue_wanted(wanted: LicenceWanted, *, actor: Actor) -> Licence:
    """The licence a decision to grant asks for, dated to the decision: a new one, or the next version of one that exists."""
    at = datetime.fromisoformat(wanted.decided_at)
    at = at if at.tzinfo else timezone.make_aware(at)
    if wanted.business == "renew" and wanted.previous:
        return renew_licence(
            identifier=wanted.previous,
            request_id=wanted.request_id,
            fields=wanted.fields,
            valid_to=day_of(wanted.valid_to) if wanted.valid_to else None,
            case_no=wanted.case_no,
            sub_case_no=wanted.sub_case_no,
            actor=actor,
            at=at,
        )
    if wanted.business in ("change", "replace") and wanted.previous:
        return change_licence(
            identifier=wanted.previous,
            request_id=wanted.request_id,
            fields=wanted.fields if wanted.business == "change" else {},
            reason="变更许可事项" if wanted.business == "change" else "补发",
            case_no=wanted.case_no,
            sub_case_no=wanted.sub_case_no,
            actor=actor,
            at=at,
            decided=True,
        )
    if wanted.previous:  # decided anew after review or judgment
        return change_licence(
            identifier=wanted.previous,
            request_id=wanted.request_id,
            fields=wanted.fields,
            reason="重新作出决定",
            case_no=wanted.case_no,
            sub_case_no=wanted.sub_case_no,
            valid_from=day_of(wanted.valid_from),
            valid_to=day_of(wanted.valid_to) if wanted.valid_to else None,
            keep_valid_to=False,
            actor=actor,
            at=at,
            decided=True,
        )
    return issue_licence(
        request_id=wanted.request_id,
        licence_type=wanted.licence_type,
        holder=wanted.holder,
        organisation=wanted.organisation,
        organisation_name=wanted.organisation_name,
        fields=wanted.fields,
        valid_from=day_of(wanted.valid_from),
        valid_to=day_of(wanted.valid_to) if wanted.valid_to else None,
        case_no=wanted.case_no,
        sub_case_no=wanted.sub_case_no,
        actor=actor,
        at=at,
    )


def day_of(text: str) -> date:
    """A date, or the local day of a datetime."""
    if len(text) <= 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return timezone.localtime(moment).date() if moment.tzinfo else moment.date()


def offer_licences(query: LicencesOfHolder, *, purpose: str, subject: str, actor: Actor, at: datetime) -> LicencesAnswer:
    """Answer through the gateway; each licence shown is a use."""
    on = timezone.localtime(at).date()
    found = queries.licences_of(query.holder_code, licence_type=query.licence_type, only_valid=query.only_valid, on=on)
    record_use(licences=found, purpose=purpose, subject=subject, actor=actor, at=at)
    return LicencesAnswer(licences=tuple(queries.facts(licence, on=on) for licence in found))
