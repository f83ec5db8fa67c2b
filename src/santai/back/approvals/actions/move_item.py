"""改办: an application under the wrong item goes on under the right one, with the applicant's consent."""

from datetime import datetime

from santai.back.approvals.actions.check_materials import still_to_accept
from santai.back.approvals.actions.clocks_from_receipt import clocks_from_receipt
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import ConsentMissing, ItemUnknown, WrongStep
from santai.back.approvals.models import ItemCopy
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.branches import branches_of
from santai.back.cases.service import Case, lock_case, lock_sub_case
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import clocks_of, void_clock
from santai.kernel.flow.service import cancel_process, start_process
from santai.kernel.ledger.service import Actor, as_one_act, system_actor
from santai.kernel.orgs.service import organisation_card

CONSENTS = {"move_item": "改办"}


@as_one_act
def take_consent(*, case_no: str, to: str, actor: Actor, at: datetime) -> Case:
    """The applicant agrees to what the office proposed. Repeated: no effect."""
    case = lock_case(case_no)
    if to not in CONSENTS or to in case.facts.get("consents", {}):
        return case
    case.facts = {**case.facts, "consents": {**case.facts.get("consents", {}), to: at.isoformat()}}
    case.save(update_fields=["facts"])
    note_progress(case=case, event="consented", text=f"申请人同意{CONSENTS[to]}。", actor=actor, at=at)
    return case


@as_one_act
def move_item(*, sub_case_no: str, to: str, actor: Actor, at: datetime) -> Case:
    """Go on under item ``to`` as in force; entries and the time of receipt stay, and what counts from receipt counts from there.

    Errors: NotAllowed; CaseEnded, AlreadyAccepted; ItemUnknown; WrongStep (a joint item, another form or the same item); ConsentMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    require_any(actor, "examiner", "decider", "intake", organisation=sub_case.organisation)
    still_to_accept(sub_case)
    version = ItemCopy.objects.filter(code=to).order_by("-version").values_list("version", flat=True).first()
    if version is None:
        raise ItemUnknown("没有这个事项，请重新选择。", fields={"to": "没有这个事项，请重新选择。"})
    item = item_of(to, version)
    if (
        item.shape != "single"
        or case.shape != "single"
        or item.form != case.contents.get(revision=case.revision).form
        or to == case.item_code
    ):
        raise WrongStep("只能在使用同一申请表的单部门事项之间改办；其他情形请申请人另行申报。")
    if "move_item" not in case.facts.get("consents", {}):
        raise ConsentMissing()
    before, branch = case.item_name, branches_of(item)[0]
    gone = [
        void_clock(clock=clock.id, actor=actor, at=at, reason="改办事项")
        for subject in (f"case:{case.case_no}", f"subcase:{sub_case_no}")
        for clock in clocks_of(subject)
        if clock.is_open
    ]
    cancel_process(subject=f"subcase:{sub_case_no}", why="改办事项", actor=actor, at=at)
    body = organisation_card(item.organisation)
    case.item_code, case.item_version, case.item_name = item.code, item.version, item.name
    case.organisation, case.organisation_name = item.organisation, body.name
    case.intake_organisation = item.intake_organisation or item.organisation
    case.facts = {**case.facts, "moved_from": before}
    clocks = clocks_from_receipt(case_no=case.case_no, item=item, received_at=case.received_at, actor=actor, at=at)
    case.due_at = min((clock.due_at for clock in clocks), default=None)
    case.changed_at = at
    case.save()
    sub_case.item_name, sub_case.nature, sub_case.process = item.name, item.nature, branch.process
    sub_case.organisation, sub_case.organisation_name, sub_case.due_at = item.organisation, body.name, case.due_at
    sub_case.save()
    start_process(
        key=branch.process,
        subject=f"subcase:{sub_case_no}",
        data={"case_no": case.case_no},
        organisations={"department": item.organisation, "intake": case.intake_organisation},
        actor=system_actor("back.approvals"),
        at=at,
    )
    document = serve_document(case=case, sub_case=sub_case, kind="moved", data={"before": before, "after": item.name}, at=at)
    note_progress(
        case=case,
        sub_case=sub_case,
        event="item_moved",
        text=f"经申请人同意，改按“{item.name}”办理（{document.document_no}）。",
        actor=actor,
        at=at,
        clocks=[*gone, *clocks],
        document_no=document.document_no,
    )
    return case
