"""The ordinary acts of a case: filing, correction, acceptance, stops, extension, decision, withdrawal."""

from typing import Any

from santai.back.approvals import service as approvals
from santai.exchange.contracts.service import encode
from santai.front.hall import service as hall
from tests.law.adapters.case.items import MATERIALS
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import Event, act, refusal
from tests.law.table import Row
from tests.support import walk

CHANNELS = {"线上": "online", "窗口": "counter", "推送": "api"}
PAPERS = ("齐全", "不齐全", "可当场更正", "虚假")
OWN = {"本人", "代理人"}


# -- filing ------------------------------------------------------------------------------------------------------------------------


def _plain_filing(row: Row, event: Event) -> bool:
    return event["channel"] in ("线上", "窗口") and event["materials"] in PAPERS and event.get("by", "本人") in OWN


@act("receive", "channel", "materials", "missing", when=_plain_filing)
def receive(trial: Trial, event: Event) -> None:
    """File through the hall's one gate; what is missing is not handed in."""
    missing = [code_of(trial, name) for name in missing_of(event)]
    account, actor, party = trial.applicant
    name = event.get("case", "") or f"第{len(trial.cases) + 1}件"
    application, _ = hall.file_application(
        account=account,
        party=party,
        item_code=trial.item.code,
        content={"note": name, "project_code": trial.facts.get("project_code", "")},
        materials={one.code: {"files": [encode(paper(one.code))]} for one in trial.item.materials
                   if one.source == "upload" and one.code not in missing},
        key=f"{trial.row.id}:{name}",
        actor=actor,
        at=trial.at,
        **extra(trial, event, missing),
    )  # fmt: skip
    trial.cases[name] = application.case_no
    trial.last = name
    trial.facts["papers"] = event["materials"]
    trial.settle()


def missing_of(event: Event) -> list[str]:
    return event.get("missing", ["主件"]) if event["materials"] == "不齐全" else []


def extra(trial: Trial, event: Event, missing: list[str]) -> dict[str, Any]:
    """How the application came in: the counter's clerk files for who is there; what is missing is filed knowingly."""
    return {"channel": CHANNELS[event["channel"]], "incomplete": bool(missing)}


def code_of(trial: Trial, name: str) -> str:
    known = {one.name: one.code for one in trial.item.materials}
    return MATERIALS.get(name) or known.get(name, "")


def paper(code: str) -> Any:
    """The same white page for every material of every row: stored once."""
    if code not in _papers:
        _papers[code] = walk.paper(f"{code}.pdf")
    return _papers[code]


_papers: dict[str, Any] = {}


@act("time_passes")
def time_passes(trial: Trial, event: Event) -> None:
    """Nothing is done; the clock has been moved."""


# -- acceptance --------------------------------------------------------------------------------------------------------------------


@act("accept")
def accept(trial: Trial, event: Event) -> None:
    approvals.check_materials(
        sub_case_no=trial.sub_case_no(event), task=trial.step(event, "check"), complete=True, actor=trial.official("examiner"), at=trial.at
    )


@act("notify_correction", "list")
def notify_correction(trial: Trial, event: Event) -> None:
    approvals.check_materials(
        sub_case_no=trial.sub_case_no(event), task=trial.step(event, "check"), complete=False, defects=defects_of(trial, event),
        actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


def defects_of(trial: Trial, event: Event) -> list[approvals.DefectInput]:
    at_once = trial.facts.get("papers") == "可当场更正"
    return [
        {"text": f"请补正{name}。", "material": code_of(trial, name) or name, "on_the_spot": at_once} for name in event["list"]
    ]  # fmt: skip


@act("supply", "which")
def supply(trial: Trial, event: Event) -> None:
    """What the notice asked for is handed in, all of it or the first."""
    case_no, actor = trial.of(event), trial.applicant[1]
    notice = approvals.correction_of(case_no)
    wanted = [defect["material"] for defect in notice.defects] if notice else []
    if notice is None:  # more papers before anybody asked
        hall.supplement(case_no=case_no, files={"main": [paper("main")]}, actor=actor, at=trial.at)
        return
    for code in wanted if event["which"] == "全部" else wanted[1:]:
        hall.add_correction_file(case_no=case_no, code=code, files=[paper(code)], actor=actor, at=trial.at)
    hall.submit_correction(case_no=case_no, actor=actor, at=trial.at, incomplete=event["which"] == "部分")


@act("withdraw")
def withdraw(trial: Trial, event: Event) -> None:
    hall.ask_withdrawal(case_no=trial.of(event), reason="暂不办理", actor=trial.applicant[1], at=trial.at)


# -- refusals the rows name, by the codes of the rooms -------------------------------------------------------------------------------

refusal("second_correction", "back.approvals.second_correction_notice")
refusal("list_missing", "back.approvals.defects_missing")
refusal("reason_missing", "back.approvals.reason_missing", "kernel.clocks.reason_missing")
