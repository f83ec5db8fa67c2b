"""Copies of reference entries: every zone keeps its own, fetched while the line is there, for when it is not."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings

from santai.exchange.bus.service import LinkDown, call_zone
from santai.exchange.contracts.service import QUERIES, Query, SearchAnswer
from santai.exchange.gateway import rules
from santai.exchange.gateway.errors import Unavailable
from santai.exchange.gateway.models import Replica

PATH = "/exchange/gateway/replica/"


def offer_replica(name: str, *, version: str) -> dict[str, Any]:
    """What a neighbour gets who has ``version``: nothing new, or the entries as they stand; Unavailable for what is not offered."""
    entries = rules.ORIGINALS.get(name)
    if entries is None:
        raise Unavailable
    origin, rows = entries()
    now_version = hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return {"version": now_version} if now_version == version else {"version": now_version, "origin": origin, "entries": rows}


def refresh_replicas(now: datetime) -> int:
    """Fetch what changed of every copy this zone needs. A zone that cannot be reached leaves the copy as it was."""
    for kind in wanted():
        known = Replica.objects.filter(query=kind.name).only("version").first()
        body = json.dumps({"query": kind.name, "version": known.version if known else ""}).encode()
        try:
            reply = json.loads(call_zone(settings.ZONE_OF_ROOM(kind.provider), PATH, body, timeout=20.0))
        except LinkDown:
            continue
        if "entries" in reply:
            facts = {"version": reply["version"], "origin": reply["origin"], "entries": reply["entries"], "as_of": now}
            Replica.objects.update_or_create(query=kind.name, defaults=facts)
        elif known and reply.get("version") == known.version:
            Replica.objects.filter(query=kind.name).update(as_of=now)
    return 0  # never at once again: the interval is the pace


def wanted() -> list[type[Query]]:
    """The queries this zone keeps a copy for: those that declare it and are answered elsewhere."""
    if settings.ZONE == "all":
        return []
    return [kind for kind in QUERIES.values() if kind.across_gap == "replica" and kind.provider not in settings.ROOMS]


def answer_from_replica(query: Query) -> SearchAnswer | None:
    """The copy's answer, saying of when it is; None while there is no copy."""
    copy = Replica.objects.filter(query=query.name).first()
    if copy is None:
        return None
    found = rules.found_in(
        copy.entries, text=str(getattr(query, "text", "")), fields=query.replica_fields, limit=int(getattr(query, "limit", 20))
    )
    return SearchAnswer(entries=tuple(found), origin=copy.origin, as_of=copy.as_of.isoformat())
