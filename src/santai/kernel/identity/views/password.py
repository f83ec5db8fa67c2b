"""One's own password: for everybody who signs in, and the only page open to those who still use one that others know."""

from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from santai.kernel.clocks.service import now
from santai.kernel.identity import service
from santai.kernel.identity.forms import PasswordForm
from santai.kernel.identity.views.signing import next_page, source_of
from santai.kernel.ledger.service import ActRefused


@never_cache
@sensitive_post_parameters("current", "password", "repeat")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    if not account.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    form, status, first = PasswordForm(request.POST or None), 200, account.must_change_password
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = {key: form.cleaned_data[key] for key in ("current", "password")}
            try:
                service.change_password(account=account, **values, source=source_of(request), at=now())
            except ActRefused as refused:
                status = 429 if isinstance(refused, service.TooManyAttempts) else 422
                for path, text in (refused.fields or {"": refused.message}).items():
                    form.add_error(path or None, text)
            else:
                auth.update_session_auth_hash(request, account)  # this session goes on; every other one ends with the old password
                messages.success(request, _("密码已修改，其他设备上的登录已全部退出。"))
                return redirect(next_page(request, account))
    context = {"form": form, "first": first, "login": account.login, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "kernel_identity/password.html", context, status=status)
