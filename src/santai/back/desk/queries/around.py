"""What surrounds a part of a case, for the acts the bar offers."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from santai.back.approvals.service import GROUNDS, TERMINATION_GROUNDS, item_of, surroundings
from santai.back.cases.service import SubCase
from santai.back.desk.rules.around import Around
from santai.kernel.clocks.service import today
from santai.kernel.identity.service import holders_of_role
from santai.kernel.orgs.service import organisations

if TYPE_CHECKING:
    from santai.back.desk.queries.case_file import CaseFile

INSPECTING = ("site_inspector", "examiner", "decider")


def around(file: "CaseFile", part: SubCase, at: datetime) -> Around:
    item = item_of(file.case.item_code, file.case.item_version)
    facts = surroundings(part)
    officers = {
        str(one.account_id): f"{one.account.name}（{one.post.title}）"
        for role in INSPECTING
        for one in holders_of_role(role, organisation=part.organisation, on=today())
    }
    deciders = [
        (str(one.account_id), f"{one.account.name}（{one.post.title}）")
        for one in holders_of_role("decider", organisation=part.organisation, on=today())
    ]
    decided = [one["document"] for one in file.documents if one["document"].kind in ("granted", "refused")]
    return Around(
        outcome=part.outcome,
        stopped=part.state == SubCase.State.STOPPED,
        at_counter=file.case.channel == "counter" and localdate(file.case.received_at) == localdate(at),
        formal=facts.formal,
        on_spot=item.incomplete_papers == "refused_on_spot",
        testing=bool(item.test_required) and not facts.testers_named,
        notice_days=item.notice_days,
        notice_open=facts.notice_until is not None and localdate(at) <= facts.notice_until,
        untold=facts.untold,
        unheard=facts.unheard,
        redo=facts.redo,
        deciders=deciders,
        officers=list(officers.items()),
        bodies=[(one.code, one.name) for one in organisations(on=today()) if one.kind == "organ" and one.code != part.organisation],
        documents=[(one.document_no, f"{one.title} {one.document_no}") for one in decided],
        grounds=list(GROUNDS.items()),
        ends=list(TERMINATION_GROUNDS.items()),
        asked=facts.asked,
    )
