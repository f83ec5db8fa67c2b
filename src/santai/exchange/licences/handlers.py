"""Messages in, questions in: one call each."""

from santai.exchange.bus.service import Envelope
from santai.exchange.contracts.service import LicenceActDecided, LicencesAnswer, LicencesOfHolder, LicenceWanted
from santai.exchange.gateway.service import Asked
from santai.exchange.licences import service


def on_licence_wanted(message: LicenceWanted, envelope: Envelope) -> None:
    service.issue_wanted(message, actor=envelope.actor)


def on_licence_act_decided(message: LicenceActDecided, envelope: Envelope) -> None:
    service.apply_act(decided=message, actor=envelope.actor)


def answer_licences_of_holder(query: LicencesOfHolder, asked: Asked) -> LicencesAnswer:
    return service.offer_licences(query, purpose=asked.purpose, subject=asked.subject, actor=asked.actor, at=asked.at)
