"""Refusals about regions, organisations and posts."""

from santai.kernel.ledger.service import ActRefused


class UnknownOrganisation(ActRefused):
    code = "kernel.orgs.unknown_organisation"
    message = "没有这个单位，请在单位名录中查找。"


class UnknownRegion(ActRefused):
    code = "kernel.orgs.unknown_region"
    message = "没有这个区划，请在单位名录中查找。"


class UnknownPost(ActRefused):
    code = "kernel.orgs.unknown_post"
    message = "没有这个岗位。"


class OrganisationEnded(ActRefused):
    code = "kernel.orgs.organisation_ended"
    message = "这个单位已经撤销或并入其他单位，不能再变更。请到承接其职能的单位办理。"
