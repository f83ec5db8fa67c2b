from django.urls import path

from santai.exchange.items import views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/new/", views.begin, name="begin"),
    path("drafts/import/", views.import_sheet, name="import"),
    path("drafts/<uuid:draft_id>/", views.draft, name="draft"),
    path("drafts/<uuid:draft_id>/move/", views.move, name="move"),
    path("drafts/<uuid:draft_id>/changes/", views.changes, name="changes"),
    path("drafts/<uuid:draft_id>/<slug:group>/", views.edit, name="edit"),
    path("drafts/<uuid:draft_id>/<slug:group>/lint/", views.lint, name="lint"),
    path("basic/", views.basic, name="basic"),
    path("basic/claim/", views.claim, name="claim"),
    path("powers/", views.powers, name="powers"),
    path("template.xlsx", views.template, name="template"),
    path("export.xlsx", views.export, name="export"),
    path("<str:code>/", views.item, name="item"),
    path("<str:code>/change/", views.begin_change, name="begin_change"),
    path("<str:code>/export.xlsx", views.export_one, name="export_one"),
    path("<str:code>/v<int:version>/", views.version, name="version"),
    path("<str:code>/compare/", views.compare, name="compare"),
]
