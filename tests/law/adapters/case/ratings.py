"""好差评: the rating on the applicant's page, and what the department does about a bad one."""

from typing import Any

from santai.back.workorders import service as workorders
from santai.back.workorders.models import Redress
from santai.front.hall.models import CaseView
from santai.front.ratings import service as ratings
from santai.kernel.clocks.service import clocks_of
from santai.kernel.identity.service import get_account, person_of
from tests.law.adapters.case.acts import receive
from tests.law.adapters.case.compare import last
from tests.law.adapters.case.items import own_rule
from tests.law.adapters.case.trial import KEPT, Trial
from tests.law.adapters.case.words import BEFORE, CLOCKS, EXPECTS, KINDS, STATES, SWITCHES, Event, act, in_table, refusal

KINDS["好差评"] = KINDS["许可"]
KEPT += [ratings.Rating, Redress]


@in_table(BEFORE, "好差评")
def _finished_service(trial: Trial) -> None:
    """Filed before, and told to be complete."""
    receive(trial, {"channel": "线上", "materials": "齐全"})
    CaseView.objects.filter(case_no=trial.case_no).update(state="completed", organisation_name="人力资源和社会保障局")


@act("rate", "grade", "by", "real_name")
def rate(trial: Trial, event: Event) -> None:
    account, actor, party = trial.applicant
    if event["by"] == "工作人员":
        account = get_account(trial.official("examiner").account)
        actor, party = trial.official("examiner"), person_of(account)
    occasion = ratings.occasion_of_case(case_no=trial.case_no, actor=actor, party=party)
    ratings.rate(
        occasion=occasion, level=event["grade"], contact_wanted=event["real_name"], contact=account.phone, actor=actor, at=trial.at
    )


def order(trial: Trial) -> Redress:
    return Redress.objects.select_related("case").get(rated_case_no=trial.case_no)


@act("contact_rater")
def contact_rater(trial: Trial, event: Event) -> None:
    workorders.contact_rater(case_no=order(trial).case_id, note="电话联系", actor=trial.official("examiner"), at=trial.at)


@act("report_rectified", "result", when=lambda row, event: row.kind == "好差评")
def report_rectified(trial: Trial, event: Event) -> None:
    workorders.report_rectified(case_no=order(trial).case_id, answer=event["result"], actor=trial.official("examiner"), at=trial.at)


@act("revisit")
def revisit(trial: Trial, event: Event) -> None:
    workorders.revisit_rater(case_no=order(trial).case_id, satisfied=True, note="回访", actor=trial.official("examiner"), at=trial.at)


@act("close", when=lambda row, event: row.kind == "好差评")
def close(trial: Trial, event: Event) -> None:
    workorders.close_redress(case_no=order(trial).case_id, actor=trial.official("decider"), at=trial.at)


@in_table(SWITCHES, "rectify_rating")
def _rectify_within(trial: Trial, said: dict[str, Any]) -> None:
    own_rule(
        "rating-rectify", title="差评整改时限", kind="step", trigger="rating", unit="working_day", length=said["days"], law=said["source"]
    )


def _of_order(rule: str) -> Any:
    def clock(trial: Trial) -> Any:
        redress = Redress.objects.filter(rated_case_no=trial.case_no).first()
        return last([one for one in clocks_of(f"case:{redress.case_id}") if one.rule == rule], "step", "answer") if redress else None

    return clock


CLOCKS["contact"] = _of_order("rating-contact-1")
CLOCKS["rectify"] = _of_order("rating-rectify")


@in_table(EXPECTS, "rated")
def rated(trial: Trial, wanted: Any) -> None:
    found = ratings.rating_of(f"case:{trial.case_no}")
    assert (found.level if found else "none") == wanted


@in_table(EXPECTS, "bad")
def bad(trial: Trial, wanted: bool) -> None:
    """Counted as bad, and something is done about it."""
    found = ratings.rating_of(f"case:{trial.case_no}")
    assert found is not None and found.follow_up is wanted
    assert Redress.objects.filter(rated_case_no=trial.case_no).exists() is wanted


STATES["closed"] = lambda trial: Redress.objects.filter(rated_case_no=trial.case_no).exclude(closed_at=None).exists()

refusal("grade_out_of_range", "front.ratings.rating_incomplete")
refusal("already_rated", "front.ratings.rated_already")
refusal("revisit_missing", "back.workorders.revisit_missing")
refusal("not_applicant", "front.hall.not_found")
