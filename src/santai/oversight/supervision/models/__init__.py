from santai.oversight.supervision.models.card import Card, CardLine
from santai.oversight.supervision.models.figure import DayFigure, Standing, Tally
from santai.oversight.supervision.models.rule import RuleRow
from santai.oversight.supervision.models.watched import WatchedCase, WatchedClock, WatchedEvent, WatchedPart

__all__ = ["Card", "CardLine", "DayFigure", "RuleRow", "Standing", "Tally", "WatchedCase", "WatchedClock", "WatchedEvent", "WatchedPart"]
