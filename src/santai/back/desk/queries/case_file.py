"""One case as one post may see it: its own part whole, of the other departments only their state."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

from santai.back.approvals.service import (
    GROUNDS,
    Surroundings,
    branch_of_sub_case,
    cards_of,
    correction_of,
    defects_of,
    department_record,
    documents_of,
    extensions_of,
    hearings_of,
    item_of,
    possible_of,
    procedures_of,
    remedy_text,
    surroundings,
    thread_of,
)
from santai.back.cases.service import (
    READING_ROLES,
    Case,
    CaseContent,
    CaseNotFound,
    Opinion,
    SubCase,
    access_case,
    events_of,
    visible_cases,
    works_on,
)
from santai.back.desk.queries.around import around
from santai.back.desk.queries.hearing import hearing_facts, hearing_lines, presiders
from santai.back.desk.queries.kinds import shown_here
from santai.back.desk.rules.acts import Act, Part, Step, acts_on_part, acts_on_task, claims_in, sorted_acts
from santai.back.desk.rules.around import acts_around
from santai.back.desk.rules.hearing_acts import hearing_acts, on_the_record
from santai.back.desk.rules.proofs import proof_of
from santai.back.letters.service import phrases_for
from santai.exchange.contracts.service import FeeDefinition, FileRef, FindLegalEntity, FindPerson, ItemDefinition, fees_due
from santai.exchange.gateway.service import answers_for
from santai.kernel.access.service import may, roles_of
from santai.kernel.clocks.service import CAUSES, ClockState, clocks_of_many, today
from santai.kernel.files.service import INLINE, download_url, exists
from santai.kernel.flow.service import NotRunning, Task, diagram, history_of, steps_of_subject
from santai.kernel.forms.service import FormUnknown, answers_context, diff, get_form, label_for
from santai.kernel.identity.service import holders_of_role
from santai.kernel.ledger.service import Actor

READER = "back.desk.case"
PURPOSE = "审查核验"
POSITIVE = ("granted", "recorded", "acknowledged")
HAPPENED = {
    "start": "开始", "complete": "办理", "message": "收到", "cancel": "取消", "claim": "领取", "release": "退回待领取",
    "transfer": "转交", "delegate": "委托",
}  # fmt: skip


@dataclass
class CaseFile:
    """Everything the page shows; plain enough for a template without logic."""

    case: Case
    item: ItemDefinition
    parts: list[SubCase]
    own: list[SubCase]
    current: SubCase | None
    whole: bool  # lead or window: sees the whole form
    content: CaseContent
    acts: list[Act] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    record: list[dict[str, Any]] = field(default_factory=list)
    materials: list[dict[str, Any]] = field(default_factory=list)
    fees: list[FeeDefinition] = field(default_factory=list)  # due by the table of the version it was filed under
    opinions: list[Opinion] = field(default_factory=list)
    timeline: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    stops: list[dict[str, Any]] = field(default_factory=list)
    hearing: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    history: list[dict[str, Any]] = field(default_factory=list)
    related: list[Case] = field(default_factory=list)
    thread: list[dict[str, Any]] = field(default_factory=list)
    cards: list[Any] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    defects: list[Any] = field(default_factory=list)
    correction: Any = None
    claims: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[dict[str, Any]] = field(default_factory=list)
    held_by: str = ""
    changed: int = 0
    department: str = ""
    around: Surroundings | None = None  # visits, others who are touched, opinions asked, notices, reviews
    may_write: bool = False  # to the applicant: those who handle the case, not who looks on

    @property
    def title(self) -> str:
        return self.current.item_name if self.current and self.case.shape == "joint" else self.case.item_name


def case_file(*, case_no: str, actor: Actor, at: datetime, part: str = "", pictures: bool = True) -> CaseFile:
    """Read it all with a number of queries that does not depend on how much there is.

    CaseNotFound alike for absent and forbidden; ShownElsewhere for a kind with a page of its own.
    """
    case = access_case(case_no=case_no, actor=actor)
    shown_here(case.kind)
    item = item_of(case.item_code, case.item_version)
    parts = list(SubCase.objects.filter(case=case).order_by("position"))
    for one in parts:
        one.case = case
    sees_all, own = _reach(case, parts, actor)
    current = next((one for one in own if one.branch == part), own[0] if own else None)
    contents = {one.revision: one for one in CaseContent.objects.filter(case=case, revision__gte=case.revision - 1)}
    content = contents[case.revision]
    file = CaseFile(case=case, item=item, parts=parts, own=own, current=current, whole=sees_all, content=content)
    file.department = actor.organisation_name
    file.may_write = works_on(case_no=case_no, actor=actor)
    subjects = [f"case:{case_no}", *(f"subcase:{one.sub_case_no}" for one in own)]
    tasks = list(Task.objects.filter(subject__in=subjects).order_by("opened_at", "number"))
    own_numbers = [one.sub_case_no for one in own]
    _form(file, contents.get(case.revision - 1), actor)
    _materials(file, actor)
    file.fees = fees_due(item, content.content)
    if current and case.shape == "joint":
        file.record = _record(file, current)
    file.opinions = list(Opinion.objects.filter(sub_case__in=own_numbers).select_related("sub_case").order_by("at", "id"))
    file.timeline = [
        {"text": one.text, "at": one.at, "by": " ".join(filter(None, (one.organisation_name, one.by_post, one.by_name)))}
        for one in reversed(events_of(case_no))
        if one.public or not one.sub_case_no or one.sub_case_no in own_numbers
    ]
    procedures, extensions = procedures_of(own_numbers), extensions_of(own_numbers)
    hearing = hearings_of(own_numbers).get(current.sub_case_no) if current else None
    file.defects, file.correction = defects_of(case_no), correction_of(case_no)
    if not sees_all and file.correction is None:  # before the united notice goes out, each sees what it noted itself
        file.defects = [one for one in file.defects if one.sub_case_no in own_numbers]
    _clocks(file, subjects, procedures, extensions)
    _people(file, tasks)
    for subject in subjects[1:] if own else subjects:
        for act in history_of(subject):
            said = act.outcome_label or act.element_name or act.message
            file.history.append(
                {"text": f"{HAPPENED.get(act.kind, act.kind)} {said}".strip(), "at": act.at, "by": act.name, "more": act.why}
            )
    file.history.sort(key=lambda line: line["at"])
    file.related = list(
        visible_cases(actor)
        .filter(applicant_name=case.applicant_name, applicant__code=case.applicant.get("code"))
        .exclude(case_no=case_no)
        .order_by("-received_at")[:8]
    )
    file.thread = [
        {
            "by": line.by, "organisation": line.organisation_name or "申请人", "text": line.text, "at": line.at,
            "urges": line.urges, "mine": not line.from_applicant,
        }
        for line in thread_of(case_no)
    ]  # fmt: skip
    file.cards = [
        card for card in cards_of(case_no) if sees_all or card.sub_case_no in own_numbers or card.organisation == actor.organisation
    ]
    file.documents = [
        {"document": one, "url": _document_url(one, case_no, actor)}
        for one in documents_of(case_no)
        if sees_all or not one.sub_case_no or one.sub_case_no in own_numbers
    ]
    file.claims = claims_in(content.content, case.applicant, whole=sees_all or case.shape == "single")
    _proofs_that_waited(file, actor)
    file.acts = _acts(file, actor, tasks, procedures, extensions, at)
    file.hearing = hearing_lines(hearing)
    file.acts = _with_hearing(file, hearing, tasks, actor, at)
    if current:
        file.around = surroundings(current)
    if pictures:
        _pictures(file)
    return file


def question_about(claim: dict[str, Any]) -> FindPerson | FindLegalEntity:
    """What the register is asked to prove a claim."""
    if claim["kind"] == "person":
        return FindPerson(code_kind="resident-id", code=claim["code"], person_name=claim["name"])
    return FindLegalEntity(credit_code=claim["code"])


def _proofs_that_waited(file: CaseFile, actor: Actor) -> None:
    """Questions this body asked while the line was down: their answers, or that they still wait."""
    if not file.claims:
        return
    later = {one.query: one for one in answers_for(subject=f"case:{file.case.case_no}", organisation=actor.organisation)}
    for claim in file.claims if later else ():
        found = later.get(question_about(claim))
        if found is None:
            continue
        if found.answered_at is None:
            claim["proof"] = {"claim": claim, "rows": [], "trouble": "数据交换暂时不通，查询已经登记，恢复后自动查询。"}
        elif found.answer is not None:
            claim["proof"] = proof_of(claim, found.answer)


def _reach(case: Case, parts: list[SubCase], actor: Actor) -> tuple[bool, list[SubCase]]:
    """Does this post see the whole case, and which parts are its own?"""
    sees_all = any(_covers(actor, organisation) for organisation in {case.organisation, case.intake_organisation} - {""})
    window = _covers(actor, case.intake_organisation) if case.intake_organisation else False
    return sees_all, [one for one in parts if _covers(actor, one.organisation) or (window and case.shape == "single")]


def _covers(actor: Actor, organisation: str) -> bool:
    return any(may(actor, role, organisation=organisation) for role in READING_ROLES if role in roles_of(actor))


def view_of(file: CaseFile, form_views: Any) -> str | None:
    """The role under which the form is read: whole for lead and window, the branch's view for a department; None: nothing of the form."""
    if file.whole or file.case.shape == "single":
        return "official"
    if file.current and file.current.branch in form_views:
        return file.current.branch
    return None


def _form(file: CaseFile, before: CaseContent | None, actor: Actor) -> None:
    try:
        form = get_form(file.content.form, file.content.form_version)
    except FormUnknown:
        return
    changes = diff(form, before.content, file.content.content) if before else []
    role = view_of(file, form.views)
    if role is None:
        return
    shown = answers_context(
        form,
        file.content.content,
        role=role,
        changes=changes,
        origins=file.content.prefilled,
        file_url=lambda one: download_url(FileRef(**one), actor, context=READER, subject=file.case.case_no, inline=True),
    )
    file.answers = shown["form_answers"]["sections"]
    file.changed = sum(line["changed"] for section in file.answers for group in section["groups"] for line in group["lines"])


def _record(file: CaseFile, part: SubCase) -> list[dict[str, Any]]:
    """The department's own record in words: coded values as the form names them, rows of people by their names."""
    found = department_record(part, file.content.content)
    try:
        form = get_form(file.content.form, file.content.form_version)
    except FormUnknown:
        return found
    mapping = branch_of_sub_case(part).mapping
    sections = answers_context(form, file.content.content, role="official")["form_answers"]["sections"]
    texts = {line["path"]: line["text"] for section in sections for group in section["groups"] for line in group["lines"]}
    for entry in found:
        entry["value"] = _said(entry["value"], mapping.get(entry["id"], ""), texts)
    return found


def _said(value: Any, path: str, texts: dict[str, str]) -> Any:
    if path in texts:
        return texts[path]
    if ".*." in path:
        head, _, tail = path.partition(".*.")
        said = [text for one, text in texts.items() if one.startswith(f"{head}.") and one.endswith(f".{tail}") and text]
        return "、".join(said) if said else value
    if isinstance(value, list):
        return "、".join(
            str(one.get("name") or one.get("text") or one.get("label") or "") if isinstance(one, dict) else str(one) for one in value
        )
    if isinstance(value, dict):
        return (
            value.get("name") or value.get("text") or "，".join(text for one, text in texts.items() if one.startswith(f"{path}.") and text)
        )
    return value


def _materials(file: CaseFile, actor: Actor) -> None:
    known = {one.code: one for one in file.item.materials}
    hidden = _hidden_materials(file.case, file.item, file.whole, file.own)
    for handed in file.content.materials:
        if handed["code"] in hidden:
            continue
        definition = known.get(handed["code"])
        files = []
        for one in handed.get("files") or []:
            ref = FileRef(digest=one["digest"], name=one["name"], size=one["size"], media_type=one["media_type"])
            there = exists(ref.digest)
            shown = there and ref.media_type in INLINE
            files.append(
                {
                    "ref": ref,
                    "there": there,
                    "picture": shown and ref.media_type.startswith("image/"),
                    "page": shown and ref.media_type == "application/pdf",
                    "url": download_url(ref, actor, context=READER, subject=file.case.case_no) if there else "",
                    "preview": download_url(ref, actor, context=READER, subject=file.case.case_no, inline=True) if shown else "",
                }
            )
        file.materials.append({"handed": handed, "definition": definition, "files": files})


def _hidden_materials(case: Case, item: ItemDefinition, whole: bool, own: list[SubCase]) -> set[str]:
    """Codes of the materials that only other departments of a joint case read."""
    if whole or case.shape != "joint":
        return set()
    branches = {one.branch for one in own}
    return {one.code for one in item.materials if one.branches and not set(one.branches) & branches}


def may_read_file(actor: Actor | None, digest: str, subject: str) -> bool:
    """Asked again whenever a link is opened: the file must be one this post sees on the page of the case."""
    if actor is None:
        return False
    try:
        case = access_case(case_no=subject, actor=actor)
    except CaseNotFound:
        return False
    sees_all, own = _reach(case, list(SubCase.objects.filter(case=case)), actor)
    numbers = {one.sub_case_no for one in own}
    if any(one.digest == digest and (sees_all or not one.sub_case_no or one.sub_case_no in numbers) for one in documents_of(case.case_no)):
        return True
    hidden = _hidden_materials(case, item_of(case.item_code, case.item_version), sees_all, own)
    handed_in = any(
        one["digest"] == digest
        for content in CaseContent.objects.filter(case=case)
        for handed in content.materials
        if handed["code"] not in hidden
        for one in handed.get("files") or []
    )
    return handed_in or digest in _attached(case, sees_all, own, actor)


def _attached(case: Case, sees_all: bool, own: list[SubCase], actor: Actor) -> set[str]:
    """Files attached inside the form, as far as this post reads it."""
    found: set[str] = set()
    item, content = item_of(case.item_code, case.item_version), CaseContent.objects.get(case=case, revision=case.revision)
    readings: list[SubCase | None] = [*own] or [None]
    for current in readings:
        file = CaseFile(case=case, item=item, parts=own, own=own, current=current, whole=sees_all, content=content)
        _form(file, None, actor)
        found |= {one["digest"] for part in file.answers for group in part["groups"] for line in group["lines"] for one in line["files"]}
    return found


def _document_url(document: Any, case_no: str, actor: Actor) -> str:
    if not document.digest or not exists(document.digest):
        return ""
    ref = FileRef(digest=document.digest, name=f"{document.title}.pdf", size=document.size, media_type="application/pdf")
    return download_url(ref, actor, context=READER, subject=case_no, inline=True)


def _clocks(file: CaseFile, subjects: list[str], procedures: Sequence[Any], extensions: Sequence[Any]) -> None:
    names = {f"subcase:{one.sub_case_no}": one.branch_name for one in file.own}
    for subject, clocks in clocks_of_many(subjects).items():
        for clock in clocks:
            file.clocks.append({"clock": clock, "subject": subject, "whose": names.get(subject, "") if file.case.shape == "joint" else ""})
    file.clocks.sort(key=lambda line: (line["clock"].state not in ("running", "missed", "stopped"), line["clock"].due_at))
    for one in procedures:
        until = one.ended_at
        file.stops.append(
            {
                "text": f"{CAUSES.get(one.cause, one.cause)}：停止计时" + ("" if until else "（进行中）"),
                "at": one.started_at,
                "by": one.started_by,
                "more": f"原因：{one.reason}；预计 {one.expected_days} 个工作日"
                + (f"；已于 {localtime(until):%Y-%m-%d} 结束，结果：{one.result}" if until else ""),
                "tone": "" if until else "now",
            }
        )
    for one in extensions:
        file.stops.append(
            {
                "text": f"申请延长 {one.days} 个工作日：{one.get_state_display()}",
                "at": one.asked_at,
                "by": one.asked_by,
                "more": f"理由：{one.reason}"
                + (f"；{one.answered_by}：{one.answer or one.get_state_display()}" if one.answered_at else ""),
            }
        )


def _people(file: CaseFile, tasks: list[Task]) -> None:
    met: dict[str, dict[str, Any]] = {}
    for task in tasks:
        if task.account_name:
            line = met.setdefault(task.account_name, {"name": task.account_name, "steps": [], "state": ""})
            if task.name not in line["steps"]:
                line["steps"].append(task.name)
            if task.state == Task.CLAIMED:
                line["state"] = "办理中"
    file.people = [{"name": one["name"], "what": "、".join(one["steps"]), "state": one["state"]} for one in met.values()]


def _pictures(file: CaseFile) -> None:
    subjects = [(f"subcase:{file.current.sub_case_no}", f"{file.current.branch_name}的流程")] if file.current else []
    if file.case.shape == "joint":
        subjects.append((f"case:{file.case.case_no}", "并联流程"))
    for subject, title in subjects:
        try:
            steps = [one for one in steps_of_subject(subject) if one["kind"] in ("人工环节", "userTask")]
            drawing = diagram(subject)
        except NotRunning:  # a case brought in without its process
            continue
        lit = next((number for number, one in enumerate(steps, 1) if one["state"] == "current"), 0)
        behind = sum(one["state"] == "done" for one in steps)
        file.pictures.append(
            {
                "title": title,
                "svg": mark_safe(drawing),  # the engine escapes every text it draws
                "steps": [one["name"] for one in steps],
                "now": lit or behind + 1,
            }
        )


def _acts(file: CaseFile, actor: Actor, tasks: list[Task], procedures: Sequence[Any], extensions: Sequence[Any], at: datetime) -> list[Act]:
    roles = roles_of(actor)
    numbers = {f"subcase:{one.sub_case_no}": one for one in file.own}
    if file.current:
        wanted = {f"subcase:{file.current.sub_case_no}", f"case:{file.case.case_no}"}
    else:
        wanted = {f"case:{file.case.case_no}"}
    facts = part_facts(file, file.current, actor, procedures, extensions) if file.current else None
    found: list[Act] = []
    for task in tasks:
        if task.state not in Task.TO_DO or task.subject not in wanted:
            continue
        allowed = task.role in roles and may(actor, task.role, organisation=task.organisation)
        mine = actor.account in (task.account, task.delegated_by)
        if task.account and not mine:
            file.held_by = f"“{task.name}”已由{task.account_name}领取"
        elif task.delegated_by == actor.account:
            file.held_by = f"“{task.name}”已委托{task.account_name}办理，您仍然负责"
        elif task.delegated_by:
            file.held_by = f"“{task.name}”由{task.delegated_by_name}委托您办理"
        step = Step(
            id=str(task.id), element=task.element, name=task.name, organisation=task.organisation, may=allowed,
            claimed=bool(task.account), mine=mine, delegated=bool(task.delegated_by),
        )  # fmt: skip
        colleagues = _colleagues(task, actor) if allowed and (mine or not task.account) else []
        part = facts if task.subject in numbers else None
        found += acts_on_task(step, part, corrected=file.case.corrected, colleagues=colleagues)
    if facts:
        examiner, decider = (may(actor, role, organisation=facts.organisation) for role in ("examiner", "decider"))
        found += acts_on_part(facts, examiner=examiner, decider=decider)
        if examiner or decider:
            found += acts_around(facts, around(file, file.current, at), examiner=examiner, decider=decider)
    return sorted_acts(found)


def _with_hearing(file: CaseFile, hearing: Any, tasks: list[Task], actor: Actor, at: datetime) -> list[Act]:
    """The acts with those of a hearing among them."""
    part = file.current
    if part is None:
        return file.acts
    officer = any(may(actor, role, organisation=part.organisation) for role in ("examiner", "decider"))
    facts = hearing_facts(hearing, at)
    named = presiders(hearing, part, tasks, at) if officer else []
    more = hearing_acts(
        facts, nature=part.nature, sub_case_no=part.sub_case_no, running=part.accepted_at is not None and part.is_open,
        officer=officer, presiders=named,
    )  # fmt: skip
    return sorted_acts([*on_the_record(file.acts, facts), *more])


def _colleagues(task: Task, actor: Actor) -> list[tuple[str, str]]:
    holders = holders_of_role(task.role, organisation=task.organisation, on=today())
    return [(str(one.account_id), f"{one.account.name}（{one.post.title}）") for one in holders if str(one.account_id) != actor.account]


def part_facts(file: CaseFile, part: SubCase, actor: Actor, procedures: Sequence[Any], extensions: Sequence[Any]) -> Part:
    branch = branch_of_sub_case(part)
    running = next((one for one in procedures if one.sub_case_no == part.sub_case_no and one.ended_at is None), None)
    extension = next((one for one in extensions if one.sub_case_no == part.sub_case_no), None)
    outcomes = {one.branch: one.outcome for one in file.parts}
    own = phrases_for(organisation=part.organisation, item_code=file.case.item_code)
    causes, extendable = possible_of(branch)
    return Part(
        sub_case_no=part.sub_case_no,
        organisation=part.organisation,
        organisation_name=part.organisation_name,
        state=part.state,
        nature=part.nature,
        accepted=part.accepted_at is not None,
        open=part.is_open,
        examined_by_me=part.examined_by == actor.account,
        ready_to_finish=all(outcomes[needed] in POSITIVE for needed in part.finishes_after if needed in outcomes),
        causes=[(cause, CAUSES[cause]) for cause in causes if cause in CAUSES],
        may_extend=extendable and not _over(file, part),
        extension=extension.state if extension else "",
        extension_by_me=bool(extension and extension.asked_account == actor.account),
        running_cause=CAUSES.get(running.cause, "") if running else "",
        defect_phrases=_each_once(branch.correction_texts, own["correction"]),
        refusal_phrases=_each_once(file.item.refusal_texts, own["refusal"]),
        opinion_phrases=own["opinion"],
        points=own["point"],
        remedy=remedy_text(part.organisation),
        review_wanted=part.review_wanted,
        deciders=[
            (str(one.account_id), f"{one.account.name}（{one.post.title}）")
            for one in holders_of_role("decider", organisation=part.organisation, on=today())
        ],
        grounds=list(GROUNDS.items()),
        on_spot=file.item.incomplete_papers == "refused_on_spot",
        tested=bool(file.item.test_required),
        lapsed=file.case.lapsed_at is not None and part.state == SubCase.State.DEFECTIVE,
        places=_places(file),
    )


def _each_once(*lists: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in lists for text in texts))


def _over(file: CaseFile, part: SubCase) -> bool:
    """Has a limit of the part passed? Then nothing is left to lengthen."""
    return any(line["clock"].missed_at for line in file.clocks if line["subject"] == f"subcase:{part.sub_case_no}")


def _places(file: CaseFile) -> list[tuple[str, str]]:
    """What a defect may point to: the materials handed in and the fields this department sees."""
    materials = [(f"material:{one['handed']['code']}", f"材料：{one['handed']['name']}") for one in file.materials]
    fields = []
    for section in file.answers:
        for group in section["groups"]:
            for line in group["lines"]:
                title = f"{group['title']} · " if group["title"] else ""
                fields.append((f"field:{line['path']}", f"{section['title']}：{title}{line['label']}"))
    return materials + fields


def place_label(file: CaseFile, path: str) -> str:
    try:
        return label_for(get_form(file.content.form, file.content.form_version), path)
    except FormUnknown:
        return path


def binding(file: CaseFile) -> ClockState | None:
    """The clock that binds this department's part now; before acceptance, and for the window, that of the whole case."""
    still = [line for line in file.clocks if line["clock"].state in ("running", "missed", "stopped")]
    own = f"subcase:{file.current.sub_case_no}" if file.current else ""
    found = [line for line in still if line["subject"] == own]
    if file.current and not found and (not file.current.is_open or file.current.accepted_at):
        return None
    return next((line["clock"] for line in found or still if not line["subject"].startswith("subcase:") or found), None)
