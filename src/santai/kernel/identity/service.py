"""The door of identity: accounts, posts held, authority to act for others, signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from santai.kernel.identity.actions import install_parts
from santai.kernel.identity.actions.authorise import grant_authorisation, revoke_authorisation
from santai.kernel.identity.actions.hold_posts import assign_post, end_holding
from santai.kernel.identity.actions.register_account import register_account
from santai.kernel.identity.actions.sign_in import sign_in, sign_out
from santai.kernel.identity.actions.switch_capacity import become_persona, switch_capacity
from santai.kernel.identity.errors import (
    AuthorisationExpired,
    AuthorisationMissing,
    AuthorisationNotYet,
    AuthorisationRevoked,
    AuthorisationTooNarrow,
    DemonstrationOnly,
    LoginTaken,
    NotSignedIn,
    PersonHasAccount,
    PostNotHeld,
    RegistrationIncomplete,
    SignInRefused,
    TooManyAttempts,
)
from santai.kernel.identity.messages import Capacity, PersonaRow
from santai.kernel.identity.models import Account, Authorisation, PostHolding
from santai.kernel.identity.queries import (
    actor_for_account,
    authorisations_by,
    authorisations_of,
    capacities_of,
    chosen,
    companies_of,
    demo_personas,
    find_account,
    find_account_of_person,
    get_account,
    grantor_of,
    holders_of_role,
    holding_in_use,
    holdings_in_use,
    holdings_of,
    items_entrusted,
    may_act_for,
    person_of,
)
from santai.kernel.packs.service import register_part

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Only for people who signed in; others are asked to and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    return guarded


def official_required(view: View) -> View:
    """Only for people who act in a post right now; others who hold none are told so (403)."""

    @wraps(view)
    @signed_in
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.kind != "official":  # type: ignore[attr-defined]
            return render(request, "kernel_identity/post_needed.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def register_pack_parts() -> None:
    """Make the parts officials and personas known to the loader; called once when the application starts."""
    register_part("officials", order=40, check=install_parts.check_officials, install=install_parts.install_officials)
    register_part("personas", order=45, check=install_parts.check_personas, install=install_parts.install_personas)


__all__ = [
    "Account", "Authorisation", "AuthorisationExpired", "AuthorisationMissing", "AuthorisationNotYet", "AuthorisationRevoked",
    "AuthorisationTooNarrow", "Capacity", "DemonstrationOnly", "LoginTaken", "NotSignedIn", "PersonHasAccount", "PersonaRow",
    "PostHolding", "PostNotHeld", "RegistrationIncomplete", "SignInRefused", "TooManyAttempts", "actor_for_account", "assign_post",
    "authorisations_by", "authorisations_of", "become_persona", "capacities_of", "chosen", "companies_of", "demo_personas",
    "end_holding", "find_account", "find_account_of_person", "get_account", "grant_authorisation", "grantor_of", "holders_of_role",
    "holding_in_use", "holdings_in_use", "holdings_of", "items_entrusted", "may_act_for", "official_required", "person_of",
    "register_account", "register_pack_parts",
    "revoke_authorisation", "sign_in", "sign_out", "signed_in", "switch_capacity",
]  # fmt: skip
