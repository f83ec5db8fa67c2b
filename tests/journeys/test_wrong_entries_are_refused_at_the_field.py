"""What cannot be true is refused beside its field, in words that say what to do; nothing is half-saved and every entry stays."""

import pytest
from playwright.sync_api import Page, expect

from santai.exchange.contracts.service import encode
from santai.exchange.items.service import definition_of, publish_item, versions_of
from santai.front.hall.service import Application, Draft
from santai.kernel.clocks.service import now
from santai.kernel.codes.service import resident_id_check_digit
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import system_actor
from tests.support import walk
from tests.support.browser import no_console_errors, shot, sign_in, sound

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 240


def _number(first17: str) -> str:
    return first17 + resident_id_check_digit(first17)


WRONG = {
    "check digit": ("189903199009010907", "校验码不对"),
    "region": (_number("19999919900901090"), "不是已有的行政区划代码"),
    "birthday": (_number("18990319900230090"), "日期"),
    "starting with 9": ("911124198108030024", "以 9 开头"),
}


def _founders_draft(page: Page) -> Draft:
    draft = walk.start(walk.citizen("founder"), walk.JOINT, walk.sample_firm())
    _enter(page, "founder")
    return draft


def _enter(page: Page, login: str) -> None:
    page.goto("/kernel/identity/sign-in/")
    sign_in(page, login)


def _only_the_status(page: Page) -> None:
    """The browser calls a refused form's answer (422) an error of its own; nothing else may be there."""
    page.complaints[:] = [one for one in page.complaints if "422" not in one]  # type: ignore[attr-defined]
    no_console_errors(page)


def test_numbers_that_cannot_be_true_are_told_at_their_field(page: Page) -> None:
    draft = _founders_draft(page)
    address = f"/front/hall/drafts/{draft.id}/sections/people/"
    for what, (number, message) in WRONG.items():
        page.goto(address)
        field = page.locator("[name='finance_officer.id_number']")
        field.fill(number)
        page.locator("[name='liaison.mobile']").fill("19981000044")
        page.get_by_role("button", name="保存并继续").click()
        error = page.locator("#f-finance_officer-id_number-error")
        expect(error, what).to_contain_text(message)
        expect(field, "the entry stays").to_have_value(number)
        expect(page.locator("[name='liaison.mobile']"), "and what is right beside it").to_have_value("19981000044")
        assert field.get_attribute("aria-invalid") == "true"
        assert error.get_attribute("id") in (field.get_attribute("aria-describedby") or "")
        page.get_by_role("alert").get_by_role("link", name=message).first.click()
        assert page.evaluate("document.activeElement.name") == "finance_officer.id_number"
    _only_the_status(page)
    sound(page)
    shot(page, "wrong-number")
    # it cannot be filed with it, however one goes to the submit button
    page.goto(f"/front/hall/drafts/{draft.id}/check/")
    expect(page.get_by_role("button", name="提交申请")).to_have_count(0)
    assert not Application.objects.exists()


def test_an_impossible_date_is_told_at_its_field(page: Page) -> None:
    draft = _founders_draft(page)
    page.goto(f"/front/hall/drafts/{draft.id}/sections/shareholders/")
    field = page.locator("[name='shareholders.0.due_on']")
    field.evaluate("input => input.type = 'text'")  # a browser without a date picker
    field.fill("2027-02-30")
    page.get_by_role("button", name="保存并继续").click()
    error = page.locator("#f-shareholders-0-due_on-error")
    expect(error).to_be_visible()
    shot(page, "impossible-date")
    assert "日期" in error.inner_text() or "年" in error.inner_text()
    assert page.locator("[name='shareholders.0.due_on']").get_attribute("value") == "2027-02-30", "the entry stays"
    _only_the_status(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["in pieces", "without scripts"])
def test_a_program_named_pdf_and_a_file_too_large_are_refused_at_the_field(page: Page, visitor: object, scripts: bool) -> None:
    draft = _founders_draft(page)
    before = Draft.objects.get(id=draft.id).materials["lease"]
    if not scripts:
        page = visitor(java_script_enabled=False)  # type: ignore[operator]
        _enter(page, "founder")
    for name, content, message in (
        ("租赁合同.pdf", PROGRAM, "PDF"),
        ("租赁合同.pdf", b"%PDF-1.4\n" + b"\n" * (21 * 1024 * 1024), "20"),
    ):
        page.goto(f"/front/hall/drafts/{draft.id}/materials/lease/")
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})
        if not scripts:
            page.get_by_role("button", name="保存文件").click()
        error = page.locator(".field__error")
        expect(error).to_contain_text(message)
        shot(page, f"file-refused-{len(content)}-{scripts}")
        assert Draft.objects.get(id=draft.id).materials["lease"] == before, "what was handed in before stays"
    if scripts:
        _only_the_status(page)
        sound(page)


def test_a_form_of_an_outdated_item_version_moves_on_with_every_entry(page: Page) -> None:
    draft = _founders_draft(page)
    walk.sign_all(draft)
    page.goto(f"/front/hall/drafts/{draft.id}/check/")
    expect(page.get_by_role("button", name="提交申请")).to_be_visible()
    # while the page stands open, the city publishes a new version
    held = definition_of(versions_of(walk.JOINT)[0])
    changed = type(held)(**{**held.__dict__, "version": held.version + 1, "summary": "新版：办理要求有更新。"})
    publish_item(definition=changed, actor=system_actor("tests"), at=now())
    drain()
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("办事要求有更新").first).to_be_visible()
    assert not Application.objects.exists() and encode(changed)["version"] == held.version + 1
    _only_the_status_or_conflict(page)
    sound(page)
    shot(page, "outdated")
    page.get_by_role("button", name="换用新版本").click()
    expect(page.get_by_text("办事要求有更新")).to_have_count(0)
    kept = Draft.objects.get(id=draft.id)
    assert kept.item_version == held.version + 1
    assert kept.data["company_name"] == draft.data["company_name"] and kept.materials == draft.materials
    page.goto(f"/front/hall/drafts/{draft.id}/check/")
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/filed/**")
    assert Application.objects.get().item_version == held.version + 1


def _only_the_status_or_conflict(page: Page) -> None:
    page.complaints[:] = [one for one in page.complaints if "409" not in one and "422" not in one]  # type: ignore[attr-defined]
