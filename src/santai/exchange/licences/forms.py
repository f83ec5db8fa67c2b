"""Shape of what the pages take in."""

from django import forms

from santai.exchange.licences.service import STATES


class VerifyForm(forms.Form):
    q = forms.CharField(max_length=120, required=False)
    file = forms.FileField(required=False)


class RevokeForm(forms.Form):
    state = forms.ChoiceField(choices=[(code, name) for code, name in STATES.items() if code != "99"])
    reason = forms.CharField(max_length=500, required=False)
