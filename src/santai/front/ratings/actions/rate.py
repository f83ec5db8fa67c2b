"""Rate what was done for one: once, and for good."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import CaseRated, RedressWanted
from santai.front.hall.service import note_rated
from santai.front.ratings.errors import RatedAlready, RatingIncomplete
from santai.front.ratings.messages import Occasion
from santai.front.ratings.models import Rating
from santai.front.ratings.rules import ALL_REASONS, BAD, LEVELS, MOST_WORDS, kept_reasons
from santai.kernel.codes.service import new_id
from santai.kernel.ledger.service import Actor, record, system_actor
from santai.kernel.text.service import hidden_why


@transaction.atomic
def rate(
    *,
    occasion: Occasion,
    level: int | None,
    tags: Sequence[str] = (),
    text: str = "",
    contact_wanted: bool = False,
    contact: str = "",
    actor: Actor,
    at: datetime,
) -> Rating:
    """Keep the rating and tell supervision and the office, without the rater's name.

    A bad rating goes to the department as a work order; ``contact`` (a telephone) travels only with ``contact_wanted``. The caller has
    checked that the occasion is the actor's own (``occasion_of_case``). Errors: RatingIncomplete (``fields``), RatedAlready
    (``fields["level"]``; also for two clicks at once, by the constraint).
    """
    problems: dict[str, str] = {}
    if level not in LEVELS:
        problems["level"] = "请选一个满意程度。"
    words = text.strip()
    if len(words) > MOST_WORDS:
        problems["text"] = "最多写 500 个字，请缩短一些。"
    if problems or level is None:
        raise RatingIncomplete(fields=problems)
    reasons = kept_reasons(level, tags)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                id=new_id(),
                occasion=occasion.key,
                case_no=occasion.case_no,
                account=actor.account,
                item_code=occasion.item_code,
                item_name=occasion.item_name,
                organisation=occasion.organisation,
                organisation_name=occasion.organisation_name,
                level=level,
                tags=list(reasons),
                text=words,
                hidden_why=hidden_why(words, (actor.name, occasion.applicant_name)),
                contact_wanted=contact_wanted and level in BAD,
                follow_up=level in BAD,
                rated_at=at,
            )
    except IntegrityError:
        raise RatedAlready(fields={"level": RatedAlready.message}) from None
    if occasion.case_no and occasion.kind == "case":
        note_rated(case_no=occasion.case_no)
    record(actor=actor, act="front.ratings.rate", on=f"rating:{rating.id}", at=at, details={"level": level, "follow_up": rating.follow_up})
    publish(
        CaseRated(
            case_no=occasion.case_no or occasion.number,
            level=level,
            tags=reasons,
            text=words,
            organisation=occasion.organisation,
            item_code=occasion.item_code,
            rated_at=at.isoformat(),
        ),
        actor=system_actor("ratings"),  # the envelope must not tell who rated
        order_key=occasion.case_no or occasion.number,
        at=at,
    )
    if rating.follow_up and occasion.organisation:
        publish(
            RedressWanted(
                rating=str(rating.id),
                case_no=occasion.case_no,
                item_name=occasion.item_name,
                organisation=occasion.organisation,
                level=level,
                reasons=tuple(ALL_REASONS[code] for code in reasons),
                text=words,
                real_name=rating.contact_wanted,
                contact=contact if rating.contact_wanted else "",
                rated_at=at.isoformat(),
            ),
            actor=system_actor("ratings"),
            order_key=str(rating.id),
            at=at,
        )
    return rating
