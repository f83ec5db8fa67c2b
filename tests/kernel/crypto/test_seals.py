"""Seals prove origin and integrity."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from santai.kernel.crypto.service import NotAPdf, UnknownSuite, check_pdf, seal_pdf, sign_bytes, verify_bytes
from santai.kernel.render.service import pdf

AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
LETTER = {
    "organisation": "东江市滨江新区市场监督管理局",
    "title": "受理通知书",
    "number": "东滨市监受〔2026〕1号",
    "day": "2026年2月9日",
    "paragraphs": ["决定予以受理。"],
}


@pytest.fixture
def secrets_dir(settings, tmp_path: Path) -> Path:
    settings.SECRETS_DIR = tmp_path / "secrets"
    return settings.SECRETS_DIR


def sealed() -> bytes:
    return seal_pdf(
        pdf("kernel_render/official_document", LETTER),
        organisation="bj-scjg",
        organisation_name=LETTER["organisation"],
        reason="受理",
        at=AT,
    )


def test_a_sealed_letter_names_its_organisation_and_time(secrets_dir):
    check = check_pdf(sealed())
    assert check.valid, check.problems
    assert (check.signer, check.signer_code, check.reason, check.suite, check.seals) == (
        LETTER["organisation"],
        "bj-scjg",
        "受理",
        "international",
        1,
    )
    assert datetime.fromisoformat(check.signed_at) == AT
    assert check.demonstration


def test_an_unsealed_letter_is_not_valid(secrets_dir):
    check = check_pdf(pdf("kernel_render/official_document", LETTER))
    assert not check.valid and check.problems == ("文件上没有电子印章。",)


def test_flipped_bytes_in_what_is_signed_are_noticed(secrets_dir):
    content = sealed()
    start, end = signature_container(content)
    step = max(1, start // 25)
    for place in [*range(20, start, step), *range(end + 1, len(content) - 8, max(1, (len(content) - end) // 8))]:
        changed = bytearray(content)
        changed[place] ^= 0x01
        assert not check_pdf(bytes(changed)).valid, f"byte {place} of {len(content)}"


def signature_container(content: bytes) -> tuple[int, int]:
    at = content.rindex(b"/ByteRange")
    numbers = content[content.index(b"[", at) + 1 : content.index(b"]", at)].split()
    return int(numbers[1]), int(numbers[2])


def test_appended_bytes_are_noticed(secrets_dir):
    assert not check_pdf(sealed() + b"\n% more").valid


def test_a_seal_of_another_root_is_not_trusted(settings, tmp_path):
    settings.SECRETS_DIR = tmp_path / "one"
    content = sealed()
    settings.SECRETS_DIR = tmp_path / "two"
    check = check_pdf(content)
    assert not check.valid and "不是本平台认可" in check.problems[0]


def test_a_second_seal_keeps_the_first_valid(secrets_dir):
    twice = seal_pdf(sealed(), organisation="bj-hb", organisation_name="东江市生态环境局滨江分局", reason="会签", at=AT)
    check = check_pdf(twice)
    assert check.valid, check.problems
    assert check.seals == 2 and check.signer == "东江市生态环境局滨江分局"


def test_rubbish_is_answered_not_raised(secrets_dir):
    for content in (b"", b"MZ\x90", b"%PDF-1.7\n%%EOF", sealed()[:5000]):
        assert not check_pdf(content).valid
    with pytest.raises(NotAPdf):
        seal_pdf(b"not a pdf", organisation="x", organisation_name="x", reason="", at=AT)


def test_keys_lie_encrypted_and_closed_to_others(secrets_dir):
    sealed()
    files = [path for path in (secrets_dir / "crypto").iterdir() if path.suffix == ".key"]
    assert len(files) == 2
    for path in files:
        assert path.stat().st_mode & 0o077 == 0
        assert b"ENCRYPTED PRIVATE KEY" in path.read_bytes()


def test_bytes_are_signed_for_the_links(secrets_dir):
    signature = sign_bytes(b"bundle 7")
    assert signature.startswith("international:hmac-sha256:")
    assert verify_bytes(b"bundle 7", signature)
    assert not verify_bytes(b"bundle 8", signature)
    assert not verify_bytes(b"bundle 7", signature[:-2] + "A=")
    assert not verify_bytes(b"bundle 7", "sm:x:y")
    with pytest.raises(UnknownSuite):
        sign_bytes(b"", suite="rot13")


def test_a_name_of_thirty_characters_is_kept_whole(secrets_dir):
    name = "滨江新区住房和城乡建设委员会（人民防空办公室、地震工作办公室）"
    check = check_pdf(
        seal_pdf(pdf("kernel_render/official_document", LETTER), organisation="housing", organisation_name=name, reason="", at=AT)
    )
    assert check.valid and check.signer == name
