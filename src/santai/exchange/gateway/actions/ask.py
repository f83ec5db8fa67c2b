"""Ask another desk a question: with a purpose, under a grant, on the record; across a gap as the query declares."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from santai.exchange.bus.service import LinkDown, call_zone
from santai.exchange.contracts import service as contracts
from santai.exchange.contracts.service import Query, decode, encode
from santai.exchange.gateway import queries, rules
from santai.exchange.gateway.actions.replicas import answer_from_replica
from santai.exchange.gateway.actions.wait import answered, keep_waiting, question_of
from santai.exchange.gateway.errors import Deferred, NotGranted, ProviderRefused, PurposeMissing, TooManyAsks, Unavailable
from santai.exchange.gateway.messages import Asked, Later
from santai.exchange.gateway.models import Ask, WaitingAsk
from santai.kernel.ledger.service import Actor, ActRefused, append, flush, record, together

PATH = "/exchange/gateway/ask/"


def ask(query: Query, *, actor: Actor, purpose: str, subject: str, at: datetime, may_wait: bool = False) -> Any:
    """The provider's answer to ``query``.

    ``purpose``: what the answer is for (``预填申请表``); ``subject``: the case, draft or duty it serves (``case:…``, ``draft:…``,
    ``duty:…``). When the provider's zone cannot be reached, the query's class says what happens (``Query.across_gap``); ``may_wait``:
    a later answer is of use to the asker, who finds it by ``answers_for``. Raises PurposeMissing, NotGranted (personal data without a
    grant), TooManyAsks, Unavailable, Deferred (the question is kept), or the provider's own refusal.
    """
    if not purpose.strip() or ":" not in subject or not subject.partition(":")[2].strip():
        raise PurposeMissing
    asked = Asked(actor=actor, purpose=purpose.strip(), subject=subject, at=at, zone=settings.ZONE)
    there = settings.ZONE_OF_ROOM(query.provider)
    if settings.ZONE in ("all", there) or query.provider in settings.ROOMS:
        return answer(query, asked)
    try:
        return _across(query, asked, there)
    except Unavailable:
        return _without_the_provider(query, asked, may_wait)


def _without_the_provider(query: Query, asked: Asked, may_wait: bool) -> Any:
    """The other zone is away: what the query declared."""
    if query.across_gap == "replica":
        found = answer_from_replica(query)
        if found is not None:
            _keep(query, asked, outcome="replica")
            return found
    if query.across_gap == "deferred" and may_wait:
        keep_waiting(query, asked, digest=digest_of(query))
        _keep(query, asked, outcome="deferred")
        raise Deferred
    _keep(query, asked, outcome="unavailable")
    raise Unavailable


def answer(query: Query, asked: Asked) -> Any:
    """Answer here: rate, grant, provider, mask, record. A refusal is recorded too."""
    since = asked.at - timedelta(minutes=1)
    if asked.actor.kind != "system" and Ask.objects.filter(account=asked.actor.account, at__gt=since).count() >= rules.RATE_PER_MINUTE:
        raise TooManyAsks
    provider = rules.PROVIDERS.get(query.name)
    if provider is None:
        raise Unavailable
    grants: list[rules.Grant] = []
    if query.personal:
        grants = rules.matching(queries.grants_for(query.name), query=query.name, askers=_askers(asked), purpose=asked.purpose)
        if not grants:
            _keep(query, asked, outcome=NotGranted.code)
            raise NotGranted
    try:
        with transaction.atomic(), together():
            found = provider(query, asked)
            _keep(query, asked, outcome="answered")
            flush()  # within somebody else's act this is a savepoint, which is kept or not with its record
    except ActRefused as refusal:
        _keep(query, asked, outcome=refusal.code)
        raise
    return rules.opened(found, grants) if query.personal else found


def _askers(asked: Asked) -> set[str]:
    """The names under which grants know the asker."""
    actor = asked.actor
    names = {actor.kind, f"subject:{asked.subject.partition(':')[0]}"}
    if actor.kind == "system":
        names.add(f"system:{actor.account}")
    if actor.organisation:
        names.add(f"organisation:{actor.organisation}")
    if actor.post:
        names.add(f"post:{actor.post}")
    return names


def digest_of(query: Query) -> str:
    """What was asked, without saying it."""
    content = json.dumps(encode(query), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def _keep(query: Query, asked: Asked, *, outcome: str) -> None:
    digest = digest_of(query)
    actor = asked.actor
    with transaction.atomic(savepoint=False):
        append(
            Ask(
                at=asked.at,
                query=query.name,
                purpose=asked.purpose[:200],
                subject=asked.subject[:200],
                account=actor.account,
                name=actor.name,
                organisation_name=actor.organisation_name,
                zone=asked.zone,
                outcome=outcome,
                digest=digest,
            )
        )
        record(
            actor=actor,
            act="exchange.gateway.ask",
            on=asked.subject,
            at=asked.at,
            purpose=asked.purpose[:200],
            details={"query": query.name, "digest": digest, "outcome": outcome, "zone": asked.zone},
        )


def _across(query: Query, asked: Asked, zone: str) -> Any:
    body = {
        "query": query.name,
        "content": encode(query),
        "actor": encode(asked.actor),
        "purpose": asked.purpose,
        "subject": asked.subject,
        "at": asked.at.isoformat(),
    }
    try:
        reply = json.loads(call_zone(zone, PATH, json.dumps(body, ensure_ascii=False).encode(), timeout=8.0))
    except LinkDown as down:
        raise Unavailable from down
    if "refused" in reply:
        refused = reply["refused"]
        kinds = {kind.code: kind for kind in (NotGranted, TooManyAsks, PurposeMissing, Unavailable)}
        if refused["code"] in kinds:
            raise kinds[refused["code"]](refused["message"], fields=refused.get("fields") or None)
        raise ProviderRefused(refused["code"], refused["message"], fields=refused.get("fields") or None)
    return unpacked(reply)


def packed(value: Any) -> dict[str, Any]:
    """An answer on its way to another zone: contract classes by name, anything else as plain data."""
    name = type(value).__name__
    known = getattr(contracts, name, None)
    return {"kind": name if known is type(value) else "", "answer": encode(value)}


def unpacked(reply: dict[str, Any]) -> Any:
    kind = getattr(contracts, reply["kind"], None) if reply.get("kind") else None
    return decode(kind, reply["answer"]) if isinstance(kind, type) else reply["answer"]


def answer_from(zone: str, body: dict[str, Any]) -> dict[str, Any]:
    """A neighbour's question: the reply to send back. The neighbour is trusted to name the actor; grants are checked here."""
    kind = rules.class_of(body["query"])
    if kind is None:
        raise Unavailable
    asked = Asked(
        actor=decode(Actor, body["actor"]),
        purpose=str(body["purpose"]),
        subject=str(body["subject"]),
        at=datetime.fromisoformat(body["at"]),
        zone=zone,
    )
    if not asked.purpose.strip() or ":" not in asked.subject:
        raise PurposeMissing
    query = decode(kind, body["content"])
    if query.provider not in settings.ROOMS:  # the hub passes it on
        return packed(_across(query, asked, settings.ZONE_OF_ROOM(query.provider)))
    return packed(answer(query, asked))


def ask_waiting(*, at: datetime, limit: int = 20) -> int:
    """Ask the kept questions in the name and for the purpose of who asked them; returns how many got their answer or refusal.

    The first that finds the line still down ends the round.
    """
    done = 0
    for kept in WaitingAsk.objects.filter(answered_at=None).order_by("asked_at")[:limit]:
        query = question_of(kept)
        if query is None:
            answered(kept, outcome=Unavailable.code, answer=None, at=at)
            continue
        asked = Asked(actor=decode(Actor, kept.actor), purpose=kept.purpose, subject=kept.subject, at=at, zone=settings.ZONE)
        there = settings.ZONE_OF_ROOM(query.provider)
        try:
            here = settings.ZONE in ("all", there) or query.provider in settings.ROOMS
            found = answer(query, asked) if here else _across(query, asked, there)
        except (Unavailable, TooManyAsks):
            return done
        except ActRefused as refusal:
            answered(kept, outcome=refusal.code, answer=None, at=at)
        else:
            answered(kept, outcome="answered", answer=packed(found), at=at)
        done += 1
    return done


def answers_for(*, subject: str, organisation: str) -> list[Later]:
    """Questions of a body on a subject that had to wait, the latest last: still waiting, answered, or refused."""
    rows = WaitingAsk.objects.filter(subject=subject, organisation=organisation).order_by("asked_at", "id")
    return [
        Later(
            query=query,
            asked_at=row.asked_at,
            answered_at=row.answered_at,
            outcome=row.outcome,
            answer=unpacked(row.answer) if row.answer else None,
        )
        for row in rows
        if (query := question_of(row)) is not None
    ]
