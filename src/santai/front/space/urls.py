from django.urls import path

from santai.front.space import views

urlpatterns = [
    path("", views.home, name="home"),
    path("cases/", views.cases, name="cases"),
    path("cases/table/", views.cases_table, name="cases_table"),
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>/discard/", views.discard, name="discard"),
    path("drafts/<uuid:draft_id>/restore/", views.restore, name="restore"),
    path("documents/", views.documents, name="documents"),
    path("documents/<path:document_no>/open/", views.open_document, name="open_document"),
    path("licences/", views.licences, name="licences"),
    path("licences/<str:identifier>/", views.licence, name="licence"),
    path("licences/<str:identifier>/file/", views.licence_file, name="licence_file"),
    path("messages/", views.messages_page, name="messages"),
    path("messages/read-all/", views.read_all, name="read_all"),
    path("messages/<uuid:message_id>/", views.message, name="message"),
    path("messages/<uuid:message_id>/unread/", views.keep_unread, name="keep_unread"),
    path("authorisations/", views.authorisations, name="authorisations"),
    path("authorisations/grant/", views.grant, name="grant"),
    path("authorisations/<uuid:authorisation>/revoke/", views.revoke, name="revoke"),
    path("firm/", views.firm, name="firm"),
    path("data/", views.data, name="data"),
]
