"""What the window keeps. The application itself is the hall's draft and application."""

from santai.front.counter.models.handout import HandOut, Reminder, ServiceAddress, ServiceTry
from santai.front.counter.models.running import HallDay, HallHours, Outage
from santai.front.counter.models.trouble import HelperClient, Trouble
from santai.front.counter.models.visit import Intake, Receipt, TakenBack, Visit

__all__ = [
    "HallDay",
    "HallHours",
    "HandOut",
    "HelperClient",
    "Intake",
    "Outage",
    "Receipt",
    "Reminder",
    "ServiceAddress",
    "ServiceTry",
    "TakenBack",
    "Trouble",
    "Visit",
]
