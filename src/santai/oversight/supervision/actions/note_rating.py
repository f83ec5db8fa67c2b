"""好差评 heard: figures, and a card where a rule asks for one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from santai.exchange.contracts.service import CaseRated
from santai.oversight.supervision.actions.fold_tallies import tally
from santai.oversight.supervision.actions.issue_card import issue_card
from santai.oversight.supervision.errors import CaseNotWatched
from santai.oversight.supervision.models import Tally, WatchedCase
from santai.oversight.supervision.queries import rules_in_force
from santai.oversight.supervision.rules import local_date

LEVELS = ("", "非常满意", "满意", "基本满意", "不满意", "非常不满意")


@transaction.atomic
def note_rating(*, message: CaseRated, message_id: UUID, at: datetime) -> bool:
    """Take a case's one rating; False for a second. CaseNotWatched when the case has not been heard of (the message then waits)."""
    case = WatchedCase.objects.select_for_update().filter(case_no=message.case_no).first()
    if case is None:
        raise CaseNotWatched()
    if case.rating is not None:
        return False
    rated_at = datetime.fromisoformat(message.rated_at)
    case.rating, case.rated_at = message.level, rated_at
    case.save(update_fields=["rating", "rated_at"])
    metrics = ["rated", *(["bad_rated"] if message.level >= 4 else [])]
    Tally.objects.bulk_create(
        [
            tally(day=local_date(rated_at), organisation=case.organisation, item_code=case.item_code, metric=metric, at=rated_at)
            for metric in metrics
        ]
    )
    for rule in rules_in_force():
        if rule.watch == "rating" and message.level >= rule.minimum:
            issue_card(
                rule=rule, case=case, organisation=case.organisation, organisation_name=case.organisation_name, region=case.region,
                cause_key=f"{message_id}:{rule.code}", trigger_at=rated_at, at=at,
                cause={"rating": LEVELS[message.level], "tags": list(message.tags), "said": message.text, "act_at": message.rated_at},
            )  # fmt: skip
    return True
