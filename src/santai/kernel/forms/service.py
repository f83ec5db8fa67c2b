"""The door of forms: one definition serves the resident, the clerk, the official and the printer. docs/form-files.md has the format."""

from santai.kernel.forms.actions.install_form import install_form
from santai.kernel.forms.actions.install_part import check_part, install_part
from santai.kernel.forms.errors import DefinitionChanged, DefinitionFaulty, FormUnknown, LockedValueChanged
from santai.kernel.forms.queries.checking import check, diff
from santai.kernel.forms.queries.definitions import get_form, installed_forms
from santai.kernel.forms.queries.pages import (
    SectionState,
    anchor,
    answers_context,
    error_summary,
    label_for,
    section_context,
    sections,
    shown_at,
    text_of,
)
from santai.kernel.forms.rules.checking import Checked
from santai.kernel.forms.rules.definition import Form, Prefill
from santai.kernel.forms.rules.definition import find_faults as check_definition
from santai.kernel.forms.rules.definition import form_of as compile_form
from santai.kernel.forms.rules.logic import evaluate as logic
from santai.kernel.forms.rules.logic import find_faults as check_logic
from santai.kernel.forms.rules.logic import value_at
from santai.kernel.forms.rules.reading import file_places, is_row_act, read_section, with_files
from santai.kernel.forms.rules.showing import Change, canonical, dated, digest

__all__ = [
    "Change",
    "Checked",
    "DefinitionChanged",
    "DefinitionFaulty",
    "Form",
    "FormUnknown",
    "LockedValueChanged",
    "Prefill",
    "SectionState",
    "anchor",
    "answers_context",
    "canonical",
    "check",
    "check_definition",
    "check_logic",
    "check_part",
    "compile_form",
    "dated",
    "diff",
    "digest",
    "error_summary",
    "file_places",
    "get_form",
    "install_form",
    "install_part",
    "installed_forms",
    "is_row_act",
    "label_for",
    "logic",
    "read_section",
    "section_context",
    "sections",
    "shown_at",
    "text_of",
    "value_at",
    "with_files",
]
