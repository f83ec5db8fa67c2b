"""What people type into identity's pages; the checks themselves are the verbs'."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from santai.kernel.codes.service import IDENTIFIER_KINDS, PERSON_KINDS


class SignInForm(forms.Form):
    login = forms.CharField(label=_("登录名"), max_length=150)
    password = forms.CharField(label=_("密码"), max_length=200, strip=False)


class RegisterForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=120)
    code_kind = forms.ChoiceField(label=_("证件类型"), choices=[(kind, _(IDENTIFIER_KINDS[kind])) for kind in PERSON_KINDS])
    code = forms.CharField(label=_("证件号码"), max_length=40)
    phone = forms.CharField(label=_("手机号码"), max_length=20)
    login = forms.CharField(label=_("登录名"), max_length=150, required=False)
    password = forms.CharField(label=_("密码"), max_length=200, strip=False)
    repeat = forms.CharField(label=_("再输一次密码"), max_length=200, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # the summary stands above the form: each line must say which field it means
            field.error_messages["required"] = gettext("请填写“{label}”。").format(label=field.label)

    def clean_repeat(self) -> str:
        repeat: str = self.cleaned_data["repeat"]
        if repeat != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两次输入的密码不一样。"))
        return repeat


class PasswordForm(forms.Form):
    current = forms.CharField(label=_("现在的密码"), max_length=200, strip=False)
    password = forms.CharField(label=_("新密码"), max_length=200, strip=False)
    repeat = forms.CharField(label=_("再输一次新密码"), max_length=200, strip=False)

    def clean_repeat(self) -> str:
        repeat: str = self.cleaned_data["repeat"]
        if repeat != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两次输入的新密码不一样。"))
        return repeat


DATE_WORDS = {"required": "请填写日期。", "invalid": "请填写有效日期，例如 2026-12-03。"}


class PostForm(forms.Form):
    """A post from a day to a day; the keepers' pages speak Chinese."""

    post = forms.CharField(label="岗位", max_length=80, required=False)
    valid_from = forms.DateField(label="任职开始日期", error_messages=DATE_WORDS)
    valid_to = forms.DateField(label="最后一天", required=False, error_messages=DATE_WORDS)
    acting = forms.BooleanField(label="作为 B 角代理", required=False)


class AccountForm(PostForm):
    name = forms.CharField(label="姓名", max_length=120, required=False)
    code_kind = forms.ChoiceField(label="证件类型", choices=[(kind, IDENTIFIER_KINDS[kind]) for kind in PERSON_KINDS])
    code = forms.CharField(label="证件号码", max_length=40, required=False)
    phone = forms.CharField(label="手机号码", max_length=20, required=False)
    login = forms.CharField(label="登录名", max_length=150, required=False)


class ReasonForm(forms.Form):
    why = forms.CharField(label="原因", max_length=200, required=False)


class EndForm(ReasonForm):
    holding = forms.UUIDField()
    at_once = forms.BooleanField(label="立即停止", required=False)
