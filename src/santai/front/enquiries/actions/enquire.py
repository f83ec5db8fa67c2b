"""Answer one enquiry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from santai.exchange.contracts.service import QUERIES, encode
from santai.exchange.gateway.service import ask
from santai.front.enquiries.errors import AnswersWrong
from santai.front.enquiries.models import Enquiry, EnquiryUse
from santai.front.enquiries.rules import answers
from santai.kernel.flow.service import evaluate_decision
from santai.kernel.ledger.service import Actor


def enquire(*, enquiry: Enquiry, typed: Mapping[str, str], actor: Actor, at: datetime) -> dict[str, Any]:
    """``{"facts": [(label, value)], "columns": […], "rows": [[…]], "origin", "as_of"}``. AnswersWrong with ``fields``; the
    gateway's refusals.

    Nothing of what was typed is kept; the use is counted.
    """
    definition = enquiry.definition
    values, wrong = answers(definition.get("inputs") or [], typed)
    if wrong:
        raise AnswersWrong(fields=wrong)
    via = definition["via"]
    found = _worked_out(via, values) if "table" in via else _asked(enquiry.key, via, values, actor, at)
    _count(enquiry, at)
    return found


def _worked_out(via: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    given = evaluate_decision(via["table"], values)
    facts = [(label, given.get(name)) for name, label in via["shows"].items() if given.get(name) not in (None, "")]
    return {"facts": facts, "columns": [], "rows": [], "origin": "", "as_of": ""}


def _asked(key: str, via: Mapping[str, Any], values: dict[str, Any], actor: Actor, at: datetime) -> dict[str, Any]:
    query = QUERIES[via["query"]](**{name: values[question] for name, question in via["ask"].items() if values[question] is not None})
    answer = encode(ask(query, actor=actor, purpose="便民查询", subject=f"duty:enquiry-{key}", at=at))
    shows = via["shows"]
    found: dict[str, Any] = {"facts": [], "columns": [], "rows": [], "origin": answer.get("origin", ""), "as_of": answer.get("as_of", "")}
    if "entries" in answer:
        found |= {"columns": list(shows.values()), "rows": [[_plain(row.get(name)) for name in shows] for row in answer.get("entries", [])]}
    else:
        found["facts"] = [(label, _plain(answer.get(name))) for name, label in shows.items() if name in answer]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else value if value is not None else ""


@transaction.atomic
def _count(enquiry: Enquiry, at: datetime) -> None:
    use, _ = EnquiryUse.objects.get_or_create(enquiry=enquiry, day=localdate(at))
    EnquiryUse.objects.filter(pk=use.pk).update(count=F("count") + 1)
