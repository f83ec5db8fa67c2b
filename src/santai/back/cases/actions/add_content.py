"""Keep what the applicant handed in to correct the application."""

from datetime import datetime
from typing import Any

from santai.back.cases.models import Case, CaseContent
from santai.kernel.ledger.service import as_one_act


@as_one_act
def add_content(*, case: Case, content: dict[str, Any], materials: list[Any], signatures: list[Any], at: datetime) -> CaseContent:
    """Add the next revision; the earlier one stays. The caller holds the case's row lock and saves it."""
    last = CaseContent.objects.get(case=case, revision=case.revision)
    case.revision += 1
    case.complete_at = at
    return CaseContent.objects.create(
        case=case,
        revision=case.revision,
        form=last.form,
        form_version=last.form_version,
        content=content,
        materials=materials or last.materials,
        signatures=signatures or last.signatures,
        prefilled=last.prefilled,
        handed_in_at=at,
    )
