"""Reads of what was handed in, against what the item asks for."""

from collections.abc import Mapping
from typing import Any

from santai.back.approvals.models import CorrectionNotice
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.acceptance import missing_papers, unanswered_defects
from santai.back.approvals.rules.branches import at_path
from santai.back.cases.service import Case, CaseContent, current_content
from santai.exchange.contracts.service import MaterialDefinition, needed_materials


def materials_by_code(case: Case) -> dict[str, MaterialDefinition]:
    return {material.code: material for material in item_of(case.item_code, case.item_version).materials}


def missing_of(case: Case, *, branch: str = "") -> list[MaterialDefinition]:
    """Required papers that have not come; of a joint case those the branch reads."""
    content = current_content(case)
    needed = needed_materials(item_of(case.item_code, case.item_version), content.content)
    mine = [one for one in needed if not branch or not one.branches or branch in one.branches]
    return missing_papers(mine, content.materials)


def unanswered_of(case: Case) -> list[Mapping[str, Any]]:
    """What the one notice asked for and has not been handed in since."""
    notice = CorrectionNotice.objects.filter(case_no=case.case_no).first()
    if notice is None:
        return []
    content = current_content(case)
    before = CaseContent.objects.filter(case=case, handed_in_at__lte=notice.requested_at).order_by("-revision").first()
    wanted = [defect["field"] for defect in notice.defects if defect.get("field")]
    return unanswered_defects(notice.defects, _places(before, wanted), _places(content, wanted), notice.answered_at is not None)


def _places(content: CaseContent | None, fields: list[str]) -> dict[str, Any]:
    if content is None:
        return {}
    there: dict[str, Any] = {one["code"]: one.get("files", []) for one in content.materials}
    return there | {f"field:{path}": at_path(content.content, path) for path in fields}
