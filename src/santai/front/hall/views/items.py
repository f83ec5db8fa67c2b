"""Find an item, read its guide, answer the guided questions, begin."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from santai.exchange.contracts.service import ItemDefinition, conditions_said, needed_materials
from santai.front.hall import service
from santai.front.hall.rules.situation import AT_ONCE, answers_in, as_text, unanswered
from santai.front.hall.views import guide_facts
from santai.front.hall.views.shared import fields_said, friendly, said, who
from santai.kernel.clocks.service import now
from santai.kernel.forms.service import Form, get_form
from santai.kernel.identity.service import authorisations_of, grantor_of, person_of, signed_in, switch_capacity
from santai.kernel.ledger.service import ActRefused

PAGE = 20
FACETS = ("topic", "event", "org", "for")


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Search and browse."""
    return found(request)


def found(request: HttpRequest, hall: service.Hall | None = None) -> HttpResponse:
    """The page of items, all of them or those of one hall."""
    asked = {key: request.GET.get(key, "").strip() for key in ("q", *FACETS, "sort")}
    holder = {"person": "person", "company": "organisation"}.get(asked["for"], "")
    wanted: dict[str, Any] = {
        "text": asked["q"], "topic": asked["topic"], "life_event": asked["event"], "organisation": asked["org"], "holder_kind": holder,
        "organisations": hall.organisations if hall else (),
    }  # fmt: skip
    page = Paginator(service.find_items(**wanted, sort=asked["sort"]), PAGE).get_page(request.GET.get("page"))
    near = False
    if asked["q"] and not page.object_list:  # nobody speaks in catalogue words: what has some of them comes next
        page = Paginator(service.find_items(**wanted, near=True, sort=asked["sort"]), PAGE).get_page(request.GET.get("page"))
        near = bool(page.object_list)
    facets = service.facets(**(wanted if page.object_list else {}), near=near)
    popular = [] if page.object_list else list(service.find_items(organisations=wanted["organisations"])[:6])
    names = {pair[0].split("|")[0]: pair[0].split("|")[1] for pair in service.facets()["organisations"]} if asked["org"] else {}
    chosen = [
        {
            "label": names.get(asked[key], asked[key]) if key == "org" else _holder(asked[key]) if key == "for" else asked[key],
            "href": _with(asked, **{key: ""}),
            "zh": key != "for",
        }
        for key in FACETS
        if asked[key]
    ]
    context = {
        "asked": asked,
        "cards": [_card(copy) for copy in page.object_list],
        "popular": [_card(copy) for copy in popular],
        "count": page.paginator.count,
        "near": near,
        "previous": _with(asked, page=page.previous_page_number()) if page.has_previous() else "",
        "following": _with(asked, page=page.next_page_number()) if page.has_next() else "",
        "chosen": chosen,
        "facets": [
            {"title": _("办什么"), "zh": True, "links": _links(asked, "event", [(one, one, n) for one, n in facets["life_events"]])},
            {"title": _("主题"), "zh": True, "links": _links(asked, "topic", [(one, one, n) for one, n in facets["topics"]])},
            {
                "title": _("部门"),
                "zh": True,
                "links": _links(asked, "org", [(*one.split("|"), n) for one, n in facets["organisations"]]),  # type: ignore[misc]
            },
        ],
        "holders": [
            {"title": title, "href": _with(asked, **{"for": key}), "current": asked["for"] == key}
            for key, title in (("", _("全部")), ("person", _("个人办事")), ("company", _("企业办事")))
        ],
        "sorts": [
            {"title": title, "href": _with(asked, sort=key), "current": asked["sort"] == key}
            for key, title in (("", _("最相关") if asked["q"] else _("最常办")), ("name", _("按名称")), ("new", _("最近更新")))
        ],
        "no_search": True,
        "hall": hall,
    }
    return render(request, "front_hall/home.html", context)


def _holder(key: str) -> str:
    return _("个人办事") if key == "person" else _("企业办事")


def _with(asked: dict[str, str], **changes: Any) -> str:
    kept = {key: value for key, value in {**asked, **changes}.items() if value}
    return f"?{urlencode(kept)}"


def _links(asked: dict[str, str], key: str, values: list[tuple[str, str, int]]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "count": count,
            "href": _with(asked, **{key: "" if asked[key] == value else value}),
            "current": asked[key] == value,
        }
        for value, title, count in values
    ]


def _card(copy: service.ItemCopy) -> dict[str, Any]:
    item = service.definition_of(copy.code, copy.version)
    return {"code": item.code, **_names(item), "organisation": item.organisation_name, "tags": _tags(item)}


def _names(item: ItemDefinition) -> dict[str, Any]:
    """Name and summary in the reader's language; ``zh`` marks what is only there in Chinese."""
    english = get_language() == "en"
    return {
        "name": item.name_en if english and item.name_en else item.name,
        "name_zh": english and not item.name_en,
        "summary": item.summary_en if english and item.summary_en else item.summary,
        "summary_zh": english and not item.summary_en,
    }


def _tags(item: ItemDefinition) -> list[str]:
    tags = [_("当场办结") if item.handling == "instant" else _("承诺时限内办结")]
    if item.shape == "joint":
        tags.append(_("多部门联办"))
    tags.append(_("不用跑") if item.visits == 0 else _("最多跑 %(count)s 次") % {"count": item.visits})
    if item.fee.startswith("不收费"):
        tags.append(_("免费"))
    return tags


@require_GET
@friendly
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """Everything one must know before the button."""
    return render(request, "front_hall/guide.html", _guide(request, code))


@require_GET
@friendly
def guide_print(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "front_hall/guide_print.html", _guide(request, code))


def _guide(request: HttpRequest, code: str) -> dict[str, Any]:
    item = service.current_item(code)
    english = get_language() == "en"
    party = getattr(request, "party", None)
    form = _form(item)
    when = {kind: conditions_said(item, kind, form) for kind in ("routing", "materials", "fees")}
    return {
        "item": item,
        **_names(item),
        "tags": _tags(item),
        "materials": [_material(material, english, when["materials"].get(material.code, "")) for material in item.materials],
        "nothing_to_hand_in": not any(material.source in ("upload", "licence") for material in item.materials),
        "holders": "、".join(_("个人") if kind == "person" else _("企业和其他组织") for kind in item.holder_kinds),
        "instant": item.handling == "instant",
        "joint": item.shape == "joint",
        "branches": [
            {"name": one.name, "item_name": one.item_name, "nature": NATURES()[one.nature], "when": when["routing"].get(one.code, "")}
            for one in item.branches
        ],
        "fees": [{"fee": one, "when": when["fees"].get(one.code, "")} for one in item.fees],
        "compare": _compare(item),
        "begin_directly": party is not None and not item.questions and party.kind in item.holder_kinds,
        "party": party,
        "start_url": reverse("front_hall:questions" if item.questions else "front_hall:start", args=[item.code]),
        "sample_result": guide_facts.sample_result(item, form),
        "ways": guide_facts.ways(item),
    }


def NATURES() -> dict[str, str]:  # noqa: N802 - a table in the reader's language
    return {
        "permit": _("许可"),
        "registration": _("登记确认"),
        "filing": _("备案"),
        "report": _("信息报告"),
        "push": _("信息推送"),
    }


def _material(material: Any, english: bool, when: str = "") -> dict[str, Any]:
    how = {
        "upload": _("上传"),
        "licence": _("电子证照，不用提交"),
        "register": _("数据共享核验，不用提交"),
        "generated": _("系统生成，在线签名"),
        "form": _("包含在申请表中"),
    }
    return {
        "name": material.name_en if english and material.name_en else material.name,
        "zh": english and not material.name_en,
        "how": how[material.source],
        "free": material.source != "upload",
        "when": when,
        "optional": not material.required,
        "later": material.may_follow_days,
        "original": material.original_checked,
        "guidance": material.guidance,
        "basis": material.basis,
        "said": guide_facts.said_of(material),
    }


def _compare(item: ItemDefinition) -> list[dict[str, Any]]:
    before, after = item.before_after.get("before", {}), item.before_after.get("after", {})
    labels = {
        "forms": _("要填的表（张）"), "fields": _("要填的内容（项）"), "prefilled": _("已替您填好（项）"),
        "materials": _("要交的材料（份）"), "doors": _("要进的门（个）"), "trips": _("要跑的次数"), "days": _("要等的工作日"),
    }  # fmt: skip
    return [
        {"label": label, "before": before[key], "after": after[key], "most": max(before[key], after[key], 1)}
        for key, label in labels.items()
        if key in before and key in after
    ]


def _form(item: ItemDefinition) -> Form | None:
    try:
        return get_form(item.form, item.form_version)
    except ActRefused:
        return None


@require_GET
@friendly
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """Guided questions, all at once when few, else one a page; then what this situation needs. Nothing is stored before the start."""
    item = service.current_item(code)
    given = request.GET.dict()
    answers = answers_in(item, given)
    open_questions = unanswered(item, answers)
    asked_all = "done" in given
    if open_questions and not ("change" in given and not open_questions):
        at_once = len(item.questions) <= AT_ONCE
        shown = list(item.questions) if at_once else open_questions[:1]
        missing = {one["id"]: _("请选择一项") for one in shown if asked_all and one["id"] not in answers}
        kept = [] if at_once else [(key, as_text(value)) for key, value in answers.items()]
        return render(
            request,
            "front_hall/questions.html",
            {
                "item": item,
                **_names(item),
                "kept": kept,
                "errors": missing,
                "questions": [_question(one, answers, missing) for one in shown],
                "number": 0 if at_once else len(answers) + 1,
                "total": len(item.questions),
            },
        )
    content = {"situation": answers}
    english = get_language() == "en"
    return render(
        request,
        "front_hall/prepared.html",
        {
            "item": item,
            **_names(item),
            "materials": [_material(one, english) for one in needed_materials(item, content)],
            **service.outlook(item, content),
            "answers": [_answered(one, answers) for one in item.questions],
            "again_url": reverse("front_hall:questions", args=[item.code]),
            "start_url": f"{reverse('front_hall:start', args=[item.code])}?{urlencode({k: as_text(v) for k, v in answers.items()})}",
        },
    )


def _question(question: dict[str, Any], answers: dict[str, Any], missing: dict[str, str]) -> dict[str, Any]:
    chosen = as_text(answers[question["id"]]) if question["id"] in answers else ""
    return {
        "id": question["id"],
        "text": question["text"],
        "help": question.get("help", ""),
        "value": chosen,
        "error": missing.get(question["id"], ""),
        "options": [(as_text(one["value"]), one["label"]) for one in question["options"]],
    }


def _answered(question: dict[str, Any], answers: dict[str, Any]) -> dict[str, str]:
    label = next((one["label"] for one in question["options"] if one["value"] == answers.get(question["id"])), "")
    return {"label": question["text"], "value": label}


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Say for whom, and begin. The right to act is judged here and again on filing."""
    item = service.current_item(code)
    actor, party, account = who(request)
    given = (request.POST if request.method == "POST" else request.GET).dict()
    answers = answers_in(item, given)
    if unanswered(item, answers):
        return redirect("front_hall:questions", code=item.code)
    error = ""
    if request.method == "POST":
        wanted = given.get("for", party.code)
        capacities = {person_of(account).code: person_of(account)}
        capacities |= {one.grantor_code: grantor_of(one) for one in authorisations_of(account)}
        applicant = capacities.get(wanted, party)
        try:
            draft = service.start_draft(account=account, party=applicant, item_code=item.code, situation=answers, actor=actor, at=now())
        except service.ItemNotOffered:
            raise
        except ActRefused as refusal:
            error = fields_said(refusal).get("for") or said(refusal)
        else:
            _work_as(request, draft)
            return redirect("front_hall:next", draft_id=draft.id)
    context = {
        "item": item,
        **_names(item),
        "kept": [(key, as_text(value)) for key, value in answers.items()],
        "capacities": _capacities(item, account, party),
        "chosen": given.get("for", party.code if party.kind in item.holder_kinds else ""),
        "errors": {"for": error} if error else {},
        "error": error,
    }
    return render(request, "front_hall/start.html", context, status=409 if error else 200)


def _capacities(item: ItemDefinition, account: Any, party: Any) -> list[dict[str, str]]:
    """Oneself and every firm one was ever authorised by, with what stands against it."""
    found: dict[str, dict[str, str]] = {}
    if "person" in item.holder_kinds:
        found[account.code] = {"value": account.code, "label": _("%(name)s（本人）") % {"name": account.name}, "help": ""}
    if "organisation" in item.holder_kinds or party.kind == "organisation":
        today = localdate(now())
        for one in authorisations_of(account).order_by("grantor_name", "-valid_from"):
            ended = one.valid_to is not None and one.valid_to < today
            note = _("授权已于 %(day)s 到期") % {"day": one.valid_to.isoformat()} if ended and one.valid_to else ""
            note = _("授权已被撤回") if one.revoked_at else note
            known = found.get(one.grantor_code)
            if known is None or (known["help"] and not note):
                found[one.grantor_code] = {"value": one.grantor_code, "label": one.grantor_name, "help": note}
    return list(found.values())


def _work_as(request: HttpRequest, draft: service.Draft) -> None:
    """From here on the pages are those of the applicant one chose."""
    actor, party, account = who(request)
    if draft.applicant_code == party.code:
        return
    key = f"for:{draft.authorisation}" if draft.authorisation else "self:"
    _actor, choice = switch_capacity(account=account, key=key, at=now())
    request.session["acting"] = choice
