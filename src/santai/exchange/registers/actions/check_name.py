"""Check a company name and, when it is free, keep it for a draft."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from santai.exchange.contracts.service import CompanyNameAnswer
from santai.exchange.registers import adapters, queries
from santai.exchange.registers.models import NameReservation
from santai.exchange.registers.rules import names
from santai.kernel.codes.service import new_id, next_gapless
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def check_company_name(
    *, district: str, trade_name: str, industry: str, form: str, reserve_for: str = "", actor: Actor, at: datetime
) -> CompanyNameAnswer:
    """Is the name free, and what is wrong with it? With ``reserve_for`` a free name is kept two months for that draft.

    The same draft asking again keeps its reservation; another name gives the earlier one back.
    """
    on = timezone.localtime(at).date()
    trade_name, industry = names.squeezed(trade_name), names.squeezed(industry)
    full = names.full_name(district=district, trade_name=trade_name, industry=industry, form=form)
    problems = names.problems_with(queries.name_rules(), district=district, trade_name=trade_name, industry=industry, form=form)
    sound = adapters.sound(trade_name)
    similar: list[str] = []
    if not problems:
        problems, similar = queries.clashes(
            full_name=full, trade_name=trade_name, industry=industry, sound=sound, reserved_for=reserve_for, on=on, sound_of=adapters.sound
        )
    if problems or not reserve_for:
        return CompanyNameAnswer(full_name=full, free=not problems, problems=tuple(problems), similar=tuple(similar))
    NameReservation.objects.filter(full_name=full, released_on=None, reserved_until__lt=on).update(released_on=on)
    mine = NameReservation.objects.select_for_update().filter(reserved_for=reserve_for, released_on=None)
    kept = mine.filter(full_name=full).first()
    if kept is None:
        mine.update(released_on=on)
        try:
            with transaction.atomic():
                kept = NameReservation.objects.create(
                    id=new_id(),
                    no=f"名留{on.year}{next_gapless(series='company-name', year=on.year):06d}",
                    full_name=full,
                    trade_name=trade_name,
                    trade_sound=sound,
                    industry_word=industry,
                    reserved_for=reserve_for,
                    reserved_on=on,
                    reserved_until=names.reserved_until(on),
                )
        except IntegrityError:  # someone was faster by a moment
            return CompanyNameAnswer(full_name=full, free=False, problems=("这个名称刚刚被他人保留，请更换字号。",), similar=tuple(similar))
        record(actor=actor, act="exchange.registers.reserve_name", on=f"name:{kept.no}", at=at, details={"name": full, "for": reserve_for})
    return CompanyNameAnswer(
        full_name=full, free=True, similar=tuple(similar), reservation_no=kept.no, reserved_until=kept.reserved_until.isoformat()
    )
