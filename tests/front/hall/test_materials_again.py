"""What was handed in or issued once and is still valid is offered again; several photographs become one PDF."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ItemVersionPublished, LicenceFacts, LicencesAnswer, encode
from santai.front.hall import queries
from santai.front.hall import service as hall
from santai.front.hall.models import Application, CorrectionView
from santai.front.hall.rules.materials import months_before
from santai.kernel.clocks.service import now, today
from santai.kernel.ledger.service import system_actor
from tests.front.hall.test_pages import _picture, permit_draft, text_of
from tests.support import walk

Enter = Callable[..., Client]
pytestmark = pytest.mark.django_db


def wanted_of(draft: hall.Draft) -> Any:
    return next(one for one in hall.materials_of_draft(draft) if one.source == "upload")


def filed(draft: hall.Draft, *, days_ago: int = 0, name: str = "材料.pdf", number: int = 1, account: str = "") -> Any:
    """An earlier application of the same applicant with one file of the draft's material."""
    material, ref = wanted_of(draft), walk.paper(name)
    Application.objects.create(
        case_no=f"189901{number:014}", draft=f"00000000-0000-4000-8000-{number:012}", account=account or draft.account, applicant={},
        applicant_code=draft.applicant_code, item_code=draft.item_code, item_version=draft.item_version, form="x", form_version=1,
        content={}, received_at=now() - timedelta(days=days_ago),
        materials=[{"code": material.code, "name": material.name, "files": [encode(ref)]}],
    )  # fmt: skip
    return ref


def offered(draft: hall.Draft) -> list[str]:
    return [one["file"]["name"] for one in hall.handed_in_before(draft, wanted_of(draft).code, on=today())]


@pytest.fixture
def kept_half_a_year(enter: Enter) -> hall.Draft:
    """A draft of an item whose materials are good for six months."""
    item = hall.current_item(walk.item_code("居住证申领"))
    changed = replace(item, version=9, materials=tuple(replace(one, valid_months=6) for one in item.materials))
    published = ItemVersionPublished(definition=changed, published_at=now().isoformat())
    publish(published, actor=system_actor("tests"), order_key=item.code, at=now())
    walk.deliver()
    return permit_draft()


@pytest.mark.requirement("FD-014", part="a material handed in before and still valid is not asked for again")
def test_a_material_is_offered_again_as_long_as_it_is_valid(kept_half_a_year: hall.Draft) -> None:
    filed(kept_half_a_year, days_ago=200, name="过期的.pdf", number=1)
    filed(kept_half_a_year, days_ago=100, name="有效的.pdf", number=2)
    assert offered(kept_half_a_year) == ["有效的.pdf"]


@pytest.mark.parametrize(
    ("day", "months", "before"), [("2026-08-31", 6, "2026-02-28"), ("2026-01-15", 1, "2025-12-15"), ("2026-03-31", 25, "2024-02-29")]
)
def test_months_end_within_the_month(day: str, months: int, before: str) -> None:
    assert months_before(type(today()).fromisoformat(day), months).isoformat() == before


def test_what_was_handed_in_with_a_correction_is_offered_in_the_place_of_the_earlier(enter: Enter) -> None:
    draft = permit_draft()
    filed(draft, name="第一次.pdf")
    better = walk.paper("补正的.png")
    CorrectionView.objects.create(
        case_no=f"189901{1:014}", notice_no="1", requested_at=now(), respond_by=today(), defects=[], answered_at=now(),
        materials={wanted_of(draft).code: {"files": [encode(better)]}},
    )  # fmt: skip
    assert offered(draft) == ["补正的.png"]


@pytest.mark.parametrize(("entrusted", "names"), [(None, ["同事交的.pdf"]), (frozenset({"another-item"}), [])])
def test_a_companys_materials_are_offered_to_whoever_acts_for_it_as_far_as_the_authority_goes(
    enter: Enter, monkeypatch: pytest.MonkeyPatch, entrusted: Any, names: list[str]
) -> None:
    draft = permit_draft()
    filed(draft, name="同事交的.pdf", account="a colleague")
    assert offered(draft) == [], "a person's own are nobody else's"
    draft.authorisation = "00000000-0000-4000-8000-000000000000"
    monkeypatch.setattr(queries, "items_entrusted", lambda **_: entrusted)
    assert offered(draft) == names


@pytest.mark.requirement("MD-033", part="a licence issued before stands for the material")
def test_a_valid_licence_of_the_applicant_stands_for_the_material(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = permit_draft()
    material = replace(wanted_of(draft), licence_type="residence-permit")
    own = LicenceFacts(
        identifier="1.2.156.3005.2.1", number="N1", title="居住证", licence_type="residence-permit", holder_name="王",
        organisation_name="公安", issued_on="2026-01-01", valid_to="", state="01", version=1, verify_path="/v/x/", file=None, fields={},
    )  # fmt: skip
    asked: list[Any] = []
    monkeypatch.setattr(queries, "ask", lambda query, **said: asked.append((query, said)) or LicencesAnswer(licences=(own,)))
    monkeypatch.setattr(queries, "needed_materials", lambda *_: [material])
    visitor, address = enter("resident2"), f"/front/hall/drafts/{draft.id}/materials/{material.code}/"
    assert "用您已有的电子证照" in text_of(visitor.get(address).content)
    visitor.post(address, {"licence": own.identifier})
    draft.refresh_from_db()
    assert draft.materials[material.code]["from_licence"] == own.identifier
    assert visitor.post(address, {"licence": "somebody else's"}).status_code == 422
    assert asked[0][0].only_valid and asked[0][1]["purpose"] == "预填申请表", "asked with its purpose, valid ones only"


def test_several_photographs_become_one_pdf(enter: Enter) -> None:
    draft = permit_draft()
    material = wanted_of(draft)
    visitor, address = enter("resident2"), f"/front/hall/drafts/{draft.id}/materials/{material.code}/"
    photos = [SimpleUploadedFile(f"{number}.jpg", _picture("jpeg"), content_type="image/jpeg") for number in (1, 2, 3)]
    assert visitor.post(address, {"file": photos, "act": "join"}).status_code == 302
    draft.refresh_from_db()
    [joined] = draft.materials[material.code]["files"]
    assert joined["media_type"] == "application/pdf" and joined["name"] == f"{material.name}.pdf"
