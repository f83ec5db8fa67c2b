"""The system administrator's pages: find an account, open one, give and end posts, reset a password, stop and restore."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from santai.kernel.clocks.service import now, today
from santai.kernel.identity import service
from santai.kernel.identity.forms import AccountForm, EndForm, PostForm, ReasonForm
from santai.kernel.ledger.service import ActRefused
from santai.kernel.orgs.service import organisations, posts_of

STATES = (("posted", "在岗"), ("idle", "没有现任岗位"), ("disabled", "已停用"))
View = Callable[..., HttpResponse]


def keepers_only(view: View) -> View:
    """The registered guard, looked up at each request: kernel/access, which knows the roles, starts after this room."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = service.guarded(view)(request, *args, **kwargs)
        return answer

    return never_cache(guarded)


@keepers_only
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "organisation", "state", "after", "before")}
    wish = service.AccountWish(words=asked.pop("q"), **asked)
    page = service.list_accounts(wish, actor=request.actor, on=today())  # type: ignore[attr-defined]
    kept = {"q": wish.words, "organisation": wish.organisation, "state": wish.state}
    return render(
        request,
        "kernel_identity/accounts.html",
        {
            "page": page,
            "wish": wish,
            "states": STATES,
            "bodies": _bodies(),
            "previous": _link(kept, before=page.before),
            "following": _link(kept, after=page.after),
        },
    )


@keepers_only
@require_http_methods(["GET", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """First the body, whose posts the form then offers; both in one address, so that nothing depends on a script."""
    organisation = request.POST.get("organisation") or request.GET.get("organisation", "")
    form = AccountForm(request.POST or None, initial={"code_kind": "resident-id", "valid_from": today().isoformat()})
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "organisation"}
        try:
            account, password = service.open_account(**values, actor=request.actor, at=now())  # type: ignore[attr-defined]
        except ActRefused as refused:
            _tell(form, refused)
        else:
            return _page(request, account.pk, password=password)
    context = {"form": form, "organisation": organisation, "bodies": _bodies(), "posts": _posts(organisation)}
    return render(request, "kernel_identity/account_new.html", context, status=422 if request.method == "POST" else 200)


@keepers_only
@require_safe
def account(request: HttpRequest, account: UUID) -> HttpResponse:
    return _page(request, account)


@keepers_only
@require_POST
def give_post(request: HttpRequest, account: UUID) -> HttpResponse:
    return _act(request, account, PostForm(request.POST), service.give_post, "岗位已授予，对方下一次打开页面即可使用。", "give")


@keepers_only
@require_POST
def end_post(request: HttpRequest, account: UUID) -> HttpResponse:
    return _act(request, account, EndForm(request.POST), service.end_post, "任职已结束。", "end")


@keepers_only
@require_POST
def disable(request: HttpRequest, account: UUID) -> HttpResponse:
    return _act(request, account, ReasonForm(request.POST), service.disable_account, "账号已停用，正在使用的登录随即失效。", "disable")


@keepers_only
@require_POST
def enable(request: HttpRequest, account: UUID) -> HttpResponse:
    return _act(request, account, ReasonForm(request.POST), service.enable_account, "账号已恢复。", "enable")


@keepers_only
@require_POST
def reset(request: HttpRequest, account: UUID) -> HttpResponse:
    return _act(request, account, ReasonForm(request.POST), service.reset_password, "", "reset")


def _act(request: HttpRequest, pk: UUID, form: Any, verb: Callable[..., Any], done: str, section: str) -> HttpResponse:
    """One verb upon one account; what was wrong is said beside what was typed. Only a new password is shown at once, and never again."""
    if form.is_valid():
        try:
            found = service.access_account(account=pk, actor=request.actor)  # type: ignore[attr-defined]
            answer = verb(account=found, **form.cleaned_data, actor=request.actor, at=now())  # type: ignore[attr-defined]
        except service.AccountUnknown:
            raise Http404 from None
        except ActRefused as refused:
            _tell(form, refused)
        else:
            if isinstance(answer, str):
                return _page(request, pk, password=answer)
            messages.success(request, done)
            return redirect("kernel_identity:account", account=pk)
    return _page(request, pk, forms={section: form}, status=422)


def _page(request: HttpRequest, pk: UUID, *, password: str = "", forms: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    try:
        found = service.access_account(account=pk, actor=actor)
    except service.AccountUnknown:
        raise Http404 from None
    blank = {"give": PostForm(initial={"valid_from": today().isoformat()}), "end": EndForm()}
    blank |= {name: ReasonForm() for name in ("reset", "disable", "enable")}
    shown = blank | (forms or {})
    organisation = "" if password else request.POST.get("organisation") or request.GET.get("organisation", "")
    day = today()
    return render(
        request,
        "kernel_identity/account.html",
        {
            "account": found,
            "own": actor.account == str(found.pk),
            "holdings": [_holding(one, shown["end"], day) for one in service.holdings_ever(found)],
            "past": service.past_of(found),
            "forms": shown,
            "errors": {path: text for form in (forms or {}).values() for path, text in form.errors.items()},
            "password": password,
            "organisation": organisation,
            "bodies": _bodies(),
            "posts": _posts(organisation),
        },
        status=status,
    )


def _holding(row: Any, form: Any, day: date) -> dict[str, Any]:
    """A line of the table of posts; the form that was refused opens again at its own line."""
    ending = form.is_bound and form.data.get("holding") == str(row.pk)
    return {
        "row": row,
        "key": str(row.pk),
        "open": row.valid_to is None or row.valid_to >= day,
        "ending": ending,
        "form": form if ending else EndForm(),
    }


def _tell(form: Any, refused: ActRefused) -> None:
    for path, text in (refused.fields or {"": refused.message}).items():
        form.add_error(path if path in form.fields else None, text)


def _bodies() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in organisations(on=today())]


def _posts(organisation: str) -> list[tuple[str, str]]:
    return [(one.code, one.title) for one in posts_of(organisation).filter(valid_to=None)] if organisation else []


def _link(kept: dict[str, str], **there: str) -> str:
    return "?" + urlencode({name: value for name, value in (kept | there).items() if value}) if all(there.values()) else ""
