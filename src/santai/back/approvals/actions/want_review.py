"""A part was refused after another one's licence went out: its department says whether the licence can stand (行政许可法 69)."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.cases.service import Case, SubCase
from santai.kernel.ledger.service import system_actor


def want_review(*, case: Case, refused: SubCase, at: datetime) -> None:
    """Mark every granted part; nothing is revoked by itself, since only the organ that granted may take back. The caller holds the lock."""
    for part in SubCase.objects.filter(case=case, outcome=SubCase.Outcome.GRANTED, review_wanted="").order_by("position"):
        part.case = case
        part.review_wanted = f"“{refused.item_name}”已由{refused.organisation_name}作出“{refused.get_outcome_display()}”结论"
        part.save(update_fields=["review_wanted"])
        note_progress(
            case=case,
            sub_case=part,
            event="review_wanted",
            text=f"{part.review_wanted}，请{part.organisation_name}研究已作出的准予决定是否继续有效。",
            actor=system_actor("back.approvals"),
            at=at,
            reason=part.review_wanted,
            public=False,
        )
