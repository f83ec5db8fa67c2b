"""Files attached inside a form: attached, shown, taken away, refused at the field, filed; also through the interface."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ItemVersionPublished
from santai.front.hall import service as hall
from santai.kernel.clocks.service import now
from santai.kernel.files.service import file_token
from santai.kernel.forms.models import FormDefinition
from santai.kernel.forms.service import install_form
from santai.kernel.ledger.service import system_actor
from tests.front.hall.test_pages import ANSWERS, UNEMPLOYMENT, _picture, text_of
from tests.support import walk

Enter = Callable[..., Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(enter: Enter) -> hall.Draft:
    """An application whose form asks for proofs of training among its questions."""
    old = FormDefinition.objects.get(key="unemployment-registration", version=1).definition
    form = json.loads(json.dumps(old)) | {"version": 9}
    form["schema"]["properties"]["proofs"] = {"type": "array", "title": "培训证明", "x-en": "Proofs of training", "x-source": "test"}
    section = next(one for one in form["layout"]["sections"] if one["id"] == "registration")
    section["fields"].append({"field": "proofs", "widget": "files", "accepted_types": ["application/pdf"], "max_files": 2})
    install_form(definition=form, actor=system_actor("tests"), at=now())
    item = replace(hall.current_item(UNEMPLOYMENT), version=9, form_version=9)
    published = ItemVersionPublished(definition=item, published_at=now().isoformat())
    publish(published, actor=system_actor("tests"), order_key=item.code, at=now())
    walk.deliver()
    return walk.start(walk.citizen("resident"), UNEMPLOYMENT, ANSWERS)


def pdf(name: str, mark: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, _picture("pdf") + mark, content_type="application/pdf")


def send(visitor: Client, draft: hall.Draft, **post: Any) -> Any:
    draft.refresh_from_db()
    address = f"/front/hall/drafts/{draft.id}/sections/registration/"
    return visitor.post(address, {"revision": draft.revision, "_shown": ["help", "insured", "pledge"], **flat(ANSWERS), **post})


def flat(answers: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value).lower() if isinstance(value, bool) else value for key, value in answers.items()}


def in_post(official: Client, post: str) -> Client:
    official.post("/kernel/identity/switch/", {"key": f"post:{post}"})
    return official


def names(draft: hall.Draft) -> list[str]:
    draft.refresh_from_db()
    return [one["name"] for one in draft.data.get("proofs", [])]


def test_a_file_is_attached_shown_with_a_link_and_taken_away(enter: Enter, draft: hall.Draft) -> None:
    visitor = enter("resident")
    page = visitor.get(f"/front/hall/drafts/{draft.id}/sections/registration/").content.decode()
    assert 'enctype="multipart/form-data"' in page and "data-ticket=" in page and "kernel_files/upload" in page
    assert send(visitor, draft, proofs=[pdf("焊工证.pdf")]).status_code == 302
    assert names(draft) == ["焊工证.pdf"]
    assert send(visitor, draft).status_code == 302 and names(draft) == ["焊工证.pdf"], "saving the section again loses nothing"
    for place in (f"drafts/{draft.id}/sections/registration/", f"drafts/{draft.id}/check/"):
        html = visitor.get(f"/front/hall/{place}").content.decode()
        assert "焊工证.pdf</a>" in html, place
    digest = draft.data["proofs"][0]["digest"]
    shown = send(visitor, draft, _remove_file=f"proofs.{digest}")
    assert shown.status_code == 200 and names(draft) == [], "the same page again, without errors"


def test_what_may_not_be_attached_is_told_at_the_field_and_the_entry_kept(enter: Enter, draft: hall.Draft) -> None:
    visitor = enter("resident")
    program = SimpleUploadedFile("证.pdf", b"MZ\x90\x00" + b"\x00" * 400, content_type="application/pdf")
    answer = send(visitor, draft, proofs=[program], skills="焊工")
    assert answer.status_code == 422 and 'id="f-proofs-error"' in answer.content.decode()
    assert names(draft) == [] and draft.data["skills"] == "焊工"
    many = send(visitor, draft, proofs=[pdf(f"{number}.pdf", b"%%%d" % number) for number in range(3)])
    assert many.status_code == 422 and "最多 2 个文件" in text_of(many.content)


def test_only_what_one_uploaded_oneself_is_attached(enter: Enter, draft: hall.Draft) -> None:
    others = walk.citizen("resident2")[1]
    answer = send(enter("resident"), draft, **{"proofs.token": file_token(walk.paper("别人的.pdf"), others)})
    assert answer.status_code == 422 and names(draft) == []
    own = walk.citizen("resident")[1]
    assert send(enter("resident"), draft, **{"proofs.token": file_token(walk.paper("自己的.pdf"), own)}).status_code == 302
    assert names(draft) == ["自己的.pdf"]


def test_attached_files_are_filed_and_open_from_what_was_submitted(enter: Enter, draft: hall.Draft) -> None:
    visitor = enter("resident")
    send(visitor, draft, proofs=[pdf("焊工证.pdf")])
    case_no = visitor.post(f"/front/hall/drafts/{draft.id}/submit/")["Location"].rstrip("/").rpartition("/")[2]
    html = visitor.get(f"/front/hall/cases/{case_no}/content/").content.decode()
    link = html[: html.index("焊工证.pdf</a>")].rpartition('href="')[2].partition('"')[0]
    assert visitor.get(link).status_code == 200
    walk.deliver()
    officer = in_post(enter("wangjiang-centre-intake"), "wangjiang-centre-intake")
    html = officer.get(f"/back/desk/cases/{case_no}/").content.decode()
    link = html[: html.index("焊工证.pdf</a>")].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert officer.get(link).status_code == 200, "the officer opens it beside the answer"
    assert in_post(enter("eco-examiner"), "eco-examiner").get(link).status_code in (403, 404, 410)


def test_the_interface_takes_tokens_and_no_bare_digest(enter: Enter, draft: hall.Draft) -> None:
    visitor, own = enter("resident"), walk.citizen("resident")[1]
    stolen = walk.paper("别人的.pdf")

    def filed(proofs: Any, key: str) -> list[str]:
        body = {"item_code": UNEMPLOYMENT, "content": {**ANSWERS, "proofs": proofs}, "materials": {}}
        answer = visitor.post(
            "/front/hall/api/applications/", json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key}
        )
        assert answer.status_code == 201, answer.content.decode()
        return [one["name"] for one in hall.application_of(answer.json()["case_no"]).content.get("proofs", [])]

    assert filed([file_token(walk.paper("自己的.pdf"), own)], "a") == ["自己的.pdf"]
    body = {"item_code": UNEMPLOYMENT, "content": {**ANSWERS, "proofs": [{"digest": stolen.digest, "name": "x"}]}, "materials": {}}
    refused = visitor.post("/front/hall/api/applications/", json.dumps(body), content_type="application/json")
    assert refused.status_code == 422, refused.content.decode()
