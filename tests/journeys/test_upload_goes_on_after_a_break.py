"""A large photograph on a bad line: the upload goes on by itself, and after a closed page from where it stopped."""

import os
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from santai.front.hall import service as hall
from tests.support import walk
from tests.support.browser import sign_in

PIECE = 1024 * 1024


def _photograph() -> bytes:
    """Noise does not compress: four pieces and a bit."""
    held = BytesIO()
    Image.frombytes("RGB", (1200, 1200), os.urandom(1200 * 1200 * 3)).save(held, "png")
    return held.getvalue()


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_an_upload_goes_on_after_a_break_and_after_a_closed_page(page: Page) -> None:
    draft = walk.start(walk.citizen("resident2"), walk.item_code("居住证申领"), {})
    draft.materials = {}
    draft.save(update_fields=["materials"])
    material = next(one for one in hall.materials_of_draft(draft) if one.source == "upload" and "image/png" in one.accepted_types)
    address = f"/front/hall/drafts/{draft.id}/materials/{material.code}/"
    photo = {"name": "合同.png", "mimeType": "image/png", "buffer": _photograph()}
    offsets: list[int] = []
    failures = [3, 3]  # after two pieces the line drops twice

    def line(route: Route) -> None:
        if route.request.method == "PUT":
            offsets.append(int(route.request.headers["upload-offset"]))
            if len(offsets) in (3, 4) and failures:
                failures.pop()
                route.abort()
                return
        route.continue_()

    page.goto("/kernel/identity/sign-in/")
    sign_in(page, "resident2")
    page.goto(address)
    page.route("**/kernel/files/uploads/**", line)
    with page.expect_request(lambda request: request.method == "PUT" and request.headers.get("upload-offset") == str(2 * PIECE)):
        page.locator("input[type=file]").set_input_files(photo)
    page.goto(address)  # the page is closed while the line is down
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_role("button", name="保存文件").click()  # pressed while it is still on its way: it waits and goes by itself
    expect(page.get_by_text("已上传。")).to_be_visible()
    expect(page.get_by_role("link", name="合同.png").first).to_be_visible()
    assert offsets.count(0) == 1, "the second page went on where the first had stopped"
    draft.refresh_from_db()
    [file] = draft.materials[material.code]["files"]
    assert file["size"] == len(photo["buffer"])
