"""Refusals about who somebody is and for whom they act."""

from santai.kernel.ledger.service import ActRefused


class SignInRefused(ActRefused):
    """The same words whether the login exists or not (assurance.md §6, 6)."""

    code = "kernel.identity.sign_in_refused"
    message = "登录名或密码不正确，请核对后再试。"


class TooManyAttempts(ActRefused):
    """Slower, never closed for good. ``facts["seconds"]``: how long to wait."""

    code = "kernel.identity.too_many_attempts"
    message = "尝试次数过多，请稍后再试。"


class NotSignedIn(ActRefused):
    code = "kernel.identity.not_signed_in"
    message = "请先登录。"


class PostNotHeld(ActRefused):
    code = "kernel.identity.post_not_held"
    message = "您目前不担任这个岗位，不能以它办理。请在“切换身份”中选择现任岗位。"


class AuthorisationMissing(ActRefused):
    code = "kernel.identity.authorisation_missing"
    message = "您没有这家单位的授权，不能代它办理。请让法定代表人在“我的授权”中添加您。"


class AuthorisationExpired(ActRefused):
    code = "kernel.identity.authorisation_expired"
    message = "您代这家单位办事的授权已经过期，请让法定代表人重新授权后再办。"


class AuthorisationNotYet(ActRefused):
    code = "kernel.identity.authorisation_not_yet"
    message = "您代这家单位办事的授权还没有生效。"


class AuthorisationRevoked(ActRefused):
    code = "kernel.identity.authorisation_revoked"
    message = "这家单位已经撤回对您的授权，不能再代它办理。"


class AuthorisationTooNarrow(ActRefused):
    code = "kernel.identity.authorisation_too_narrow"
    message = "授权的事项范围不包括这一事项，请让法定代表人扩大授权范围后再办。"


class LoginTaken(ActRefused):
    code = "kernel.identity.login_taken"
    message = "这个登录名已有人使用，请换一个。"


class PersonHasAccount(ActRefused):
    """Said without telling whose login it is."""

    code = "kernel.identity.person_has_account"
    message = "这个证件号码已经注册过账号，请直接登录，或到服务窗口找回。"


class DemonstrationOnly(ActRefused):
    code = "kernel.identity.demonstration_only"
    message = "只有演示城市可以这样切换身份。"


class RegistrationIncomplete(ActRefused):
    """``fields`` names every wrong field at once."""

    code = "kernel.identity.registration_incomplete"
    message = "有几处需要更正，请按提示修改。"


class PasswordRefused(ActRefused):
    """``fields`` says which entry is wrong: ``current`` or ``password``."""

    code = "kernel.identity.password_refused"
    message = "密码没有修改，请按提示更正。"


class NotKeeper(ActRefused):
    """Accounts and posts are kept by the system administrator alone (role ``system_admin``)."""

    code = "kernel.identity.not_keeper"
    message = "只有系统管理员岗位可以维护账号和岗位。"


class AccountUnknown(ActRefused):
    code = "kernel.identity.account_unknown"
    message = "没有这个账号。"


class OwnAccount(ActRefused):
    """Nobody gives themselves rights or locks the last administrator out."""

    code = "kernel.identity.own_account"
    message = "不能维护自己的账号和岗位，请由另一位系统管理员办理。修改自己的密码请用“修改密码”。"


class EntryIncomplete(ActRefused):
    """``fields`` names every wrong field at once; nothing was changed."""

    code = "kernel.identity.entry_incomplete"
    message = "有几处需要更正，请按提示修改。"


class PostNotGiven(ActRefused):
    """Why this person cannot hold this post from that day."""

    code = "kernel.identity.post_not_given"
    message = "不能担任这个岗位。"
