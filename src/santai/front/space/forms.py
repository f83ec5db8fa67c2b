"""What people type into the space's pages; the checks are the verbs'."""

from django import forms

from santai.kernel.codes.service import PERSON_KINDS


class GrantForm(forms.Form):
    name = forms.CharField(required=False, max_length=120)
    code_kind = forms.ChoiceField(choices=[(kind, kind) for kind in PERSON_KINDS], required=False)
    code = forms.CharField(required=False, max_length=40)
    items = forms.Field(required=False)
    valid_from = forms.DateField(required=False)
    valid_to = forms.DateField(required=False)
    evidence = forms.CharField(required=False, max_length=200)
