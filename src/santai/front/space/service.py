"""The door of the space: what a person or firm has, and the few acts that belong here."""

from santai.front.space.actions.grant import grant, revoke
from santai.front.space.actions.read_message import keep_unread, read_all, read_message
from santai.front.space.actions.take_notice import take_notice
from santai.front.space.errors import GrantIncomplete, MessageNotFound, NotForAFirm
from santai.front.space.models import InboxMessage
from santai.front.space.queries import (
    Authority,
    Licence,
    Page,
    access_paper,
    capacities,
    cases,
    counts,
    discarded_draft,
    documents,
    drafts,
    file_here,
    firm_items,
    granted,
    inbox,
    licence,
    licences,
    messages,
    received,
    verify_address,
    visible_cases,
    waiting,
)

__all__ = [
    "Authority",
    "GrantIncomplete",
    "InboxMessage",
    "Licence",
    "MessageNotFound",
    "NotForAFirm",
    "Page",
    "access_paper",
    "capacities",
    "cases",
    "counts",
    "discarded_draft",
    "documents",
    "drafts",
    "file_here",
    "firm_items",
    "grant",
    "granted",
    "inbox",
    "keep_unread",
    "licence",
    "licences",
    "messages",
    "read_all",
    "read_message",
    "received",
    "revoke",
    "take_notice",
    "verify_address",
    "visible_cases",
    "waiting",
]
