"""Ask the exchange for the e-licence a decision gives a right to."""

from datetime import date, datetime

from django.utils.timezone import localtime

from santai.back.approvals.queries import branch_of_lead, branch_of_sub_case
from santai.back.approvals.rules.branches import at_path
from santai.back.approvals.rules.outcome import last_valid_day
from santai.back.cases.service import Case, SubCase, current_content
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import LicenceWanted, Party, decode
from santai.kernel.forms.service import get_form, shown_at
from santai.kernel.ledger.service import Actor


def want_licence(*, case: Case, sub_case: SubCase, actor: Actor, at: datetime) -> None:
    """Publish ``LicenceWanted`` when the branch's result is a licence. A new firm holds it itself, under its new code."""
    result = branch_of_sub_case(sub_case).result
    if result.kind != "licence":
        return
    applicant = decode(Party, case.applicant)
    code = str(case.facts.get("credit_code", "")) if case.shape == "joint" else ""
    content = current_content(case)
    facts = {
        **content.content,
        "applicant": case.applicant,
        "assigned": case.facts,
        "case": {"case_no": case.case_no, "received_on": localtime(case.received_at).date().isoformat()},
        "sub_case": {"sub_case_no": sub_case.sub_case_no, "organisation_name": sub_case.organisation_name},
        "decision": {"decided_on": localtime(at).date().isoformat(), "organisation_name": sub_case.organisation_name},
        "today": localtime(at).date().isoformat(),
    }
    holder = (
        Party(
            kind="organisation",
            code_kind="credit-code",
            code=code,
            name=str(at_path(facts, branch_of_lead(case).result.registers.get("name", "")) or applicant.name),
            phone=applicant.phone,
        )
        if code
        else applicant
    )
    again = case.facts.get(f"reopened:{sub_case.branch}", "")  # decided anew after review: the next version
    decided_on = localtime(at).date()
    begins = date.fromisoformat(case.facts["licence_from"]) if case.facts.get("business") == "renew" else decided_on
    form = get_form(content.form, content.form_version)
    publish(
        LicenceWanted(
            request_id=f"{sub_case.sub_case_no}:{again}" if again else sub_case.sub_case_no,
            case_no=case.case_no,
            sub_case_no=sub_case.sub_case_no,
            licence_type=result.licence_type,
            holder=holder,
            organisation=sub_case.organisation,
            organisation_name=sub_case.organisation_name,
            decided_at=at.isoformat(),
            valid_from=begins.isoformat(),
            business=case.facts.get("business", "new"),
            previous=case.facts.get(f"replaces:{sub_case.branch}", "") or case.facts.get("licence", ""),
            valid_to=last_valid_day(begins, result.valid_years).isoformat() if result.valid_years else "",
            fields={
                label: shown_at(form, content.content, path) if path in form.fields else _plain(at_path(facts, path))
                for label, path in result.fields.items()
            },
        ),
        actor=actor,
        order_key=case.case_no,
        at=at,
    )


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "；".join(_plain(part) for part in value)
    if isinstance(value, dict):
        return str(value.get("name") or value.get("text") or value.get("label") or "")
    return "" if value is None else str(value)
