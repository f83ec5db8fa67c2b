"""The door of the leader's page."""

from santai.oversight.cockpit.queries import Overview, overview
from santai.oversight.cockpit.rules import Line, against, finding_on_time, finding_running

__all__ = ["Line", "Overview", "against", "finding_on_time", "finding_running", "overview"]
