"""The later life of decisions: 容缺, 告知承诺, acts on licences, renewal, 双公示, credit, reopened cases."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from santai.back.approvals import service as approvals
from santai.back.approvals.models import ServedDocument
from santai.back.permits import service as permits
from santai.back.permits.models import (
    Commitment,
    GivenPromise,
    HeldLicence,
    LicenceAct,
    LicenceCase,
    PromisedMaterial,
    Publication,
)
from santai.exchange.contracts.service import (
    CommitmentDefinition,
    CreditEventFound,
    ItemDefinition,
    MaterialDefinition,
    RenewalWindow,
    ResultDefinition,
    StartOfWork,
    months_later,
)
from santai.exchange.credit import service as credit
from santai.exchange.credit.models import CreditRecord, PublishedDecision
from santai.exchange.items.rules.lint import lint
from santai.exchange.licences.models import Licence
from santai.exchange.licences.service import verify
from santai.front.hall import service as hall
from santai.kernel.clocks.service import get_clock
from santai.kernel.ledger.service import ActRefused, Party, system_actor
from tests.law.adapters.case import trial as trials
from tests.law.adapters.case.acts import CHANNELS, PAPERS, code_of, paper
from tests.law.adapters.case.city import CITY
from tests.law.adapters.case.items import own_rule
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import (
    ACTS,
    APPLICANT,
    CLOCKS,
    CONTENTS,
    DOCUMENTS,
    EXPECTS,
    GIVENS,
    ITEM_FIELDS,
    KINDS,
    REFUSALS,
    STATES,
    SUPERVISION,
    SWITCHES,
    WHEN,
    Event,
    act,
    in_table,
    refusal,
)
from tests.law.table import Row
from tests.support import walk

trials.SWEEPS = (*trials.SWEEPS, "back.permits")
trials.KEPT += [
    Commitment, GivenPromise, HeldLicence, LicenceAct, LicenceCase, PromisedMaterial, Publication, Licence,
    CreditRecord, PublishedDecision,
]  # fmt: skip
DISPUTED: dict[str, str] = {}
LICENCE_TYPE = "labour-dispatch-permit"
FIELDS = {
    "国家安全": "national_security", "国家秘密": "state_secret", "公共安全": "public_safety", "金融业审慎监管": "financial_prudence",
    "生态环境保护": "ecology", "人身健康": "personal_health", "生命财产安全": "life_and_property", "生命健康安全": "life_and_health",
}  # fmt: skip
UNITS = {"工作日": "working_day", "自然日": "calendar_day", "月": "month", "年": "year"}


# -- the item ----------------------------------------------------------------------------------------------------------------------


def licensed(terms: dict[str, Any]) -> None:
    """The item ends in a licence, so that there is one to look at afterwards."""
    terms["results"] = ResultDefinition(kind="licence", licence_type=LICENCE_TYPE, name="许可证")


@in_table(ITEM_FIELDS, "renewal")
def _renewal(terms: dict[str, Any], value: dict[str, Any], row: Row) -> None:
    terms["renewal"] = RenewalWindow(open=value.get("open", 0), close=value["close"], unit=UNITS[value["unit"]])  # type: ignore[arg-type]


@in_table(ITEM_FIELDS, "tolerance")
def _tolerance(terms: dict[str, Any], value: dict[str, Any], row: Row) -> None:
    known = {one.name: one for one in terms["materials"]}
    for name, limit in value.items():
        code = known[name].code if name in known else f"minor{len(terms['materials'])}"
        terms["materials"] = [one for one in terms["materials"] if one.name != name]
        terms["materials"].append(MaterialDefinition(code=code, name=name, source="upload", may_follow_days=limit["length"]))


@in_table(ITEM_FIELDS, "commitment")
def _commitment(terms: dict[str, Any], value: dict[str, Any], row: Row) -> None:
    licensed(terms)
    verify_rule = "commitment-verify-45"
    if within := value.get("verify_within"):
        verify_rule = own_rule(
            f"verify-{row.id}", title="核查时限", kind="step", unit=UNITS[within["unit"]], length=within["length"], law=row.citation,
            trigger="decision",
        )  # fmt: skip
    terms["commitment"] = CommitmentDefinition(
        listed=row.citation if value.get("listed") else "", prescribed_by=value.get("prescribed_by", ""), conditions=("条件",),
        standards=("标准",), consequences=("后果",), text=("承诺",), verify=verify_rule,
    )  # fmt: skip


WHEN["item field"] = lambda row: row.item["field"] in FIELDS


@in_table(ITEM_FIELDS, "field")
def _field(terms: dict[str, Any], value: str, row: Row) -> None:
    terms["guarded_field"] = FIELDS[value]


@in_table(ITEM_FIELDS, "transferable_by")
def _transferable(terms: dict[str, Any], value: str, row: Row) -> None:
    terms["transferable_by"] = value


def _start_of_work(terms: dict[str, Any], **more: Any) -> None:
    known = vars(terms.get("start_work", StartOfWork()))
    terms["start_work"] = StartOfWork(**{**known, **more})


@in_table(ITEM_FIELDS, "start_within")
def _start_within(terms: dict[str, Any], value: dict[str, Any], row: Row) -> None:
    _start_of_work(terms, length=value["length"], unit=UNITS[value["unit"]], law=row.citation)


@in_table(ITEM_FIELDS, "start_extension")
def _start_extension(terms: dict[str, Any], value: dict[str, Any], row: Row) -> None:
    _start_of_work(terms, times=value["times"], most=value["max"], asked_before=value.get("before", {}).get("length", 0))


@in_table(ITEM_FIELDS, "secret")
def _secret(terms: dict[str, Any], value: str, row: Row) -> None:
    terms["secret"] = {"国家秘密": "state", "商业秘密": "trade", "个人隐私": "privacy"}[value]


# -- what stands before --------------------------------------------------------------------------------------------------------------


@in_table(SWITCHES, "tolerance")
def _tolerance_on(trial: Trial, value: dict[str, str]) -> None:
    """The city's rule is written on its items: this row's item has it (published again, as the next version)."""
    republish(trial, tolerance_basis=value["source"])


def republish(trial: Trial, **terms: Any) -> None:
    """The next version of the row's item."""
    from tests.law.adapters.case.items import publish

    trial.item = ItemDefinition(**{**vars(trial.item), **terms, "version": trial.item.version + 1})
    publish(trial.item)
    trial.settle()


@in_table(GIVENS, "licence")
def _licence(trial: Trial, value: dict[str, str]) -> None:
    """A licence of this item and applicant, from a case of its own that was filed, granted and issued in its time."""
    republish(trial, results=ResultDefinition(kind="licence", licence_type=LICENCE_TYPE, name="许可证"))
    begins = datetime.fromisoformat(f"{value['from']} 09:00").replace(tzinfo=CITY)
    _grant(trial, "原证", begins)
    held = HeldLicence.objects.get(case_no=trial.cases["原证"])
    last = None if value["to"] == "none" else date.fromisoformat(value["to"])
    for model in (HeldLicence, Licence):  # the term the row says; the item's own is 长期
        model._default_manager.filter(identifier=held.identifier).update(valid_from=date.fromisoformat(value["from"]), valid_to=last)
    hall.LicenceView.objects.filter(identifier=held.identifier).update(valid_to=last.isoformat() if last else "")
    if organ := value.get("organ"):
        other = {"东江市市场监督管理局": "amr-city"}[organ]
        HeldLicence.objects.filter(identifier=held.identifier).update(organisation=other, organisation_name=organ)
    trial.facts["licence"] = held.identifier
    trial.facts["before"] = trial.cases.pop("原证")
    trial.last = ""


def _grant(trial: Trial, name: str, at: datetime) -> None:
    from santai.kernel.clocks.service import at_demo_moment
    from tests.law.adapters.case.acts import receive

    kept = trial.at
    trial.at = at
    with at_demo_moment(at):
        receive(trial, {"channel": "线上", "materials": "齐全", "case": name})
        event = {"case": name}
        sub_case_no = f"{trial.cases[name]}-main"
        examiner, decider = trial.official("examiner"), trial.official("decider")
        approvals.check_materials(sub_case_no=sub_case_no, task=trial.step(event, "check"), complete=True, actor=examiner, at=at)
        trial.settle()
        task = trial.step(event, "examine")
        approvals.examine(sub_case_no=sub_case_no, task=task, suggestion="suggest_grant", opinion="符合条件", actor=examiner, at=at)
        approvals.decide(sub_case_no=sub_case_no, task=trial.step(event, "decide"), outcome="granted", reason="", actor=decider, at=at)
        seal(trial)
    trial.at = kept


def seal(trial: Trial) -> None:
    """The licence a decision asked for is entered and sealed (in production after the commit)."""
    from santai.exchange.licences.service import seal_licence

    trial.settle()
    for one in Licence.objects.filter(sealed_at=None):
        seal_licence(licence_id=one.id)
    trial.settle()


FOUND = {"虚假承诺": "false_commitment", "欺骗取得许可被撤销": "permit_by_fraud", "虚假材料未获许可": "false_materials"}


_history_elsewhere, _when_elsewhere = GIVENS["history"], WHEN["given history"]
WHEN["given history"] = lambda row: _when_elsewhere(row) or all(one["what"] in (*FOUND, "信用修复") for one in row.given["history"])


@in_table(GIVENS, "history")
def _history(trial: Trial, value: list[dict[str, str]]) -> None:
    """What was found about the applicant before, as the departments would have told the credit room."""
    if _when_elsewhere(trial.row):
        _history_elsewhere(trial, value)
        return
    for number, one in enumerate(value):
        at = datetime.fromisoformat(one["at"]).replace(hour=9, tzinfo=CITY)
        if one["what"] == "信用修复":
            for record in CreditRecord.objects.filter(subject_code=trial.applicant[2].code):
                credit.repair_record(record_id=record.id, ground="已改正", actor=system_actor("tests"), at=at)
            continue
        item = trial.item.code if one.get("item") == "同一事项" else "another-item"
        _found(trial, FOUND[one["what"]], at, item=item, number=number)


def _found(trial: Trial, kind: str, at: datetime, *, item: str, number: int = 0, level: str = "general") -> None:
    years = {"permit_by_fraud": 36, "false_materials": 12}.get(kind, 0)
    until = months_later(at.date(), years).isoformat() if years and item == trial.item.code else ""
    level = "serious" if kind == "permit_by_fraud" else level
    message = CreditEventFound(
        event_id=f"{trial.row.id}:{number}", subject=trial.applicant[2], kind=kind, level=level, text="此前的认定",  # type: ignore[arg-type]
        organisation=trial.organisation, organisation_name="本机关", case_no="", item_code=item, basis=trial.row.citation,
        decided_at=at.isoformat(), barred_item_until=until,
    )  # fmt: skip
    credit.record_event(message=message, actor=system_actor("tests"), at=at)


@in_table(APPLICANT, "credit")
def _credit(trial: Trial, value: str) -> None:
    assert value == "较严重不良"
    _found(trial, "unkept_commitment", trial.at - timedelta(days=30), item="another-item", level="serious")


# -- acts ----------------------------------------------------------------------------------------------------------------------------

BUSINESS = {"延续": "renew", "变更": "change", "补领": "replace", "新办": "new"}


@act("receive", "channel", "materials", "missing", "business", when=lambda row, event: "business" in event and event["channel"] in CHANNELS)
def receive_about_a_licence(trial: Trial, event: Event) -> None:
    from tests.law.adapters.case.acts import missing_of

    missing = [code_of(trial, name) for name in missing_of(event)]
    assert event["materials"] in PAPERS
    account, actor, party = trial.applicant
    name = event.get("case", "") or f"第{len(trial.cases) + 1}件"
    application, _ = hall.file_application(
        account=account, party=party, item_code=trial.item.code, content={"note": name},
        materials={one.code: {"files": [encoded(one.code)]} for one in trial.item.materials if one.code not in missing},
        key=f"{trial.row.id}:{name}", business=BUSINESS[event["business"]], licence=trial.facts["licence"], actor=actor, at=trial.at,
        channel=CHANNELS[event["channel"]], incomplete=bool(missing),
    )  # fmt: skip
    trial.cases[name] = application.case_no
    trial.last = name
    trial.facts["papers"] = event["materials"]
    trial.settle()


def encoded(code: str) -> Any:
    from santai.exchange.contracts.service import encode

    return encode(paper(code))


@act("accept", "way", "told", when=lambda row, event: event.get("way") == "容缺")
def accept_tolerantly(trial: Trial, event: Event) -> None:
    words = {"清单": "list", "期限": "limit", "后果": "consequence"}
    permits.accept_tolerantly(
        sub_case_no=trial.sub_case_no(event), task=trial.step(event, "check"), told=[words[one] for one in event.get("told", ())],
        actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


@act("promise", "for", "written", "items", when=lambda row, event: event["for"] == "容缺")
def promise_materials(trial: Trial, event: Event) -> None:
    codes = [code_of(trial, name) for name in event["items"]]
    permits.record_promise(case_no=trial.of(event), codes=codes, written=event["written"], actor=trial.official("examiner"), at=trial.at)


@act("promise", "for", "written", when=lambda row, event: event["for"] == "告知承诺")
def promise(trial: Trial, event: Event) -> None:
    permits.sign_commitment(case_no=trial.of(event), signer="", written=event["written"], actor=trial.official("examiner"), at=trial.at)


@act("choose", "way", "told")
def choose(trial: Trial, event: Event) -> None:
    words = {"条件": "conditions", "标准": "standards", "后果": "consequences"}
    if event["way"] == "一般程序":
        return  # nothing is asked of who does not choose it
    permits.choose_commitment(
        case_no=trial.of(event), told=[words[one] for one in event["told"]], actor=trial.official("examiner"), at=trial.at
    )


@act("withdraw_promise")
def withdraw_promise(trial: Trial, event: Event) -> None:
    permits.withdraw_commitment(case_no=trial.of(event), actor=trial.official("examiner"), at=trial.at)


@act("complete", "items")
def complete(trial: Trial, event: Event) -> None:
    files = {code_of(trial, name): [paper(code_of(trial, name))] for name in event["items"]}
    hall.complete_materials(case_no=trial.of(event), files=files, actor=trial.applicant[1], at=trial.at)
    trial.settle()


def needs_licence(row: Row) -> bool:
    """Rows of these chapters: the licence is looked at, and a refused decision leaves its examination undone."""
    chapters = ("pub-", "tol-", "prom-")
    mine = row.id.startswith(chapters) or "commitment" in row.item or "licence" in row.given
    return row.kind == "许可" and mine


@act("decide", "result", "reason", "remedies", when=lambda row, event: needs_licence(row))
def decide(trial: Trial, event: Event) -> None:
    """Examined by one officer, decided by another."""
    outcome = {"准予": "granted", "不予": "refused"}[event["result"]]
    sub_case_no = trial.sub_case_no(event)
    with transaction.atomic():  # to the table examination and decision are one act: refused, neither has happened
        if trial.open_step(event, "examine"):
            approvals.examine(
                sub_case_no=sub_case_no, task=trial.step(event, "examine"), opinion="审查意见", actor=trial.official("examiner"),
                suggestion=f"suggest_{'grant' if outcome == 'granted' else 'refuse'}", at=trial.at,
            )  # fmt: skip
        approvals.decide(
            sub_case_no=sub_case_no, task=trial.step(event, "decide"), outcome=outcome, reason=event.get("reason", ""),
            actor=trial.official("decider"), at=trial.at,
        )  # fmt: skip
    seal(trial)
    if held := HeldLicence.objects.filter(case_no=trial.of(event)).first():
        trial.facts["licence"] = held.identifier


ACTS["decide"].insert(0, ACTS["decide"].pop())  # before those that look at no licence

RESULTS = {"符合": "kept", "未履行": "unkept", "不符": "differs"}


@act("verify_promise", "result", "false_promise")
def verify_promise(trial: Trial, event: Event) -> None:
    permits.verify_commitment(
        case_no=trial.of(event), result=RESULTS[event["result"]], found="核查的事实", false_promise=event.get("false_promise", False),
        actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip
    trial.settle()


@act("order_rectify", "due")
def order_rectify(trial: Trial, event: Event) -> None:
    permits.order_rectification(
        case_no=trial.of(event), due_on=date.fromisoformat(event["due"]), what="按承诺整改", actor=trial.official("examiner"), at=trial.at
    )


@act("report_rectified", "result", when=lambda row, event: event["result"] in ("符合", "仍不符合"))
def report_rectified(trial: Trial, event: Event) -> None:
    permits.report_rectified(
        case_no=trial.of(event), fine=event["result"] == "符合", found="复查的事实", actor=trial.official("examiner"), at=trial.at
    )


GROUNDS = {
    "申请人不符合法定条件": "unqualified", "违反法定程序": "procedure", "未履行承诺": "unkept", "与承诺不符": "differs",
    "逾期未整改": "not_rectified", "整改后仍不符合": "still_failing", "依据的法规废止": "law_changed", "有效期届满未延续": "expired",
    "被许可法人终止": "dissolved", "被许可公民死亡": "died", "许可被撤销": "revoked", "遗失": "lost",
}  # fmt: skip


def decider(trial: Trial, by: str) -> Any:
    if by == "上级机关":
        return _above(trial)
    return walk.official("civil-decider") if by == "其他机关" else trial.official("decider")


def _above(trial: Trial) -> Any:
    from santai.kernel.identity.models import Account, PostHolding
    from santai.kernel.orgs.models import Post
    from santai.kernel.orgs.service import get_organisation

    above = get_organisation(trial.organisation).parent
    assert above is not None
    post, new = Post.objects.get_or_create(code="law-above", defaults={"organisation": above, "title": "负责人", "roles": ["decider"]})
    if new:
        account = Account.objects.create(login="law-above", name="负责人")
        PostHolding.objects.create(account=account, post=post, valid_from=date(2021, 3, 1))
    return walk.official("law-above")


def of_licence(trial: Trial, event: Event) -> dict[str, Any]:
    return {"identifier": trial.facts["licence"], "ground": GROUNDS.get(event.get("ground", ""), ""), "at": trial.at}


@act("revoke", "ground", "by", "reason", "remedies", "public_harm")
def revoke(trial: Trial, event: Event) -> None:
    permits.revoke(
        **of_licence(trial, event), reason=event.get("reason", ""), public_harm=event.get("public_harm") == "重大",
        actor=decider(trial, event["by"]),
    )  # fmt: skip
    trial.settle()


@act("recall_licence", "ground", "compensation", "reason", "remedies")
def recall(trial: Trial, event: Event) -> None:
    more = {"reason": event.get("reason", ""), "compensation": event.get("compensation", "")}
    permits.recall(**of_licence(trial, event), **more, actor=trial.official("decider"))
    trial.settle()


@act("cancel_licence", "ground")
def cancel(trial: Trial, event: Event) -> None:
    permits.cancel(**of_licence(trial, event), actor=trial.official("decider"))
    trial.settle()


@act("reissue", "ground")
def reissue(trial: Trial, event: Event) -> None:
    permits.replace_licence(**of_licence(trial, event), actor=trial.official("decider"))
    seal(trial)


@act("transfer_licence", "to")
def transfer(trial: Trial, event: Event) -> None:
    to = Party(kind="organisation", code_kind="credit-code", code="91189901MA8100029W", name=event["to"])
    permits.transfer_licence(identifier=trial.facts["licence"], to=to, actor=trial.official("decider"), at=trial.at)
    seal(trial)


@act("verify_licence")
def verify_licence(trial: Trial, event: Event) -> None:
    found = Licence.objects.get(identifier=trial.facts["licence"])
    trial.facts["shown"] = verify(found.token, on=trial.at.astimezone(CITY).date())


@act("extend_start", "length", "unit")
def extend_start(trial: Trial, event: Event) -> None:
    assert UNITS[event["unit"]] == trial.item.start_work.unit
    permits.put_off_start(
        identifier=trial.facts["licence"], length=event["length"], reason="场地尚未具备条件", actor=trial.official("decider"), at=trial.at
    )


class LintRefused(ActRefused):
    """What publication would say."""

    code = "exchange.items.tolerance_basis"


@act("set_switch", "switch", when=lambda row, event: event["switch"] == "tolerance")
def set_switch(trial: Trial, event: Event) -> None:
    """Tolerance is turned on by publishing an item with a material that may follow: its lint asks for the source."""
    minor = trial.item.materials[-1]
    tolerant = MaterialDefinition(**{**vars(minor), "may_follow_days": 10})
    found = dict(lint(ItemDefinition(**{**vars(trial.item), "materials": (*trial.item.materials[:-1], tolerant)})))
    if "tolerance_basis" in found:
        raise LintRefused(found["tolerance_basis"])


@act("publish", "fields")
def publish_decision(trial: Trial, event: Event) -> None:
    row = Publication.objects.get(case_no=trial.of(event))
    changes = {"行政许可决定文书号": ""} if event["fields"] == "缺文号" else {}
    permits.publish_decision(publication_id=row.id, changes=changes, actor=trial.official("office-head"), at=trial.at)
    trial.settle()


# -- a published penalty ---------------------------------------------------------------------------------------------------------------

KINDS.setdefault("处罚", KINDS["许可"])
OTHER_PENALTIES = {"fine", "pay_by", "same_conduct"}
_penalty_elsewhere = GIVENS.get("penalty")


@in_table(GIVENS, "penalty")
def _penalty(trial: Trial, value: dict[str, Any]) -> None:
    if OTHER_PENALTIES & value.keys() or not value.get("published"):
        assert _penalty_elsewhere is not None
        _penalty_elsewhere(trial, value)
        return
    at = datetime.fromisoformat(value["decided_on"]).replace(hour=10, tzinfo=CITY)
    head = trial.official("office-head")
    row = permits.owe_penalty_publication(
        penalty=f"penalty-{trial.row.id}", document_no="罚〔2026〕1号", organisation=trial.organisation, party=trial.applicant[2],
        fields={"违法事实": "事实", "处罚内容": "警告"}, decided_at=at, actor=head, at=at,
    )  # fmt: skip
    permits.publish_decision(publication_id=row.id, actor=head, at=at)
    trial.facts["publication"] = row.id
    trial.settle()


def of_published_penalty(row: Row, event: Event) -> bool:
    return row.kind == "处罚" and bool(row.given.get("penalty", {}).get("published"))


@act("review_result", "from", "result", "because", when=of_published_penalty)
def penalty_annulled(trial: Trial, event: Event) -> None:
    permits.order_removal(
        publication_id=trial.facts["publication"],
        because=f"{event['from']}{event['result']}",
        actor=trial.official("office-head"),
        at=trial.at,
    )


@act("unpublish", "reason", when=of_published_penalty)
def unpublish(trial: Trial, event: Event) -> None:
    permits.unpublish(
        publication_id=trial.facts["publication"], reason=event.get("reason", ""), actor=trial.official("office-head"), at=trial.at
    )
    trial.settle()


def publication_of(trial: Trial) -> Publication:
    found = trial.facts.get("publication")
    return Publication.objects.get(id=found) if found else Publication.objects.get(case_no=trial.case_no)


refusal("reason_missing", "back.permits.reason_missing")

# -- credit records ------------------------------------------------------------------------------------------------------------------

KINDS.setdefault("信用", KINDS["许可"])
LEVELS = {"轻微": "minor", "一般": "general", "严重": "serious"}


@in_table(GIVENS, "record")
def _record(trial: Trial, value: dict[str, str]) -> None:
    at = datetime.fromisoformat(value["from"]).replace(hour=9, tzinfo=CITY)
    _found(trial, "unkept_commitment", at, item="another-item", level=LEVELS[value["level"]])


def record_of(trial: Trial) -> CreditRecord:
    return CreditRecord.objects.get(subject_code=trial.applicant[2].code)


@act("repair_credit")
def repair_credit(trial: Trial, event: Event) -> None:
    actor = trial.official("office-head")
    credit.repair_record(record_id=record_of(trial).id, ground="义务已经履行", actor=actor, at=trial.at)


# -- what is compared ----------------------------------------------------------------------------------------------------------------

SHOWN = {"有效": "valid", "已撤销": "revoked", "已撤回": "recalled", "已注销": "cancelled", "自行失效": "lapsed", "失效": "expired"}


def newest(trial: Trial) -> Licence:
    """The newest version of the licence the row is about."""
    here = Licence.objects.get(identifier=trial.facts["licence"])
    while following := Licence.objects.filter(previous=here).first():
        here = following
    return here


def status_of(licence: Licence, trial: Trial) -> str:
    """As the verification page says it; a renewed version that has not begun is valid from its first day."""
    return SHOWN[verify(licence.token, on=max(trial.at.astimezone(CITY).date(), licence.valid_from)).state_name]


@in_table(EXPECTS, "licence")
def licence(trial: Trial, wanted: dict[str, Any]) -> None:
    found = newest(trial)
    has = {
        "status": status_of(found, trial), "version": found.version, "from": found.valid_from.isoformat(),
        "to": found.valid_to.isoformat() if found.valid_to else "none",
        "number": "不变" if found.number == Licence.objects.filter(serial=found.serial).earliest("version").number else found.number,
    }  # fmt: skip
    assert {key: has[key] for key in wanted} == wanted


@in_table(EXPECTS, "old_version")
def old_version(trial: Trial, wanted: str) -> None:
    found = newest(trial)
    assert wanted == "void" and found.previous is not None
    assert verify(found.previous.token, on=trial.at.astimezone(CITY).date()).outcome == "superseded"
    assert found.previous.state != "01"


@in_table(EXPECTS, "renewed")
def renewed(trial: Trial, wanted: bool) -> None:
    assert (newest(trial).version > 1) is wanted


_deemed = EXPECTS["deemed"]


@in_table(EXPECTS, "deemed")
def deemed(trial: Trial, wanted: bool) -> None:
    if link := LicenceCase.objects.filter(case_no=trial.case_no).first():
        assert link.deemed is wanted
    else:
        _deemed(trial, wanted)


@in_table(EXPECTS, "way")
def way(trial: Trial, wanted: str) -> None:
    row = permits.commitment_of(trial.case_no)
    assert ("告知承诺" if row is not None and row.stands else "一般程序") == wanted


@in_table(EXPECTS, "verified")
def verified(trial: Trial, wanted: str) -> None:
    row = permits.commitment_of(trial.case_no)
    assert row is not None
    assert {"kept": "符合", "unkept": "未履行", "differs": "不符"}[row.result] == wanted


@in_table(EXPECTS, "published")
def published(trial: Trial, wanted: bool) -> None:
    row = publication_of(trial)
    public = PublishedDecision.objects.filter(id=row.id, removed_at=None).exists()
    assert (row.state == "published") is wanted and public is wanted


@in_table(EXPECTS, "public_lacks")
def public_lacks(trial: Trial, wanted: list[str]) -> None:
    row = PublishedDecision.objects.get(id=Publication.objects.get(case_no=trial.case_no).id)
    assert wanted == ["证件号码"]
    party = trial.applicant[2]
    assert party.code not in repr((row.fields, row.party_code, row.party_name)) and party.name not in repr((row.fields, row.party_name))


@in_table(EXPECTS, "shown")
def shown(trial: Trial, wanted: str) -> None:
    if trial.row.kind == "信用":
        assert credit.is_shown(record_of(trial), trial.at.astimezone(CITY).date()) is (wanted == "公示中")
        return
    assert SHOWN[trial.facts["shown"].state_name] == wanted


@in_table(EXPECTS, "audited")
def audited(trial: Trial, wanted: bool) -> None:
    assert CreditRecord.objects.filter(subject_code=trial.applicant[2].code).exists() is wanted


def _promise_clock(trial: Trial) -> Any:
    row = PromisedMaterial.objects.filter(case_no=trial.case_no).first()
    return get_clock(row.clock) if row else None


def _of_row(find: Any, field: str) -> Any:
    def clock(trial: Trial) -> Any:
        row = find(trial)
        return get_clock(getattr(row, field)) if row is not None and getattr(row, field) else None

    return clock


class _Day:
    """A day a document sets: no clock of a rule, but due like one."""

    def __init__(self, day: date) -> None:
        self.due_on = day


def _rectify(trial: Trial) -> Any:
    row = permits.commitment_of(trial.case_no)
    return _Day(row.rectify_due) if row and row.rectify_due else None


def _start_work(trial: Trial) -> Any:
    held = HeldLicence.objects.get(identifier=trial.facts["licence"])
    return _Day(held.begin_by) if held.begin_by else None


CLOCKS["tolerance"] = _promise_clock
CLOCKS["verify"] = _of_row(lambda trial: permits.commitment_of(trial.case_no), "clock")
CLOCKS["publish"] = _of_row(lambda trial: Publication.objects.filter(case_no=trial.case_no).first(), "clock")
CLOCKS["unpublish"] = _of_row(publication_of, "remove_clock")
_other_rectify = CLOCKS.get("rectify")  # of a bad rating
CLOCKS["rectify"] = lambda trial: _rectify(trial) or (_other_rectify(trial) if _other_rectify else None)
CLOCKS["start_work"] = _start_work

_lapsed = STATES["lapsed"]
STATES["lapsed"] = lambda trial: (
    _lapsed(trial)
    or (trial.part.outcome == "withdrawn" and ServedDocument.objects.filter(case_no=trial.case_no, kind="tolerance_lapsed").exists())
)
_withdrawn = STATES["withdrawn"]
STATES["withdrawn"] = lambda trial: _withdrawn(trial) and not STATES["lapsed"](trial)

DOCUMENTS |= {
    "容缺受理通知书": "tolerance", "视为准予延续告知书": "renewed", "撤销许可决定书": "revoked", "撤回许可决定书": "recalled",
    "责令整改通知书": "rectify",
}  # fmt: skip
_there_is = EXPECTS["document"]


@in_table(EXPECTS, "document")
def there_is(trial: Trial, name: str) -> None:
    """The paper of this row, also when it hangs on the case the licence came from, or has a kind of its own after 容缺."""
    of = [trial.case_no, trial.facts.get("before", "")]
    kinds = {DOCUMENTS[name], *({"tolerance_lapsed"} if name == "视为撤回告知书" else ())}
    found = list(ServedDocument.objects.filter(case_no__in=of).values_list("kind", flat=True))
    assert kinds & set(found), f"no {name} among {found}"


_has = EXPECTS["document_has"]


@in_table(EXPECTS, "document_has")
def has(trial: Trial, wanted: list[str]) -> None:
    from tests.law.adapters.case.compare import text_of

    name = trial.row.expect.get("document", "")
    before = ServedDocument.objects.filter(case_no=trial.facts.get("before", "-"), kind=DOCUMENTS.get(name, "-"))
    found = before.order_by("-issued_at").first()
    if found is None:
        _has(trial, wanted)
        return
    assert [content for content in wanted if not CONTENTS[content](trial, found)] == [], text_of(found)


def _lists(trial: Trial, document: ServedDocument) -> bool:
    from tests.law.adapters.case.compare import text_of

    asked = document.data.get("materials") or document.data.get("defects") or []
    return bool(asked) and all(one.get("name") or one.get("text") in text_of(document) for one in asked)


def _says(*any_of: str) -> Any:
    def holds(trial: Trial, document: ServedDocument) -> bool:
        from tests.law.adapters.case.compare import text_of

        return any(words in text_of(document) for words in any_of)

    return holds


def _dates(trial: Trial, document: ServedDocument) -> bool:
    """Each promised material has its last day in the notice."""
    days = [date.fromisoformat(one["due_on"]) for one in document.data["materials"]]
    return bool(days) and all(_says(f"{day.year}年{day.month}月{day.day}日")(trial, document) for day in days)


CONTENTS["补正清单"] = _lists
_limit = CONTENTS["期限"]
CONTENTS["期限"] = lambda trial, document: _limit(trial, document) or (document.kind == "tolerance" and _dates(trial, document))
CONTENTS["后果"] = _says("视为您撤回申请", "撤销许可")
CONTENTS["补偿"] = lambda trial, document: bool(document.data.get("compensation")) and _says("补偿：")(trial, document)


def _late_publicity(trial: Trial) -> bool:
    from santai.oversight.supervision.models import Card

    return Card.objects.filter(case_id=trial.case_no, rule="sv-publicity").exclude(state="withdrawn").exists()


SUPERVISION["双公示逾期"] = _late_publicity

for _word, _codes in {
    "outside_renewal_window": ("front.hall.outside_renewal_window",), "too_early": ("front.hall.too_early", "back.permits.too_early",
    "exchange.credit.too_early"), "not_renewable": ("front.hall.not_renewable",), "not_competent": ("back.permits.not_competent",),
    "no_power": ("back.permits.no_power",), "ground_missing": ("back.permits.ground_missing",),
    "public_interest_harm": ("back.permits.public_interest_harm",), "barred_three_years": ("front.hall.barred_three_years",),
    "compensation_missing": ("back.permits.compensation_missing",), "not_expired": ("back.permits.not_expired",),
    "not_transferable": ("back.permits.not_transferable",), "times_spent": ("back.permits.times_spent",),
    "over_limit": ("back.permits.over_limit",), "too_late": ("back.permits.too_late",),
    "local_rule_off": ("back.permits.local_rule_off",), "main_material_missing": ("back.permits.main_material_missing",),
    "promise_missing": ("back.permits.promise_missing",), "not_tolerable": ("back.permits.not_tolerable",),
    "notice_incomplete": ("back.permits.notice_incomplete",), "tolerance_open": ("back.permits.tolerance_open",),
    "promise_is_voluntary": ("back.permits.promise_is_voluntary",), "not_listed": ("back.permits.not_listed",),
    "excluded_field": ("back.permits.excluded_field",), "credit_bar": ("back.permits.credit_bar",),
    "rectify_first": ("back.permits.rectify_first",), "field_missing": ("back.permits.field_missing",), "secret": ("back.permits.secret",),
    "not_clerical": ("back.permits.not_clerical",), "same_facts_same_decision": ("back.permits.same_facts_same_decision",),
    "local_source_missing": ("exchange.items.tolerance_basis",),
}.items():  # fmt: skip
    refusal(_word, *_codes)

__all__ = ["DISPUTED", "REFUSALS"]
