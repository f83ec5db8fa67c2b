"""Pages of identity: signing in and acting, one's own password, and the keeping of accounts."""

from santai.kernel.identity.views.accounts import account, accounts, disable, enable, end_post, give_post, new_account, reset
from santai.kernel.identity.views.password import password
from santai.kernel.identity.views.signing import become, register, sign_in, sign_out, switch

__all__ = [
    "account", "accounts", "become", "disable", "enable", "end_post", "give_post", "new_account", "password", "register", "reset",
    "sign_in", "sign_out", "switch",
]  # fmt: skip
