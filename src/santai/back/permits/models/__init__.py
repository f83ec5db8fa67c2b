"""What follows a decision."""

from santai.back.permits.models.licence import HeldLicence, LicenceAct, LicenceCase
from santai.back.permits.models.promise import Commitment, GivenPromise, PromisedMaterial
from santai.back.permits.models.publication import Publication, PublicationQuestion
from santai.back.permits.models.sequel import Handover

__all__ = [
    "Commitment",
    "GivenPromise",
    "Handover",
    "HeldLicence",
    "LicenceAct",
    "LicenceCase",
    "PromisedMaterial",
    "Publication",
    "PublicationQuestion",
]
