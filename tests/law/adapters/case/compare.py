"""What is there after the last event: the case's own state, its clocks, its papers, the cards of supervision."""

from datetime import datetime
from typing import Any

from santai.back.approvals import service as approvals
from santai.back.approvals.models import ServedDocument
from santai.back.approvals.rules.letters import letter
from santai.back.cases.models import Case, SubCase
from santai.kernel.clocks.service import ClockState, clocks_of, explain
from santai.kernel.crypto.service import check_pdf
from santai.kernel.files.service import read
from tests.law.adapters.case.city import CITY
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import CLOCKS, CONTENTS, DOCUMENTS, EXPECTS, STATES, SUPERVISION, in_table

# -- state -------------------------------------------------------------------------------------------------------------------------


@in_table(EXPECTS, "state")
def state(trial: Trial, wanted: str) -> None:
    now = sorted(name for name, holds in STATES.items() if holds(trial))
    assert STATES[wanted](trial), f"the case is {now} ({trial.case.state}, {trial.case.outcome}, {trial.part.state}), not {wanted}"


def in_state(*states: str) -> Any:
    return lambda trial: trial.case.state in states


def ended(*outcomes: str, **facts: Any) -> Any:
    def holds(trial: Trial) -> bool:
        return trial.part.state == SubCase.State.FINISHED and trial.part.outcome in outcomes

    return holds


STATES["received"] = in_state(Case.State.CHECKING)
STATES["correcting"] = in_state(Case.State.CORRECTING)
STATES["accepted"] = lambda trial: trial.case.state == Case.State.ACCEPTED and trial.part.state in ("examining", "deciding")
STATES["suspended"] = lambda trial: trial.part.state == SubCase.State.STOPPED
STATES["not_accepted"] = ended("not_accepted")
STATES["denied"] = ended("refused")
STATES["terminated"] = ended("terminated")
STATES["granted"] = ended("granted")
STATES["registered"] = lambda trial: trial.item.nature == "registration" and ended("granted")(trial)
STATES["filed"] = lambda trial: trial.item.nature == "filing" and ended("recorded")(trial)
STATES["reported"] = lambda trial: trial.item.nature == "report" and ended("recorded")(trial)
STATES["not_needed"] = ended("not_needed")
STATES["returned"] = ended("returned")
STATES["verifying"] = lambda trial: trial.part.verifying_since is not None and trial.part.is_open
STATES["withdrawn"] = lambda trial: ended("withdrawn")(trial) and not _lapsed(trial)
STATES["lapsed"] = lambda trial: ended("withdrawn")(trial) and _lapsed(trial)


def _lapsed(trial: Trial) -> bool:
    return document(trial, "lapsed") is not None


@in_table(EXPECTS, "deemed")
def deemed(trial: Trial, wanted: bool) -> None:
    assert (trial.case.deemed_accepted or trial.part.granted_by_silence) is wanted


@in_table(EXPECTS, "received_on")
def received_on(trial: Trial, wanted: str) -> None:
    assert day(trial.case.received_at) == wanted


@in_table(EXPECTS, "accepted_on")
def accepted_on(trial: Trial, wanted: str) -> None:
    assert day(trial.case.accepted_at) == wanted


@in_table(EXPECTS, "filed_on")
def filed_on(trial: Trial, wanted: str) -> None:
    assert day(trial.part.finished_at) == wanted


@in_table(EXPECTS, "item_now")
def item_now(trial: Trial, wanted: str) -> None:
    assert trial.case.item_name == wanted


@in_table(EXPECTS, "opinions")
def opinions(trial: Trial, wanted: dict[str, str]) -> None:
    words = {"": "未答复", "agreed": "同意", "objected": "不同意", "deemed": "视为同意"}
    assert {one.organisation_name: words[one.answer] for one in approvals.opinions_of([trial.part.sub_case_no])} == wanted


@in_table(EXPECTS, "marked")
def marked(trial: Trial, wanted: str) -> None:
    assert wanted == "逾期意见"
    assert [one.late for one in approvals.opinions_of([trial.part.sub_case_no]) if one.late]


@in_table(EXPECTS, "special_code")
def special_code(trial: Trial, wanted: int) -> None:
    """Of the last special procedure of the case: the code the file of the case reports."""
    number = trial.part.sub_case_no
    found = [(one.answered_at, one.CODE) for one in approvals.extensions_of([number]) if one.state == "approved"]
    found += [(one.started_at, one.CODE) for one in approvals.procedures_of([number])]
    assert max(found)[1] == wanted


@in_table(EXPECTS, "remedies")
def remedies(trial: Trial, wanted: dict[str, Any]) -> None:
    found = trial.facts["remedies"]
    assert {name: sorted(value) if name == "review" else value for name, value in wanted.items()} == {
        name: sorted(found.review) if name == "review" else getattr(found, name) for name in wanted
    }


@in_table(EXPECTS, "document_version")
def document_version(trial: Trial, wanted: int) -> None:
    """The document that was corrected is in its next edition, and the notice says so."""
    notice = document(trial, "corrected_slip")
    assert notice is not None and notice.data["edition"] == wanted
    assert ServedDocument.objects.filter(case_no=trial.case_no, edition=wanted).count() == 1


@in_table(EXPECTS, "explained")
def explained(trial: Trial, wanted: list[str]) -> None:
    clock = CLOCKS["decision"](trial)
    told = "".join(explain(clock.id).sentences)
    says = {
        "起算日": f"{clock.starts_on.month}月{clock.starts_on.day}日", "长度": str(clock.length), "单位": "工作日", "依据": clock.law,
    }  # fmt: skip
    assert [word for word in wanted if says[word] not in told] == []


@in_table(EXPECTS, "card")
def card(trial: Trial, wanted: str) -> None:
    found = cards(trial)
    assert found == set() if wanted == "none" else COLOURS[wanted] in found, found


def day(at: datetime | None) -> str:
    return at.astimezone(CITY).date().isoformat() if at else "none"


# -- clocks ------------------------------------------------------------------------------------------------------------------------


def of_part(*kinds: str) -> Any:
    return lambda trial: last(clocks_of(f"subcase:{trial.part.sub_case_no}"), *kinds)


def of_case(*kinds: str) -> Any:
    return lambda trial: last(clocks_of(f"case:{trial.case_no}"), *kinds)


def last(clocks: list[ClockState], *kinds: str) -> ClockState | None:
    """The one that began last of these kinds and was not given up."""
    found = [clock for clock in clocks if clock.kind in kinds and clock.state != "void"]
    return max(found, key=lambda clock: clock.event_at, default=None)


def of_rule(code: str, *, of: str = "part") -> Any:
    def clock(trial: Trial) -> ClockState | None:
        subject = f"case:{trial.case_no}" if of == "case" else f"subcase:{trial.part.sub_case_no}"
        return next((one for one in clocks_of(subject) if one.rule == code and one.state != "void"), None)

    return clock


def decision_clock(trial: Trial) -> ClockState | None:
    """The statute's; of an item decided on the same day the promise is the limit."""
    kinds = ("promised",) if trial.item.handling == "instant" else ("statutory",)
    return last(clocks_of(f"subcase:{trial.part.sub_case_no}"), *kinds)


CLOCKS["correction"] = of_case("correction")
CLOCKS["decision"] = decision_clock
CLOCKS["assign_testers"] = of_rule("xk-testers-5")
CLOCKS["online_check"] = of_rule("local-online-check", of="case")
CLOCKS["promise"] = of_part("promised")


@in_table(EXPECTS, "due")
def due(trial: Trial, wanted: dict[str, str]) -> None:
    for name, end in wanted.items():
        clock = CLOCKS[name](trial)
        assert (clock.due_on.isoformat() if clock else "none") == end, f"{name}: {clock and clock.due_on}"


@in_table(EXPECTS, "overdue")
def overdue(trial: Trial, wanted: dict[str, bool]) -> None:
    for name, late in wanted.items():
        clock = CLOCKS[name](trial)
        assert clock is not None, name
        assert clock.remaining(trial.at).overdue is late, name


# -- papers ------------------------------------------------------------------------------------------------------------------------

DOCUMENTS |= {"收件凭证": "receipt", "受理通知书": "acceptance", "不予受理决定书": "not_accepted", "一次性告知书": "correction",
              "视为撤回告知书": "lapsed", "特别程序告知书": "special", "延长期限告知书": "extension", "准予决定书": "granted",
              "不予决定书": "refused", "终止告知书": "terminated", "不受理告知书": "not_needed", "登记通知书": "granted",
              "不予登记通知书": "refused", "备案回执": "recorded", "纠正告知书": "rectify", "核实通知书": "verification",
              "现场核查笔录": "inspection", "更正通知书": "corrected_slip", "视为同意告知书": "consent_by_silence"}  # fmt: skip


def document(trial: Trial, kind: str) -> ServedDocument | None:
    return ServedDocument.objects.filter(case_no=trial.case_no, kind=kind).order_by("-issued_at").first()


@in_table(EXPECTS, "document")
def there_is(trial: Trial, name: str) -> None:
    found = list(ServedDocument.objects.filter(case_no=trial.case_no).values_list("kind", flat=True))
    assert document(trial, DOCUMENTS[name]) is not None, f"no {name} among {found}"


@in_table(EXPECTS, "no_document")
def there_is_no(trial: Trial, name: str) -> None:
    assert document(trial, DOCUMENTS[name]) is None


@in_table(EXPECTS, "document_count")
def as_many(trial: Trial, wanted: Any) -> None:
    kind = DOCUMENTS[trial.row.expect["document"]]
    assert ServedDocument.objects.filter(case_no=trial.case_no, kind=kind).count() == wanted


@in_table(EXPECTS, "document_has")
def has(trial: Trial, wanted: list[str]) -> None:
    name = trial.row.expect.get("document")
    paper = document(trial, DOCUMENTS[name]) if name else ServedDocument.objects.filter(case_no=trial.case_no).latest("issued_at")
    assert paper is not None
    assert [content for content in wanted if not CONTENTS[content](trial, paper)] == [], text_of(paper)


def text_of(paper: ServedDocument) -> str:
    """Everything the paper says, by the call that also makes its PDF."""
    data = letter(
        kind=paper.kind, title=paper.title, number=paper.document_no, organisation=paper.organisation_name,
        issued_at=paper.issued_at.astimezone(CITY), facts=paper.data,
    )  # fmt: skip
    rows = [cell for row in (data["table"] or {"rows": []})["rows"] for cell in row]
    return "\n".join([*data["paragraphs"], *data["after"], *rows, *(": ".join(row) for row in data["facts"]), data["day"]])


def sealed(trial: Trial, paper: ServedDocument) -> bool:
    """The first paper of each kind is really made, sealed and checked; the others go the same way after the commit."""
    from santai.back.approvals.service import make_document

    if paper.kind not in _seen_sealed:
        make_document(document_id=paper.id, at=trial.at)
        paper.refresh_from_db()
        assert check_pdf(read(paper.digest)).valid
        _seen_sealed.add(paper.kind)
    return paper.issued_at == trial.at or bool(paper.document_no)


_seen_sealed: set[str] = set()


def says(*words: str) -> Any:
    return lambda trial, paper: all(word in text_of(paper) for word in words)


CONTENTS["编号"] = lambda trial, paper: bool(paper.document_no)
CONTENTS["印章"] = sealed
CONTENTS["日期"] = lambda trial, paper: f"{paper.issued_at.astimezone(CITY).year}年" in text_of(paper)
CONTENTS["理由"] = lambda trial, paper: bool(paper.data.get("reason")) and str(paper.data["reason"]) in text_of(paper)
CONTENTS["救济"] = says("六十日", "行政复议", "六个月", "人民法院")
CONTENTS["有权机关"] = lambda trial, paper: bool(paper.data.get("right_organ")) and paper.data["right_organ"] in text_of(paper)
CONTENTS["材料清单"] = lambda trial, paper: all(material.name in text_of(paper) for material in trial.item.materials)
CONTENTS["补正清单"] = lambda trial, paper: (
    bool(paper.data["defects"]) and all(one["text"] in text_of(paper) for one in paper.data["defects"])
)
CONTENTS["查询码"] = says("查询码")
CONTENTS["技术标准"] = lambda trial, paper: bool(paper.data["technical_standard"]) and paper.data["technical_standard"] in text_of(paper)
CONTENTS["两人签名"] = lambda trial, paper: (
    len(paper.data["officers"]) == 2 and all(name in text_of(paper) for name in paper.data["officers"])
)
CONTENTS["期限"] = says("工作日")


# -- supervision -------------------------------------------------------------------------------------------------------------------

COLOURS = {"提示": "prompt", "黄": "yellow", "红": "red"}


def cards(trial: Trial) -> set[str]:
    from santai.oversight.supervision.models import Card

    return set(Card.objects.filter(case__case_no=trial.case_no).exclude(state="withdrawn").values_list("level", flat=True))


def supervised_by(rule: str) -> Any:
    def holds(trial: Trial) -> bool:
        from santai.oversight.supervision.models import Card

        return Card.objects.filter(case__case_no=trial.case_no, rule=rule).exists()

    return holds


SUPERVISION["预审退回"] = supervised_by("sv-prereview-return")
SUPERVISION["特别程序超时"] = supervised_by("sv-procedure-overdue")
SUPERVISION["逾期未答复意见"] = supervised_by("sv-opinion-overdue")


@in_table(EXPECTS, "supervised")
def supervised(trial: Trial, wanted: str) -> None:
    found = [name for name, holds in SUPERVISION.items() if holds(trial)]
    assert found == [] if wanted == "none" else wanted in found
