"""Sign in and out, switch capacity, open an account of one's own."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from santai.kernel.clocks.service import now, today
from santai.kernel.identity import service
from santai.kernel.identity.forms import RegisterForm, SignInForm
from santai.kernel.identity.middleware import SESSION_KEY
from santai.kernel.ledger.service import ActRefused

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form, refusal, status = SignInForm(request.POST or None), "", 200
    if request.method == "POST":
        if form.is_valid():
            try:
                account = service.sign_in(**form.cleaned_data, source=source_of(request), at=now())
            except ActRefused as refused:
                refusal, status = _(refused.message), 429 if isinstance(refused, service.TooManyAttempts) else 422
            else:
                _enter(request, account)
                return redirect(next_page(request, account))
        else:
            refusal, status = _("请填写登录名和密码。"), 422
    return render(
        request,
        "kernel_identity/sign_in.html",
        {"form": form, "refusal": refusal, "next": request.POST.get("next") or request.GET.get("next", ""), "groups": _personas()},
        status=status,
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.actor is not None:  # type: ignore[attr-defined]
        service.sign_out(actor=request.actor, at=now())  # type: ignore[attr-defined]
    auth.logout(request)
    return redirect("/")


@never_cache
@service.signed_in
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    status = 200
    if request.method == "POST":
        try:
            actor, choice = service.switch_capacity(account=account, key=request.POST.get("key", ""), at=now())
        except ActRefused as refused:
            messages.error(request, refused.message)
            status = 409
        else:
            request.session.cycle_key()
            request.session[SESSION_KEY] = choice
            return redirect(next_page(request, account, choice))
    return render(
        request,
        "kernel_identity/switch.html",
        {
            "capacities": service.capacities_of(account, today()),
            "current": _current_key(request),
            "next": request.POST.get("next") or request.GET.get("next", ""),
        },
        status=status,
    )


@require_POST
def become(request: HttpRequest, login: str = "") -> HttpResponse:
    """The demonstration's change of persona, from every page."""
    if not settings.DEMO:
        raise Http404
    try:
        account = service.become_persona(login=login or request.POST.get("login", ""), at=now())
    except ActRefused as refused:
        messages.error(request, refused.message)
        return redirect("kernel_identity:sign_in")
    _enter(request, account)
    # From the bar one comes to the persona's own start (the page one left may be closed to it); a guided step says where.
    return redirect(next_page(request, account, stay=False, then=request.POST.get("then", "")))


@never_cache
@sensitive_post_parameters("password", "repeat")
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None, initial={"code_kind": "resident-id"})
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != "repeat"}
        try:
            account = service.register_account(**values, at=now())
        except ActRefused as refused:
            for path, text in refused.fields.items():
                form.add_error(path, text)
            if not refused.fields:
                form.add_error(None, refused.message)
        else:
            _enter(request, account)
            return redirect(next_page(request, account))
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "kernel_identity/register.html",
        {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")},
        status=status,
    )


def _enter(request: HttpRequest, account: service.Account) -> None:
    """A new session for the account, in the first post it holds, if any."""
    if request.user.is_authenticated:
        auth.logout(request)
    auth.login(request, account, backend=BACKEND)  # makes a new session key
    first = service.holdings_of(account, today()).first()
    request.session[SESSION_KEY] = {"post": first.post_id} if first else {}
    request._acting = None  # type: ignore[attr-defined]


def next_page(
    request: HttpRequest, account: service.Account, choice: dict[str, str] | None = None, *, stay: bool = True, then: str = ""
) -> str:
    """Back to where one came from (or on to ``then``), when that is ours; otherwise the workbench for officials, my space for others.

    A password that others know is changed before anything else; that page leads on to the same place.
    """
    wanted = then or (request.POST.get("next") or request.GET.get("next", "") if stay else "")
    ours = wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    if account.must_change_password:
        return service.PASSWORD_URL + (f"?{urlencode({'next': wanted})}" if ours else "")
    if ours:
        return wanted
    official = "post" in (choice if choice is not None else request.session.get(SESSION_KEY) or {})
    for name in ("kernel_web:workbench", "front_portal:home") if official else ("front_space:home", "front_portal:home"):
        try:
            return reverse(name)
        except NoReverseMatch:  # this zone has no such page
            continue
    return "/"


def _current_key(request: HttpRequest) -> str:
    choice = request.session.get(SESSION_KEY) or {}
    return next((f"{kind}:{value}" for kind, value in choice.items()), "self")


def source_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _personas() -> list[dict[str, Any]]:
    groups: dict[str, list[Any]] = {}
    for row in service.demo_personas():
        groups.setdefault(row.group, []).append(row)
    return [{"title": title, "people": people} for title, people in groups.items()]
