"""Ports: what other rooms add to an approval's acts. They register when they are ready; nobody registered, nothing is added.

Each callable runs inside the act's transaction; a check refuses by raising ActRefused. Arguments are keywords.
"""

from collections.abc import Callable
from typing import Any

Port = Callable[..., Any]

OPENED: list[Port] = []  # (case, message, at): an application has become a case
BEFORE_DEFECTS: list[Port] = []  # (case, defects): may these corrections be asked for?
BEFORE_ACCEPT: list[Port] = []  # (case, deemed, at): may the case be accepted?
CLOCK_RULES: list[Port] = []  # (case, branch) → clock rules of the decision instead of the item's, or None
FOLLOWS_LATER: list[Port] = []  # (case) → codes of materials that were promised for later, besides those the application itself promises
ACCEPTED: list[Port] = []  # (case, actor, at)
BEFORE_DECIDE: list[Port] = []  # (sub_case, outcome, reason, at): may this be decided now?
ANNULLED: list[Port] = []  # (case, sub_case, why, actor, at): review or judgment set the decision aside; what it gave falls with it
CONCLUDED: list[Port] = []  # (case, sub_case, outcome, document_no, actor, at): a part has ended


def each(ports: list[Port], **given: Any) -> None:
    """Call every registered one, in the order of registration."""
    for port in ports:
        port(**given)


def first(ports: list[Port], **given: Any) -> Any:
    """The first answer that is not None."""
    return next((answer for port in ports if (answer := port(**given)) is not None), None)
