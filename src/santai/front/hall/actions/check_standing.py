"""Before anything is filed: what credit records bar, and what may be asked for about a licence one holds."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from santai.exchange.contracts.service import CreditAnswer, CreditStanding, ItemDefinition, Party, renewal_window
from santai.exchange.gateway.service import ask
from santai.front.hall.errors import (
    BarredOneYear,
    BarredThreeYears,
    CreditBar,
    CreditUnknown,
    LicenceEnded,
    NotFound,
    NotRenewable,
    OutsideRenewalWindow,
    RenewalTooEarly,
)
from santai.front.hall.models import Application, LicenceView
from santai.front.hall.queries import current_item
from santai.front.hall.rules.later import trouble
from santai.kernel.clocks.service import calendar
from santai.kernel.ledger.service import Actor, ActRefused

PURPOSE = "告知承诺和容缺受理的信用核验"
TROUBLES = {
    "licence_ended": LicenceEnded,
    "not_renewable": NotRenewable,
    "too_early": RenewalTooEarly,
    "outside_renewal_window": OutsideRenewalWindow,
}


@dataclass(frozen=True, kw_only=True)
class LicenceChoice:
    """One thing the holder may ask for, or why not (yet)."""

    business: str
    item_code: str
    why: str = ""
    opens_on: date | None = None
    closes_on: date | None = None


def standing(*, code: str, item_code: str, actor: Actor, subject: str, at: datetime) -> CreditAnswer | None:
    """What the applicant's credit records bar today; None when they cannot be asked for."""
    try:
        answer: CreditAnswer = ask(
            CreditStanding(subject_code=code, item_code=item_code, on=localdate(at).isoformat()),
            actor=actor,
            purpose=PURPOSE,
            subject=subject,
            at=at,
        )
    except ActRefused:
        return None
    return answer


def refuse_bad_credit(*, code: str, item_code: str, actor: Actor, subject: str, at: datetime) -> None:
    """CreditBar while bad credit is not repaired; CreditUnknown when nobody can say."""
    answer = standing(code=code, item_code=item_code, actor=actor, subject=subject, at=at)
    if answer is None:
        raise CreditUnknown()
    if answer.promises_barred:
        raise CreditBar(f"{'；'.join(answer.reasons)}。信用修复以前不能选择告知承诺和容缺受理，可以按一般程序申请。")


def refuse_barred(*, item: ItemDefinition, party: Party, actor: Actor, subject: str, at: datetime) -> None:
    """A permit got by fraud or asked for with false papers may not be asked for again for some time (行政许可法 78, 79).

    When the records cannot be asked for the application goes on: the department looks again.
    """
    if item.nature != "permit":
        return
    answer = standing(code=party.code, item_code=item.code, actor=actor, subject=subject, at=at)
    if answer is None or not answer.item_barred_until:
        return
    until = date.fromisoformat(answer.item_barred_until)
    kind = BarredThreeYears if answer.item_bar_years == 3 else BarredOneYear
    raise kind(f"{kind.message.rstrip('。')}，{until.year}年{until.month}月{until.day}日以后可以申请。")


def refuse_business(*, business: str, licence: str, item_code: str, party: Party, on: date) -> None:
    """NotFound for another's licence or another item's; the window and the state of the licence otherwise."""
    if business == "new":
        return
    held = LicenceView.objects.filter(identifier=licence, holder_code=party.code).first()
    if held is None or item_of_licence(held) != item_code:
        raise NotFound()
    choice = next(one for one in choices(held, on) if one.business == business)
    if choice.why:
        day = choice.opens_on if choice.why == "too_early" else choice.closes_on
        kind = TROUBLES[choice.why]
        said = f"{day.year}年{day.month}月{day.day}日" if day else ""
        more = {"too_early": f"{said}起可以申请延续。", "outside_renewal_window": f"申请延续的最后一天是{said}，请按新办申请。"}
        raise kind(more.get(choice.why, kind.message))


def item_of_licence(held: LicenceView) -> str:
    """The item whose case gave the licence; empty for one that came from elsewhere."""
    return Application.objects.filter(case_no=held.case_no).values_list("item_code", flat=True).first() or ""


def choices(held: LicenceView, on: date) -> list[LicenceChoice]:
    """延续, 变更, 补领 of one licence, each with the reason why not. None for a licence whose item is not known or not offered here."""
    code = item_of_licence(held)
    try:
        item = current_item(code) if code else None
    except ActRefused:
        item = None
    if item is None:
        return []
    valid_to = date.fromisoformat(held.valid_to[:10]) if held.valid_to else None
    opens, closes = renewal_window(item.renewal, valid_to, calendar()) if valid_to else (None, None)
    # a renewed version stands beside this one until its last day; whoever holds it changes the newer one
    ended = held.revoked_at is not None or LicenceView.objects.filter(previous=held.identifier).exists()
    return [
        LicenceChoice(
            business=business,
            item_code=code,
            opens_on=opens,
            closes_on=closes,
            why=trouble(business=business, ended=ended, valid_to=valid_to, joint=item.shape == "joint", opens=opens, closes=closes, on=on),
        )
        for business in ("renew", "change", "replace")
    ]


def licence_choices(*, identifier: str, party: Party, on: date) -> list[LicenceChoice]:
    """What the holder may ask for; nothing for another's licence."""
    held = LicenceView.objects.filter(identifier=identifier, holder_code=party.code).first()
    return choices(held, on) if held else []
