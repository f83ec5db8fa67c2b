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
from santai.kernel.identity.actions.change_password import change_password
from santai.kernel.identity.actions.disable_account import disable_account, enable_account
from santai.kernel.identity.actions.give_post import end_post, give_post
from santai.kernel.identity.actions.open_account import open_account
from santai.kernel.identity.actions.register_account import register_account
from santai.kernel.identity.actions.reset_password import reset_password
from santai.kernel.identity.actions.sign_in import sign_in, sign_out
from santai.kernel.identity.actions.stand_in import end_stand_in, name_stand_in
from santai.kernel.identity.actions.switch_capacity import become_persona, switch_capacity
from santai.kernel.identity.adapters import guarded, register_keeper
from santai.kernel.identity.errors import (
    AccountUnknown,
    AuthorisationExpired,
    AuthorisationMissing,
    AuthorisationNotYet,
    AuthorisationRevoked,
    AuthorisationTooNarrow,
    DemonstrationOnly,
    EntryIncomplete,
    LoginTaken,
    NotKeeper,
    NotSignedIn,
    OwnAccount,
    PasswordRefused,
    PersonHasAccount,
    PostNotGiven,
    PostNotHeld,
    RegistrationIncomplete,
    SignInRefused,
    TooManyAttempts,
)
from santai.kernel.identity.messages import AccountPage, AccountWish, Capacity, PersonaRow
from santai.kernel.identity.models import Account, Authorisation, PostHolding
from santai.kernel.identity.queries import (
    access_account,
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
    holders_in,
    holders_of_role,
    holding_in_use,
    holdings_ever,
    holdings_in_use,
    holdings_of,
    items_entrusted,
    list_accounts,
    may_act_for,
    past_of,
    person_of,
    stand_ins,
)
from santai.kernel.packs.service import register_part

View = Callable[..., HttpResponse]
PASSWORD_URL = "/kernel/identity/password/"


def signed_in(view: View) -> View:
    """Only for people who signed in; others are asked to, or to change a password that others know, and come back."""

    @wraps(view)
    def for_somebody(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            pending = request.user.is_authenticated if hasattr(request, "user") else False
            return redirect_to_login(request.get_full_path(), PASSWORD_URL if pending else settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    return for_somebody


def official_required(view: View) -> View:
    """Only for people who act in a post right now; others who hold none are told so (403)."""

    @wraps(view)
    @signed_in
    def for_officials(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.kind != "official":  # type: ignore[attr-defined]
            return render(request, "kernel_identity/post_needed.html", status=403)
        return view(request, *args, **kwargs)

    return for_officials


def register_pack_parts() -> None:
    """Make the parts officials and personas known to the loader; called once when the application starts."""
    register_part("officials", order=40, check=install_parts.check_officials, install=install_parts.install_officials)
    register_part("personas", order=45, check=install_parts.check_personas, install=install_parts.install_personas)


__all__ = [
    "Account", "AccountPage", "AccountUnknown", "AccountWish", "Authorisation", "AuthorisationExpired", "AuthorisationMissing",
    "AuthorisationNotYet", "AuthorisationRevoked", "AuthorisationTooNarrow", "Capacity", "DemonstrationOnly", "EntryIncomplete",
    "LoginTaken", "NotKeeper", "NotSignedIn", "OwnAccount", "PasswordRefused", "PersonHasAccount", "PersonaRow", "PostHolding",
    "PostNotGiven", "PostNotHeld", "RegistrationIncomplete", "SignInRefused", "TooManyAttempts", "access_account",
    "actor_for_account", "authorisations_by", "authorisations_of", "become_persona", "capacities_of", "change_password", "chosen",
    "companies_of", "demo_personas", "disable_account", "enable_account", "end_post", "end_stand_in", "find_account",
    "find_account_of_person",
    "get_account", "give_post", "grant_authorisation", "grantor_of", "guarded", "holders_in", "holders_of_role",
    "holding_in_use", "holdings_ever",
    "holdings_in_use", "holdings_of", "items_entrusted", "list_accounts", "may_act_for", "name_stand_in", "official_required",
    "open_account",
    "past_of", "person_of", "register_account", "register_keeper", "register_pack_parts", "reset_password", "revoke_authorisation",
    "sign_in", "sign_out", "signed_in", "stand_ins", "switch_capacity",
]  # fmt: skip
