"""Send the one complete correction notice."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from santai.back.approvals.actions.clocks_from_receipt import DEEMED_WITHDRAWAL, ONLINE_CHECK, in_force
from santai.back.approvals.actions.close_branch import end_clocks
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import DefectsMissing, SecondCorrectionNotice
from santai.back.approvals.models import CorrectionNotice, DefectNote
from santai.back.approvals.queries import item_of
from santai.back.cases.service import Case, SubCase, lock_case
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import CorrectionRequested, Defect, NoticeWanted, Party, decode
from santai.kernel.access.service import require
from santai.kernel.clocks.service import clocks_of, finish_clock, start_clock
from santai.kernel.flow.service import complete_task, get_task
from santai.kernel.ledger.service import Actor, as_one_act

RESPOND = "applicant-correction-15"  # the applicant's time unless the item names another rule; local practice, no law gives it


@as_one_act
def unite_correction(
    *, case_no: str, actor: Actor, at: datetime, task: UUID | None = None, texts: Mapping[str, str] | None = None
) -> CorrectionNotice:
    """Unite every department's defects into one notice and send it. For a joint case ``task`` is the intake's; it may reword with
    ``texts``.

    Errors: SecondCorrectionNotice; DefectsMissing; NotAllowed; TaskAlreadyDone.
    """
    case = lock_case(case_no)
    if task is not None:
        current = get_task(task)
        require(actor, current.role, organisation=current.organisation)
        complete_task(task=task, outcome="sent", data={}, actor=actor, at=at)
    notes = list(DefectNote.objects.filter(case_no=case_no))
    if not notes:
        raise DefectsMissing()
    for note in notes:
        reworded = (texts or {}).get(str(note.id), "").strip()
        if reworded and reworded != note.text:
            note.text = reworded
            note.save(update_fields=["text"])
    defects = tuple(
        Defect(
            id=str(note.id),
            branch=note.branch,
            organisation_name=note.organisation_name,
            text=note.text,
            field=note.field,
            material=note.material,
        )
        for note in notes
    )
    local = DEEMED_WITHDRAWAL if in_force(DEEMED_WITHDRAWAL) else RESPOND
    rule = item_of(case.item_code, case.item_version).clocks.respond or local
    respond_by = start_clock(rule=rule, subject=f"case:{case_no}", event_at=at, actor=actor, at=at).due_on
    document = serve_document(
        case=case,
        sub_case=None,
        kind="correction",
        data={"defects": [{"organisation": d.organisation_name, "text": d.text} for d in defects], "respond_by": respond_by.isoformat()},
        at=at,
    )
    try:
        with transaction.atomic():
            notice = CorrectionNotice.objects.create(
                case_no=case_no,
                notice_no=document.document_no,
                defects=[vars(defect) for defect in defects],
                requested_at=at,
                respond_by=respond_by,
            )
    except IntegrityError as error:
        raise SecondCorrectionNotice() from error
    case.state = Case.State.CORRECTING
    case.corrected = True
    case.due_at = None  # the applicant's turn: no clock of ours runs
    case.changed_at = at
    case.save()
    SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED).update(due_at=None)
    clocks = [
        finish_clock(clock=clock.id, actor=actor, at=at)
        for clock in clocks_of(f"case:{case_no}")
        if clock.kind == "correction" or clock.rule == ONLINE_CHECK
    ]
    for sub_case in SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED):
        # a limit from receipt begins again with the corrected papers
        clocks += end_clocks(f"subcase:{sub_case.sub_case_no}", met=False, actor=actor, at=at)
    publish(
        CorrectionRequested(
            case_no=case_no,
            notice_no=document.document_no,
            requested_at=at.isoformat(),
            respond_by=respond_by.isoformat(),
            defects=defects,
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    note_progress(
        case=case,
        event="correction_requested",
        text=f"请补正{len(defects)}处，所有部门的意见已合并在一份通知书中（{document.document_no}）。",
        actor=actor,
        at=at,
        clocks=clocks,
        document_no=document.document_no,
        facts={"respond_by": respond_by.isoformat(), "defects": str(len(defects))},
    )
    publish(
        NoticeWanted(
            to=decode(Party, case.applicant),
            template="correction",
            facts={"case_no": case_no, "item": case.item_name, "respond_by": respond_by.isoformat()},
            case_no=case_no,
            wanted_at=at.isoformat(),
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return notice
