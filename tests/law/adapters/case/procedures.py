"""Acts between acceptance and decision, the decision itself, and what comes after: each through its verb in back/approvals."""

from datetime import date
from typing import Any

from django.db import transaction

from santai.back.approvals import service as approvals
from santai.front.hall import service as hall
from santai.kernel.clocks import service as clocks
from santai.kernel.ledger.service import Actor
from tests.law.adapters.case.acts import defects_of
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import Event, act, refusal
from tests.law.table import Row
from tests.support import walk

CAUSES = {title: cause for cause, title in clocks.CAUSES.items()}
UNITS = {"工作日": "working_day", "自然日": "calendar_day"}
OWN_RANKS = ("机关负责人", "机关主要负责人", "科室负责人", "首席代表", "本级政府负责人")


# -- stops and extensions ------------------------------------------------------------------------------------------------------------


@act("suspend", "cause", "need", "notice", "approver")
def suspend(trial: Trial, event: Event) -> None:
    """The examiner starts it, with the approval of the one the row names."""
    need = event.get("need", {"length": 0, "unit": "工作日"})
    approvals.start_special_procedure(
        sub_case_no=trial.sub_case_no(event),
        cause=CAUSES.get(event["cause"], event["cause"]),
        reason=f"依法需要{event['cause']}",
        expected_days=need["length"],
        unit=UNITS[need["unit"]],
        approver=trial.ranked(event["approver"]) if "approver" in event else None,
        told_in_writing=event.get("notice") != "无",
        actor=trial.official("examiner"),
        at=trial.at,
    )
    trial.facts["special"] = 2


@act("resume", "result")
def resume(trial: Trial, event: Event) -> None:
    approvals.end_special_procedure(
        sub_case_no=trial.sub_case_no(event), result=event.get("result", ""), actor=trial.official("examiner"), at=trial.at
    )


@act("extend", "length", "unit", "approver", "reason", "notice", when=lambda row, event: event["unit"] == "工作日")
def extend(trial: Trial, event: Event) -> None:
    """Asked by the examiner and answered by the one the row names, as one event: what is refused leaves no wish behind either."""
    sub_case_no, examiner = trial.sub_case_no(event), trial.official("examiner")
    with transaction.atomic():
        approvals.ask_extension(sub_case_no=sub_case_no, reason=event.get("reason", ""), days=event["length"], actor=examiner, at=trial.at)
        approvals.answer_extension(
            sub_case_no=sub_case_no,
            approve=True,
            answer="同意",
            told_in_writing=event.get("notice") != "无",
            actor=trial.ranked(event["approver"]) if "approver" in event else examiner,
            at=trial.at,
        )


# -- looking into it -------------------------------------------------------------------------------------------------------------------


def officers(trial: Trial, event: Event) -> list[Actor]:
    named = [trial.official("examiner"), trial.official("inspector" if trial.organisation == "hrss" else "examiner-b")]
    return [named[0]] * event["officers"] if event.get("same_person") else named[: event["officers"]]


@act("site_visit", "officers", "same_person")
def site_visit(trial: Trial, event: Event) -> None:
    approvals.visit_site(
        sub_case_no=trial.sub_case_no(event), officers=officers(trial, event), findings="与申请材料一致。",
        actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


@act("assign_testers", "officers")
def assign_testers(trial: Trial, event: Event) -> None:
    approvals.name_testers(
        sub_case_no=trial.sub_case_no(event), officers=officers(trial, event), actor=trial.official("examiner"), at=trial.at
    )


@act("tell_interested_party")
def tell_interested(trial: Trial, event: Event) -> None:
    approvals.tell_interested(sub_case_no=trial.sub_case_no(event), actor=trial.official("examiner"), at=trial.at)


@act("hear_statement", "by", when=lambda row, event: event["by"] == "利害关系人")
def hear(trial: Trial, event: Event) -> None:
    approvals.hear_interested(sub_case_no=trial.sub_case_no(event), statement="没有异议。", actor=trial.official("examiner"), at=trial.at)


DEPARTMENTS = {"滨江新区交通和水务局": "transport"}


@act("ask_opinion", "department", "within", "silence", when=lambda row, event: event["department"] in DEPARTMENTS)
def ask_opinion(trial: Trial, event: Event) -> None:
    within = event.get("within")
    approvals.ask_opinion(
        sub_case_no=trial.sub_case_no(event),
        organisation=DEPARTMENTS[event["department"]],
        question="请就申请提出意见。",
        due_on=clocks.add_working_days(trial.at.date(), within["length"]) if within else None,
        silence_agrees=event["silence"] == "视为同意",
        actor=trial.official("examiner"),
        at=trial.at,
    )


@act("give_opinion", "department", "opinion", "reason", when=lambda row, event: event["department"] in DEPARTMENTS)
def give_opinion(trial: Trial, event: Event) -> None:
    organisation = DEPARTMENTS[event["department"]]
    asked = next(one for one in approvals.opinions_of([trial.sub_case_no(event)]) if one.organisation == organisation)
    approvals.give_opinion(
        opinion=asked,
        answer={"同意": "agreed", "不同意": "objected"}[event["opinion"]],
        reason=event.get("reason", ""),
        actor=walk.official(f"{organisation}-examiner"),
        at=trial.at,
    )


@act("publish_notice", "what", when=lambda row, event: "notice_period" in row.item and row.acts[0] == "receive")
def publish_notice(trial: Trial, event: Event) -> None:
    approvals.publish_notice(sub_case_no=trial.sub_case_no(event), what=event["what"], actor=trial.official("examiner"), at=trial.at)


# -- decision --------------------------------------------------------------------------------------------------------------------------

OUTCOMES = {"准予": "granted", "不予": "refused"}


@act("decide", "result", "reason", "remedies", "by", "technical_standard", when=lambda row, event: event.get("by") != "首席代表")
def decide(trial: Trial, event: Event) -> None:
    """Examined by one officer, decided by another; where only the examiner acts, he tries to decide himself."""
    outcome, sub_case_no = OUTCOMES[event["result"]], trial.sub_case_no(event)
    suggestion = "suggest_grant" if outcome == "granted" else "suggest_refuse"
    with transaction.atomic():
        if trial.open_step(event, "examine") and trial.part.state == "examining":
            approvals.examine(
                sub_case_no=sub_case_no, task=trial.step(event, "examine"), suggestion=suggestion,
                opinion=event.get("reason") or "符合条件。", actor=trial.official("examiner"), at=trial.at,
            )  # fmt: skip
        approvals.decide(
            sub_case_no=sub_case_no,
            task=trial.step(event, "decide", "instant", "record", "acknowledge"),
            outcome=outcome,
            reason=event.get("reason", ""),
            actor=trial.official("examiner" if event.get("by") == "审查人员" else "decider"),
            at=trial.at,
            technical_standard=event.get("technical_standard", ""),
            remedies=said_of_remedies(event),
        )


def said_of_remedies(event: Event) -> str | None:
    """自动: the platform computes them; anything else stands in the department's own letter."""
    said = event.get("remedies", "自动")
    return None if said == "自动" else "" if said == "无" else said


@act("register")
def register(trial: Trial, event: Event) -> None:
    _register(trial, event, "granted", "")


@act("refuse_registration", "reason", "remedies")
def refuse_registration(trial: Trial, event: Event) -> None:
    _register(trial, event, "refused", event.get("reason", ""))


def _register(trial: Trial, event: Event, outcome: str, reason: str) -> None:
    if trial.item.process != "instant":
        decide(trial, {**event, "act": "decide", "result": "准予" if outcome == "granted" else "不予", "reason": reason})
        return
    approvals.settle_on_the_spot(
        sub_case_no=trial.sub_case_no(event), task=trial.step(event, "instant"), outcome=outcome, reason=reason,
        remedies=said_of_remedies(event), actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


@act("terminate", "ground")
def terminate(trial: Trial, event: Event) -> None:
    ground = {"申请人终止": "applicant_ended"}.get(event.get("ground", ""), "")
    approvals.terminate_case(sub_case_no=trial.sub_case_no(event), ground=ground, actor=trial.official("decider"), at=trial.at)


@act("review_result", "from", "result", "because", "within", when=lambda row, event: event["result"] == "撤销重作")
def review_result(trial: Trial, event: Event) -> None:
    within = event.get("within", {"length": 0, "unit": "工作日"})
    approvals.note_review_result(
        sub_case_no=trial.sub_case_no(event),
        source={"复议": "review", "判决": "court"}[event["from"]],
        result="annulled_redo",
        because={"事实不清": "facts", "程序违法": "procedure"}[event["because"]],
        within=within["length"],
        unit=UNITS[within["unit"]],
        actor=trial.official("decider"),
        at=trial.at,
    )


@act("reopen")
def reopen(trial: Trial, event: Event) -> None:
    approvals.reopen_case(sub_case_no=trial.sub_case_no(event), actor=trial.official("decider"), at=trial.at)


# what a slip of the pen is and what it is not: the wording before and after
CHANGES = {"错别字": [("人力资元", "人力资源")], "许可范围": [("劳务派遣", "劳务派遣、人力资源外包")]}


@act("correct_clerical", "changes", when=lambda row, event: event["changes"] in CHANGES)
def correct_clerical(trial: Trial, event: Event) -> None:
    document = next(one for one in approvals.documents_of(trial.of(event)) if one.kind == "granted")
    approvals.correct_slip(
        document_no=document.document_no, changes=CHANGES[event["changes"]], actor=trial.official("decider"), at=trial.at
    )


# -- receipt: refusals and other ways ----------------------------------------------------------------------------------------------------

GROUNDS = {"不属职权": "not_competent", "材料不齐": "incomplete", "材料虚假": "false_material", "未补全": "not_corrected", "其他": "other"}


@act("refuse_acceptance", "ground", "right_organ", "reason", "list")
def refuse_acceptance(trial: Trial, event: Event) -> None:
    approvals.refuse_acceptance(
        sub_case_no=trial.sub_case_no(event), ground=GROUNDS[event["ground"]], reason=event.get("reason", ""),
        right_organ=event.get("right_organ", ""), missing=event.get("list", ()), actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


@act("answer_not_needed", "reason")
def answer_not_needed(trial: Trial, event: Event) -> None:
    approvals.answer_not_needed(sub_case_no=trial.sub_case_no(event), reason=event["reason"], actor=trial.official("examiner"), at=trial.at)


@act("fix_on_spot")
def fix_on_spot(trial: Trial, event: Event) -> None:
    trial.facts["papers"] = "齐全"
    approvals.fix_on_the_spot(
        sub_case_no=trial.sub_case_no(event), what="更正了申请书上的文字错误。", actor=trial.official("examiner"), at=trial.at
    )


@act("prereview_return", "list")
def prereview_return(trial: Trial, event: Event) -> None:
    approvals.return_prereview(
        sub_case_no=trial.sub_case_no(event), task=trial.step(event, "check"), defects=defects_of(trial, event),
        actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


@act("return_case", "list", when=lambda row, event: row.kind in ("许可", "登记"))
def return_case(trial: Trial, event: Event) -> None:
    approvals.return_papers(
        sub_case_no=trial.sub_case_no(event), defects=defects_of(trial, event), actor=trial.official("examiner"), at=trial.at
    )


@act("consent", "to", when=lambda row, event: event["to"] == "改办")
def consent(trial: Trial, event: Event) -> None:
    hall.consent_to_move(case_no=trial.of(event), actor=trial.applicant[1], at=trial.at)


@act("move_item", "to", when=lambda row, event: event["to"] == "另一事项")
def move_item(trial: Trial, event: Event) -> None:
    approvals.move_item(sub_case_no=trial.sub_case_no(event), to=trial.other_item().code, actor=trial.official("examiner"), at=trial.at)


@act("tell_to_rectify", "reason")
def tell_to_rectify(trial: Trial, event: Event) -> None:
    approvals.tell_to_rectify(sub_case_no=trial.sub_case_no(event), reason=event["reason"], actor=trial.official("examiner"), at=trial.at)


@act("ask_verification", "list", when=lambda row, event: row.kind == "推送")
def ask_verification(trial: Trial, event: Event) -> None:
    approvals.ask_verification(sub_case_no=trial.sub_case_no(event), questions=event["list"], actor=trial.official("examiner"), at=trial.at)


@act("change_calendar", "holidays")
def change_calendar(trial: Trial, event: Event) -> None:
    for day in event["holidays"]:
        clocks.set_day(
            day=date.fromisoformat(day),
            kind="holiday",
            name="临时放假",
            reason="国务院通知",
            actor=walk.official("dsj-city-items"),
            at=trial.at,
        )


@act("set_switch", "switch", "days", "unit", when=lambda row, event: event["switch"] == "deemed_withdrawal")
def set_switch(trial: Trial, event: Event) -> None:
    """A local rule is a clock rule of a pack; the room reads it as at installation."""
    clocks.rule_from_data(
        {"code": "local-deemed-withdrawal", "title": "逾期未补正视为撤回", "kind": "answer", "trigger": "notice",
         "unit": UNITS[event["unit"]], "length": event["days"]}
    )  # fmt: skip


# -- remedies ----------------------------------------------------------------------------------------------------------------------------

KINDS_OF_ORGAN = {
    "区政府工作部门": "district_department", "市政府工作部门": "city_department", "市局派出机构": "city_branch", "区政府": "government",
    "派出机关": "street_office", "镇政府": "town_government", "税务机关": "tax", "司法行政部门": "justice", "海关": "customs",
    "授权组织": "authorised", "未核实": "unverified",
}  # fmt: skip
DECISIONS = {
    "不予许可": "refused", "不予登记": "registration_refused", "纳税决定": "tax", "当场处罚": "penalty_on_spot", "普通程序处罚": "penalty",
    "逾期不决定": "no_decision",
}  # fmt: skip


@act("compute_remedies", "decision", when=lambda row, event: event["decision"] in DECISIONS)
def compute_remedies(trial: Trial, event: Event) -> None:
    item = trial.row.item
    facts = approvals.OrganFacts(
        name=item["organ"], kind=KINDS_OF_ORGAN[item["organ_kind"]], district="滨江新区", city="东江市", superior=item.get("superior", ""),
        done_by=item.get("done_by", ""), merged_into=item.get("merged_into", ""),
    )  # fmt: skip
    trial.facts["remedies"] = approvals.remedies_of_facts(facts, DECISIONS[event["decision"]])


def _nothing(terms: dict[str, Any], value: Any, row: Row) -> None:
    """Told to the acts by the row itself."""


# -- refusals ----------------------------------------------------------------------------------------------------------------------------

for _word in (
    "already_accepted", "case_ended", "right_organ_missing", "must_accept", "must_file", "materials_missing", "not_in_list",
    "obtainable_by_sharing", "fix_on_spot_first", "return_has_no_basis", "project_code_missing", "consent_missing", "not_accepted_yet",
    "kind_has_no_stop", "notice_missing", "time_needed_missing", "result_missing", "approver_missing", "no_extension_in_law",
    "already_decided", "kind_has_no_decision", "remedies_missing", "remedies_wrong", "remedy_unverified", "two_officers",
    "formal_check_only", "technical_standard_missing", "interested_party_not_told", "order_of_acceptance", "quota_spent",
    "competition_missing", "same_facts_same_decision", "ground_missing", "not_clerical", "notice_period_open", "inspection_missing",
    "due_missing", "too_late", "over_limit",
):  # fmt: skip
    refusal(_word, f"back.approvals.{_word}")
refusal("cause_not_lawful", "back.approvals.unlawful_cause")
refusal("already_suspended", "back.approvals.stopped")
refusal("clock_stopped", "back.approvals.stopped")
refusal("over_limit", "back.approvals.stop_too_long", "kernel.clocks.extension_refused:over_limit")
refusal("once_only", "back.approvals.already_asked")
refusal("approver_rank", "kernel.access.not_allowed")
refusal("no_power", "kernel.access.not_allowed")
refusal("too_late", "front.hall.not_open")
refusal("case_ended", "front.hall.not_open", "front.hall.nothing_to_correct")
refusal("push_has_no_correction", "back.approvals.no_correction_for_this_kind")
refusal("presence_required", "front.hall.presence_required")
refusal("barred_one_year", "front.hall.barred:one_year")
refusal("local_source_missing", "kernel.clocks.bad_rule")
