"""AB 角 at the desk: who is away names a stand-in, and what was claimed reaches them; what they still hold afterwards comes back."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from santai.kernel.flow.service import Task, release_task, transfer_task
from santai.kernel.identity.service import PostHolding, PostNotHeld, end_stand_in, holdings_of, name_stand_in, stand_ins
from santai.kernel.ledger.service import Actor, system_actor

WHY = "缺勤，由 B 角代理"


@transaction.atomic
def be_absent(*, deputy: str, valid_from: str, valid_to: str, why: str, actor: Actor, at: datetime) -> int:
    """Name the stand-in; when it begins today, claimed steps pass at once, else the sweep passes them that morning. Returns how many.

    Errors: those of ``name_stand_in``.
    """
    holding = name_stand_in(deputy=deputy, valid_from=valid_from, valid_to=valid_to, why=why, actor=actor, at=at)
    holding = stand_ins(absent=actor.account).get(pk=holding.pk)
    return pass_on(holding, at) if holding.valid_from <= localdate(at) else 0


@transaction.atomic
def come_back(*, holding: UUID | str, actor: Actor, at: datetime) -> None:
    """Back early: the deputy's rights end, what they claimed in one's place is free again. PostNotHeld."""
    if not _is_uuid(holding):
        raise PostNotHeld("没有这项代理，或者已经结束。")
    found = end_stand_in(holding=holding, actor=actor, at=at)
    free(found, at)


def _is_uuid(text: UUID | str) -> bool:
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True


def pass_on(holding: PostHolding, at: datetime) -> int:
    """What the absent one has claimed in this post goes to the stand-in; what waits for anybody is seen by them in the post anyhow."""
    done = 0
    for task in _claimed(str(holding.delegated_from_id), holding):
        to = holding.account
        transfer_task(task=task, to_account=str(to.pk), to_name=to.name, actor=system_actor("back.desk"), at=at, why=WHY)
        done += 1
    return done


def free(holding: PostHolding, at: datetime) -> int:
    """What the stand-in holds only by this post waits for everybody in it again."""
    own = holdings_of(holding.account_id, localdate(at)).exclude(pk=holding.pk).filter(post__organisation=holding.post.organisation_id)
    roles = {role for one in own for role in one.post.roles}
    done = 0
    for task in _claimed(str(holding.account_id), holding):
        if task.role not in roles:
            release_task(task=task, actor=system_actor("back.desk"), at=at, why="代理结束")
            done += 1
    return done


def keep_stand_ins(*, at: datetime) -> int:
    """For the sweep: begun ones get what was claimed, ended ones give back."""
    today: date = localdate(at)
    done = sum(pass_on(one, at) for one in stand_ins(on=today))
    ended = stand_ins(since=today - timedelta(days=7)).filter(valid_to__lt=today)
    return done + sum(free(one, at) for one in ended)


def _claimed(account: str, holding: PostHolding) -> list[Task]:
    return list(
        Task.objects.filter(
            account=account, state=Task.CLAIMED, organisation=holding.post.organisation_id, role__in=list(holding.post.roles)
        )
    )
