"""Who an organ is to the law: what stands against its decisions."""

from santai.back.approvals.errors import RemedyUnverified
from santai.back.approvals.rules.remedies import DecisionKind, OrganFacts, Remedies, organ_kind, remedies_for
from santai.kernel.orgs.service import Organisation, Region, get_organisation, successor_of


def organ_facts(code: str) -> OrganFacts:
    """The organ by its code; one that was merged is answered for by its successor."""
    organisation = get_organisation(code)
    successor = successor_of(organisation)
    names = _places(organisation.region)
    return OrganFacts(
        name=organisation.name,
        kind=organ_kind(organisation.name, level=organisation.level, remedy=organisation.remedy),
        district=names.get("district", ""),
        city=names.get("city", ""),
        superior=_above(organisation),
        merged_into=successor.name if successor.code != organisation.code else "",
    )


def remedies_of(code: str, decision: DecisionKind) -> Remedies:
    """The remedies against a decision of the organ. RemedyUnverified: never printed from a guess."""
    return remedies_of_facts(organ_facts(code), decision)


def remedies_of_facts(organ: OrganFacts, decision: DecisionKind) -> Remedies:
    """The same for an organ told by its facts. RemedyUnverified."""
    found = remedies_for(organ, decision)
    if found is None:
        raise RemedyUnverified()
    return found


def remedies_known(code: str) -> bool:
    """Is it settled who reviews this organ's decisions? Without it no refusal goes out."""
    return remedies_for(organ_facts(code), "refused") is not None


def _above(organisation: Organisation) -> str:
    """The organ above, of those that are led from above (税务 海关)."""
    return str(organisation.parent.name) if organisation.vertical and organisation.parent else ""


def _places(region: Region) -> dict[str, str]:
    """Names of the divisions from here to the top, by level."""
    names: dict[str, str] = {}
    here: Region | None = region
    while here is not None:
        names.setdefault(here.level, here.name)
        here = here.parent
    return names


def remedy_text(code: str) -> str:
    """What a refusal by this organ will say of the remedies; that it is not settled yet where nobody knows."""
    found = remedies_for(organ_facts(code), "refused")
    return "".join(found.sentences) if found else "本机关的复议机关尚未核实，核实以前不能作出不予决定。"
