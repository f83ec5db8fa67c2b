"""What the pages take in, turned into the verbs' arguments; a date or number that cannot be one is told at its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from santai.back.approvals import service as approvals
from santai.back.permits import service
from santai.kernel.ledger.service import Actor, ActRefused, Party
from santai.kernel.web.service import whole


def day(post: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(post.get(name, ""))
    except ValueError:
        raise ActRefused("请选择日期。", fields={name: "请选择日期，例如 2026-12-31。"}) from None


def number(post: Mapping[str, str], name: str) -> int:
    found = whole(post.get(name, ""), most=999)
    if not found:
        raise ActRefused("请填写整数。", fields={name: "请填写 1 到 999 的整数。"})
    return found


def number_or_none(post: Mapping[str, str], name: str) -> int:
    """0 when nothing was entered."""
    return number(post, name) if post.get(name, "").strip() not in ("", "0") else 0


def case_act(act: str, post: Any, *, case_no: str, actor: Actor, at: Any) -> str:
    """One act on the later life of a case; the sentence that says it was done. Errors: those of the verb; ActRefused for bad entries."""
    common = {"actor": actor, "at": at}
    sub_case_no = f"{case_no}-{post.get('branch', 'main')}"
    if act == "accept_tolerantly":
        service.accept_tolerantly(
            sub_case_no=sub_case_no, task=post.get("task", ""), told=post.getlist("told"), opinion=post.get("opinion", ""), **common
        )
        return "已容缺受理，补交的材料、期限和后果已写入通知书。"
    if act == "record_promise":
        service.record_promise(case_no=case_no, codes=post.getlist("codes"), written="written" in post, **common)
        return "已登记容缺承诺。"
    if act == "choose_commitment":
        service.commit_at_window(
            case_no=case_no, told=post.getlist("told"), signer=post.get("signer", ""), written="written" in post, **common
        )
        return "已登记告知承诺，受理后应当场作出决定。"
    if act == "withdraw_commitment":
        service.withdraw_commitment(case_no=case_no, **common)
        return "已撤回承诺，转一般程序办理。"
    if act == "verify":
        service.verify_commitment(
            case_no=case_no, result=post.get("result", ""), found=post.get("found", ""), false_promise="false_promise" in post, **common
        )
        return "已登记核查结果。"
    if act == "order_rectification":
        service.order_rectification(case_no=case_no, due_on=day(post, "due_on"), what=post.get("what", ""), **common)
        return "已发出责令整改通知书。"
    if act == "report_rectified":
        service.report_rectified(case_no=case_no, fine=post.get("fine") == "yes", found=post.get("found", ""), **common)
        return "已登记复查结果。"
    if act == "correct_slip":
        number = post.get("document_no", "")
        if number not in {one.document_no for one in approvals.documents_of(case_no)}:
            raise ActRefused("请选择文书。", fields={"document_no": "请选择文书。"})
        approvals.correct_slip(document_no=number, changes=[(post.get("before", ""), post.get("after", ""))], **common)
        return "已更正，更正通知书正在送达。"
    if act == "note_review":
        chosen = {"source": ("review", "court"), "outcome": ("annulled_redo", "annulled"), "because": ("facts", "procedure")}
        if missing := {name: "请从列表中选择。" for name, known in chosen.items() if post.get(name, "") not in known}:
            raise ActRefused("请选择复议决定或者判决的来源、结果和理由。", fields=missing)
        approvals.note_review_result(
            sub_case_no=sub_case_no, source=post.get("source", ""), document_no=post.get("reference", ""), result=post.get("outcome", ""),
            because=post.get("because", ""), within=number_or_none(post, "within"), **common,
        )  # fmt: skip
        return "已登记复议决定或者判决。"
    if act == "reopen":
        approvals.reopen_case(sub_case_no=sub_case_no, **common)
        return "已重新办理，期限从今天起重新计算。"
    raise ActRefused("没有这项操作，请刷新页面。")


def licence_act(act: str, post: Any, *, identifier: str, actor: Actor, at: Any) -> str:
    """One act on a licence."""
    common: dict[str, Any] = {"identifier": identifier, "actor": actor, "at": at}
    given = {**common, "ground": post.get("ground", ""), "reason": post.get("reason", "")}
    if act == "announce":
        done = service.announce_revocation(**given)
        return f"已发出拟撤销告知书（{done.document_no}），当事人可以陈述、申辩和要求听证。"
    if act == "revoke":
        done = service.revoke(
            **given, statement=post.get("statement", ""), interest=post.get("interest", ""), public_harm="public_harm" in post
        )
        return f"已撤销（{done.document_no}）。"
    if act == "recall":
        return f"已撤回（{service.recall(**given, compensation=post.get('compensation', '')).document_no}）。"
    if act == "cancel":
        return f"已注销（{service.cancel(**given).document_no}）。"
    if act == "replace":
        service.replace_licence(**given)
        return "已补发，编号和有效期不变，旧版作废。"
    if act == "transfer":
        to = Party(
            kind="organisation", code_kind="credit-code", code=post.get("to_code", "").strip().upper(), name=post.get("to_name", "").strip()
        )
        service.transfer_licence(**common, to=to, reason=post.get("reason", ""))
        return "已转让，新版证照写明新的持证主体。"
    if act == "put_off":
        row = service.put_off_start(**common, length=number(post, "length"), reason=post.get("reason", ""))
        return f"已准予延期，最迟 {row.begin_by} 开工。"
    if act == "begun":
        service.note_begun(**common, on=day(post, "on"))
        return "已登记开工。"
    raise ActRefused("没有这项操作，请刷新页面。")


def publication_act(act: str, post: Any, *, publication_id: Any, actor: Actor, at: Any) -> str:
    """One act on a publication."""
    common: dict[str, Any] = {"actor": actor, "at": at}
    if act == "publish":
        changes = {label: post.get(f"field-{number}", "") for number, label in enumerate(service.FIELDS) if f"field-{number}" in post}
        service.publish_decision(publication_id=publication_id, changes=changes, **common)
        return "已公示。"
    if act == "order_removal":
        row = service.order_removal(publication_id=publication_id, because=post.get("because", ""), **common)
        return f"已登记，最迟 {row.remove_due} 撤回公示。"
    if act == "unpublish":
        service.unpublish(publication_id=publication_id, reason=post.get("reason", ""), **common)
        return "已撤回公示，理由向公众说明。"
    if act == "answer":
        service.answer_question(question_id=post.get("question", ""), right=post.get("right") == "yes", text=post.get("text", ""), **common)
        return "已答复提出异议的人。"
    raise ActRefused("没有这项操作，请刷新页面。")
