"""Versions of an item while cases run, the applicant's account level, and the authority an agent files under."""

from dataclasses import replace
from datetime import date
from typing import Any

from santai.exchange.contracts.service import ItemDefinition
from santai.exchange.items.service import publish_item, withdraw_item
from santai.kernel.identity.models import Account, Authorisation
from santai.kernel.identity.service import actor_for_account, companies_of, find_account, revoke_authorisation
from santai.kernel.ledger.service import system_actor
from tests.law.adapters.case.acts import receive, supply
from tests.law.adapters.case.items import limit, own_rule
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import APPLICANT, EXPECTS, GIVENS, ITEM_FIELDS, Event, act, in_table, refusal
from tests.law.table import Row
from tests.support import walk

FIRM = "91189901MA81000100"


def _only_the_promise(row: Row, event: Event) -> bool:
    return event.get("fields", {}).keys() <= {"promised"}


@act("publish_item", "version", "effective", "fields", when=_only_the_promise)
def publish(trial: Trial, event: Event) -> None:
    """The row's nth version is the platform's nth after the one every row begins with."""
    versions = trial.facts.setdefault("versions", {})
    item: ItemDefinition = replace(trial.item, version=event["version"] + 1, effective_on=event["effective"])
    if promised := event.get("fields", {}).get("promised"):
        rule = own_rule(
            f"law-{trial.row.id}-{event['version']}",
            title="承诺时限",
            kind="promised",
            law="实施清单",
            counts_from="受理之日",
            **limit(promised),
        )
        item = replace(item, clocks=replace(item.clocks, promised=rule))
    publish_item(definition=item, actor=system_actor("tests"), at=trial.at)
    versions[event["version"]] = item.version
    trial.settle()


@act("withdraw_item", "effective")
def withdraw(trial: Trial, event: Event) -> None:
    withdraw_item(
        code=trial.item.code, reason="取消", actor=system_actor("tests"), at=trial.at, ends_on=date.fromisoformat(event["effective"])
    )
    trial.settle()


@in_table(EXPECTS, "item_version")
def item_version(trial: Trial, wanted: int) -> None:
    has = trial.case.item_version
    assert has == trial.facts.get("versions", {}).get(wanted, wanted), has


@in_table(ITEM_FIELDS, "level")
def level(terms: dict[str, Any], value: int, row: Row) -> None:
    terms["assurance_level"] = value


@act("receive", "channel", "materials", "checked_in_person", when=lambda row, event: event["channel"] == "窗口")
def seen_in_person(trial: Trial, event: Event) -> None:
    receive(trial, event)


@in_table(GIVENS, "applicant")
def applicant(trial: Trial, said: dict[str, Any]) -> None:
    for name, value in sorted(said.items(), reverse=True):  # the type first: it says who it is
        APPLICANT[name](trial, value)


@in_table(APPLICANT, "type")
def applicant_type(trial: Trial, value: str) -> None:
    trial.facts["applicant_type"] = value


@in_table(APPLICANT, "level")
def applicant_level(trial: Trial, value: int) -> None:
    account = trial.applicant[0]
    account.level = value
    Account.objects.filter(pk=account.pk).update(level=value)


@in_table(GIVENS, "authority")
def authority(trial: Trial, said: dict[str, Any]) -> None:
    """A named person files for the firm under an authority with these dates."""
    account = Account.objects.create(login="grantee", name=said["grantee"], level=4, code_kind="resident-id", code="189901199001011216")
    Authorisation.objects.create(
        grantor_code=FIRM, grantor_name="东江云桥软件有限公司", grantee=account,
        items=[trial.item.code] if said["scope"] == ["同一事项"] else ["另一事项"],
        evidence="授权书", valid_from=date.fromisoformat(said["from"]), valid_to=date.fromisoformat(said["to"]),
    )  # fmt: skip
    trial.facts["grantee"] = said["grantee"]


@act("supply", "which", "by", when=lambda row, event: event.get("by") == row.given.get("authority", {}).get("grantee", 0))
def supply_by_agent(trial: Trial, event: Event) -> None:
    supply(trial, event)


@act("supply", "which", "by", when=lambda row, event: event.get("by") == "法定代表人")
def supply_by_the_firm_itself(trial: Trial, event: Event) -> None:
    trial.__dict__["applicant"] = walk.company("legal-rep", FIRM)
    supply(trial, event)


@act("revoke_authority")
def revoke_authority(trial: Trial, event: Event) -> None:
    granted = Authorisation.objects.get(grantor_code=FIRM, grantee__login="grantee")
    _, actor, _ = walk.company("legal-rep", FIRM)
    revoke_authorisation(authorisation=granted.pk, why="不再委托", actor=actor, at=trial.at)


@act(
    "receive",
    "channel",
    "materials",
    "missing",
    "by",
    when=lambda row, event: event.get("by") == row.given.get("authority", {}).get("grantee", 0),
)
def receive_from_agent(trial: Trial, event: Event) -> None:
    account = find_account("grantee")
    assert account is not None
    party = next(one for one in companies_of(account, on=trial.at.date()) if one.code == FIRM)
    trial.__dict__["applicant"] = (account, actor_for_account(account, represents=party), party)
    receive(trial, {key: value for key, value in event.items() if key != "by"})


refusal("item_withdrawn", "front.hall.item_not_offered")
refusal("level_too_low", "front.hall.level_too_low")
refusal("authority_expired", "kernel.identity.authorisation_expired")
refusal("authority_revoked", "kernel.identity.authorisation_revoked")
