"""材料逐项审查: a department's verdict on every material it reads; what it found wanting makes up the one notice."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from santai.back.approvals.actions.check_materials import DefectInput
from santai.back.approvals.errors import ReviewIncomplete
from santai.back.approvals.models import MaterialReview
from santai.back.approvals.rules.reviewing import Verdict, defects_from, problems
from santai.back.cases.service import SubCase
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def review_materials(
    *, sub_case: SubCase, materials: Sequence[tuple[str, str]], verdicts: Mapping[str, Verdict], complete: bool, actor: Actor, at: datetime
) -> list[DefectInput]:
    """Keep the verdicts on ``materials`` (code, name) and return the defects that follow from them, in their order.

    Every material has a verdict; who finds one wanting says why; papers that are all good cannot be called incomplete by them, and a
    wanting one not complete. Called within the act that answers for the part (check, on-the-spot). ReviewIncomplete with ``fields``.
    """
    require_any(actor, "examiner", "decider", "chief", "intake", organisation=actor.organisation)
    if wrong := problems(materials, verdicts, complete=complete):
        raise ReviewIncomplete(fields=wrong)
    for code, name in materials:
        verdict = verdicts[code]
        MaterialReview.objects.update_or_create(
            sub_case_no=sub_case.sub_case_no,
            revision=sub_case.case.revision,
            code=code,
            defaults={
                "case_no": sub_case.case_id,
                "name": name,
                "verdict": verdict.verdict,
                "original_seen": verdict.original_seen,
                "reason": verdict.reason,
                "by_name": actor.name,
                "by_post": actor.post_title,
                "at": at,
            },
        )
    record(
        actor=actor, act="back.approvals.review_materials", on=f"case:{sub_case.case_id}", at=at,
        details={"sub_case": sub_case.branch, "verdicts": {code: verdicts[code].verdict for code, _name in materials}},
    )  # fmt: skip
    return [DefectInput(text=text, material=code) for code, text in defects_from(materials, verdicts)]
