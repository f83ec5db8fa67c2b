"""Addresses of the hall."""

from django.urls import path

from santai.front.hall import api
from santai.front.hall.views import cases, corrections, drafts, items, later, materials, signing

urlpatterns = [
    path("", items.home, name="home"),
    path("items/<str:code>/", items.guide, name="guide"),
    path("items/<str:code>/print/", items.guide_print, name="guide_print"),
    path("items/<str:code>/questions/", items.questions, name="questions"),
    path("items/<str:code>/start/", items.start, name="start"),
    path("drafts/<uuid:draft_id>/", drafts.home, name="draft"),
    path("drafts/<uuid:draft_id>/next/", drafts.go_on, name="next"),
    path("drafts/<uuid:draft_id>/sections/<str:section_id>/", drafts.section, name="section"),
    path("drafts/<uuid:draft_id>/name/", drafts.name, name="name"),
    path("drafts/<uuid:draft_id>/scope/", drafts.scope, name="scope"),
    path("drafts/<uuid:draft_id>/address/", drafts.address, name="address"),
    path("drafts/<uuid:draft_id>/sample/", drafts.sample, name="sample"),
    path("drafts/<uuid:draft_id>/materials/<str:code>/", materials.material, name="material"),
    path("drafts/<uuid:draft_id>/commitment/", later.commitment, name="commitment"),
    path("drafts/<uuid:draft_id>/signatures/", signing.signatures, name="signatures"),
    path("drafts/<uuid:draft_id>/check/", drafts.checking, name="check"),
    path("drafts/<uuid:draft_id>/submit/", drafts.submit, name="submit"),
    path("drafts/<uuid:draft_id>/version/", drafts.version, name="version"),
    path("drafts/<uuid:draft_id>/discard/", drafts.discard, name="discard"),
    path("drafts/<uuid:draft_id>/restore/", drafts.restore, name="restore"),
    path("sign/<uuid:invitation_id>/", signing.sign, name="sign"),
    path("filed/<str:case_no>/", cases.filed, name="filed"),
    path("filed/<str:case_no>/receipt/", cases.receipt, name="receipt"),
    path("cases/<str:case_no>/", cases.case, name="case"),
    path("cases/<str:case_no>/content/", cases.content, name="content"),
    path("cases/<str:case_no>/write/", cases.write, name="write"),
    path("cases/<str:case_no>/hearing/", cases.hearing, name="hearing"),
    path("cases/<str:case_no>/withdraw/", cases.withdraw, name="withdraw"),
    path("cases/<str:case_no>/commitment/", later.withdraw_commitment, name="withdraw_commitment"),
    path("cases/<str:case_no>/promised/<str:code>/", later.promised, name="promised"),
    path("licences/<str:identifier>/start/", later.from_licence, name="from_licence"),
    path("cases/<str:case_no>/clock/", cases.clock, name="clock"),
    path("cases/<str:case_no>/correction/", corrections.correction, name="correction"),
    path("cases/<str:case_no>/correction/sections/<str:section_id>/", corrections.section, name="correction_section"),
    path("cases/<str:case_no>/correction/materials/<str:code>/", corrections.material, name="correction_material"),
    path("papers/<path:document_no>/", cases.paper, name="paper"),
    path("track/", cases.track, name="track"),
    path("track/<str:case_no>/", cases.tracked, name="tracked"),
    path("api/applications/", api.applications, name="api_applications"),
]
