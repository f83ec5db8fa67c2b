"""Licences: issued once, sealed, changed, revoked, verified."""

from datetime import UTC, date, datetime

import pytest

from santai.exchange.contracts.service import LicenceActDecided
from santai.exchange.licences import service
from santai.kernel.files.service import read
from santai.kernel.identity.service import Account, PostHolding
from santai.kernel.ledger.service import Actor, Party, entries_on, system_actor
from santai.kernel.orgs.service import Organisation, Post, Region

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
ISSUER = "11189901MB62013725"
FIRM = Party(kind="organisation", code_kind="credit-code", code="91189901MA1ABCDE0X", name="东江澄源精密部件有限公司")
FIELDS = {
    "统一社会信用代码": FIRM.code,
    "name": FIRM.name,
    "类型": "有限责任公司",
    "法定代表人": "堃䶮",
    "注册资本": "伍佰万元整",
    "成立日期": "2026年2月9日",
    "住所": "新港镇创新路188弄6号",
    "经营范围": "机械零件加工",
}
ACCOUNT = "019f0000-0000-7000-8000-0000000000a1"


def acting_as(post: str) -> Actor:
    return Actor(kind="official", account=ACCOUNT, name="陈核", post=post, organisation="amr", organisation_name="滨江新区市场监督管理局")


OFFICIAL = acting_as("amr-decider")


@pytest.fixture(autouse=True)
def city(settings, tmp_path):
    from santai.exchange.licences.models import LicenceType

    settings.SECRETS_DIR = tmp_path / "secrets"
    settings.FILES_DIR = tmp_path / "files"
    region = Region.objects.create(code="189901", name="滨江新区", level="district", valid_from=date(2009, 5, 6))
    Organisation.objects.create(
        code="amr", credit_code=ISSUER, name="滨江新区市场监督管理局", level="district", region=region, valid_from=date(2015, 1, 1)
    )
    account = Account.objects.create(pk=ACCOUNT, login="chen", name="陈核")
    for post, roles in (("amr-decider", ["decider"]), ("amr-examiner", ["examiner"]), ("amr-web", ["web_editor"])):
        Post.objects.create(code=post, organisation_id="amr", title=post, roles=roles)
        PostHolding.objects.create(account=account, post_id=post, valid_from=date(2020, 1, 1))
    LicenceType.objects.create(
        code="business-licence",
        type_code=f"{ISSUER}001",
        name="营业执照",
        name_en="Business Licence",
        number_pattern="{credit_code}",
        template="exchange_licences/business_licence",
        fields=[
            {"id": key, "label": label}
            for key, label in (
                ("credit_code", "统一社会信用代码"),
                ("name", "名称"),
                ("type", "类型"),
                ("legal_representative", "法定代表人"),
                ("capital", "注册资本"),
                ("established_on", "成立日期"),
                ("address", "住所"),
                ("scope", "经营范围"),
            )
        ],
    )


def issue(request_id: str = "case:1-gs", **other):
    wanted = {
        "request_id": request_id,
        "licence_type": "business-licence",
        "holder": FIRM,
        "organisation": "amr",
        "organisation_name": "滨江新区市场监督管理局",
        "fields": FIELDS,
        "valid_from": date(2026, 2, 9),
        "valid_to": None,
        "case_no": "18990120260209000001",
        "actor": system_actor("approvals"),
        "at": AT,
    }
    return service.issue_licence(**{**wanted, **other})


def sealed(request_id: str = "case:1-gs", **other):
    licence = issue(request_id, **other)
    assert service.seal_due(AT) == 1
    licence.refresh_from_db()
    return licence


def test_the_same_wish_makes_one_licence():
    assert issue().id == issue().id
    assert service.seal_due(AT) == 1
    assert service.seal_due(AT) == 0


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_seal_which_the_worker_is_woken_for(settings, monkeypatch):
    from santai.kernel.jobs.actions import wake

    woken: list[str] = []
    monkeypatch.setattr(wake, "notify", woken.append)
    settings.SEAL_INLINE = False
    licence = issue("case:9-gs")
    licence.refresh_from_db()
    assert licence.sealed_at is None
    assert service.SEAL_SWEEP in woken


def test_the_identifier_carries_version_and_check_character():
    from santai.kernel.codes.service import check_licence_identifier, mod37_36_check

    licence = issue()
    assert licence.identifier == check_licence_identifier(licence.identifier)
    parts = licence.identifier.split(".")
    assert parts[:5] == ["1", "2", "156", "3005", "2"] and parts[-2] == "001"
    assert parts[-1] == mod37_36_check("".join(parts[5:9]))
    assert licence.number == FIRM.code


def test_a_licence_that_lacks_a_field_is_refused():
    with pytest.raises(service.FieldMissing) as caught:
        issue(fields={**FIELDS, "住所": ""})
    assert "住所" in caught.value.message


@pytest.mark.requirement("MD-033", part="an issued licence can be verified by anyone")
def test_anyone_verifies_by_token_number_or_identifier():
    licence = sealed()
    for text in (licence.token, licence.number, licence.identifier, f" {licence.number[:4]} {licence.number[4:].lower()}"):
        found = service.verify(text, on=date(2026, 3, 1))
        assert found.outcome == "valid", text
    assert service.verify("91189901MA1ABCDE0Y", on=date(2026, 3, 1)).outcome == "unknown"


def test_the_file_verifies_and_every_flipped_byte_fails():
    licence = sealed()
    content = read(licence.file_digest)
    found = service.verify_file(content, on=date(2026, 3, 1))
    assert (found.outcome, found.seal_signer, found.file_checked) == ("valid", "滨江新区市场监督管理局", True)
    for place in range(0, len(content), max(1, len(content) // 40)):
        changed = bytearray(content)
        changed[place] ^= 0x10
        assert service.verify_file(bytes(changed), on=date(2026, 3, 1)).outcome in ("altered", "unknown"), place
    assert service.verify_file(content + b"\n", on=date(2026, 3, 1)).outcome == "altered"


def test_a_flip_inside_the_signature_container_is_caught_by_the_register():
    content = bytearray(read(sealed().file_digest))
    start = content.rindex(b"/Contents <") + 11
    end = content.index(b">", start)
    content[end - 5] = ord("1") if content[end - 5] == ord("0") else ord("0")  # padding: the seal itself does not notice
    assert service.verify_file(bytes(content), on=date(2026, 3, 1)).outcome == "altered"


def test_a_change_makes_the_next_version_and_voids_the_old():
    old = sealed()
    new = service.change_licence(
        identifier=old.identifier, request_id="change-1", fields={"住所": "望江街道锦绣路6号"}, reason="住所变更", actor=OFFICIAL, at=AT
    )
    again = service.change_licence(identifier=old.identifier, request_id="change-1", fields={}, reason="住所变更", actor=OFFICIAL, at=AT)
    service.seal_due(AT)
    assert again.id == new.id and new.version == 2 and new.identifier.split(".")[-2] == "002"
    assert service.verify(new.token, on=date(2026, 3, 1)).outcome == "valid"
    before = service.verify(old.token, on=date(2026, 3, 1))
    assert (before.outcome, before.newer_token, before.state) == ("superseded", new.token, "05")
    assert service.verify(old.number, on=date(2026, 3, 1)).token == new.token
    assert service.verify_file(read(old.file_digest), on=date(2026, 3, 1)).outcome == "superseded"


def test_revocation_shows_its_reason_to_everybody():
    licence = sealed()
    with pytest.raises(service.ReasonMissing):
        service.revoke_licence(identifier=licence.identifier, state="07", reason=" ", actor=OFFICIAL, at=AT)
    with pytest.raises(service.NotTheIssuer):
        service.revoke_licence(
            identifier=licence.identifier,
            state="07",
            reason="x",
            actor=Actor(kind="official", account="b", name="乙", organisation="tax"),
            at=AT,
        )
    service.revoke_licence(identifier=licence.identifier, state="07", reason="提交虚假材料取得登记", actor=OFFICIAL, at=AT)
    found = service.verify(licence.token, on=date(2026, 3, 1))
    assert (found.outcome, found.state_name, found.state_reason) == ("not_valid", "吊销", "提交虚假材料取得登记")
    with pytest.raises(service.LicenceNotValid):
        service.revoke_licence(identifier=licence.identifier, state="01", reason="撤回", actor=OFFICIAL, at=AT)
    assert [entry.act for entry in entries_on(f"licence:{licence.identifier}")][-1] == "exchange.licences.revoke_licence"


def test_only_a_deciding_post_of_the_issuer_takes_a_licence_back():
    licence = sealed()
    for post in ("amr-examiner", "amr-web", "amr-decider-of-old"):
        with pytest.raises(service.NotTheIssuer):
            service.revoke_licence(identifier=licence.identifier, state="07", reason="x", actor=acting_as(post), at=AT)
    assert service.verify(licence.token, on=date(2026, 3, 1)).outcome == "valid"


def test_licences_and_their_holders_are_for_the_posts_whose_work_they_are():
    licence = sealed()
    assert list(service.licences_issued_by(acting_as("amr-examiner"))) == [licence]
    assert not service.licences_issued_by(acting_as("amr-web")).exists()
    with pytest.raises(service.LicenceNotFound):
        service.access_licence(licence.identifier, actor=acting_as("amr-web"))


def test_a_suspension_can_end():
    licence = sealed()
    service.revoke_licence(identifier=licence.identifier, state="02", reason="责令整改", actor=OFFICIAL, at=AT)
    assert service.verify(licence.token, on=date(2026, 3, 1)).state_name == "暂扣"
    service.revoke_licence(identifier=licence.identifier, state="01", reason="整改完成", actor=OFFICIAL, at=AT)
    assert service.verify(licence.token, on=date(2026, 3, 1)).outcome == "valid"


def test_a_licence_past_its_last_day_is_not_valid():
    licence = sealed(valid_to=date(2027, 2, 8))
    assert service.verify(licence.token, on=date(2027, 2, 8)).outcome == "valid"
    assert service.verify(licence.token, on=date(2027, 2, 9)).state_name == "失效"


def test_a_natural_person_is_masked_in_public():
    person = Party(kind="person", code_kind="resident-id", code="189901199003071239", name="邶堃䶮")
    found = service.verify(sealed(holder=person).token, on=date(2026, 3, 1))
    assert found.holder_name == "邶**" and "19900307" not in found.holder_code


def test_each_use_is_recorded_with_purpose_and_case():
    from santai.exchange.contracts.service import LicencesOfHolder

    licence = sealed()
    answer = service.offer_licences(LicencesOfHolder(holder_code=FIRM.code), purpose="预填材料", subject="draft:7", actor=OFFICIAL, at=AT)
    assert [one.identifier for one in answer.licences] == [licence.identifier] and answer.licences[0].file.digest == licence.file_digest
    use = licence.uses.get()
    assert (use.purpose, use.subject, use.user) == ("预填材料", "draft:7", ACCOUNT)


def test_verification_page_says_it_in_plain_words(client):
    licence = sealed()
    page = client.get(f"/v/{licence.token}/")
    assert page.status_code == 200 and "这张证照真实有效" in page.content.decode() and FIRM.name in page.content.decode()
    assert client.get("/v/aaaaaaaaaaaaaa/").status_code == 404
    import io

    upload = io.BytesIO(read(licence.file_digest))
    upload.name = "licence.pdf"
    assert "逐字节一致" in client.post("/v/", {"file": upload}).content.decode()
    upload = io.BytesIO(read(licence.file_digest)[:-3] + b"xyz")
    upload.name = "licence.pdf"
    assert "不是颁发时的原件" in client.post("/v/", {"file": upload}).content.decode()
    english = client.get(f"/v/{licence.token}/", headers={"accept-language": "en"}).content.decode()
    assert "This licence is genuine and valid" in english and "这张证照" not in english


def renewed(act: str):
    """A licence to the end of 2026 and its renewal, and what an act on one of them does in June 2026."""
    old = sealed(valid_to=date(2026, 12, 31))
    new = service.renew_licence(
        identifier=old.identifier, request_id="renewal:1", fields={}, valid_to=date(2027, 12, 31), case_no="18990120260209000002",
        sub_case_no="", actor=system_actor("approvals"), at=AT,
    )  # fmt: skip

    def decide(licence, at=datetime(2026, 6, 1, 2, 0, tzinfo=UTC)):
        decided = LicenceActDecided(
            act_id="act-1", identifier=licence.identifier, act=act, reason="隐瞒真实情况", decided_at=at.isoformat(), document_no="撤1号",
            case_no=licence.case_no,
        )  # fmt: skip
        service.apply_act(decided=decided, actor=OFFICIAL)
        for version in (old, new):
            version.refresh_from_db()

    return old, new, decide


@pytest.mark.parametrize("named", ["old", "new"])
@pytest.mark.parametrize("act", ["revoke", "recall", "cancel"])
def test_ending_a_renewed_licence_ends_the_term_that_runs_and_the_next(act, named):
    old, new, decide = renewed(act)
    decide(old if named == "old" else new)
    assert old.ended_by == new.ended_by == act
    assert old.state == new.state != "01"


def test_once_the_next_term_runs_the_old_version_is_beyond_reach():
    old, new, decide = renewed("revoke")
    with pytest.raises(service.LicenceNotValid):
        decide(old, at=datetime(2027, 2, 1, 2, 0, tzinfo=UTC))
    decide(new, at=datetime(2027, 2, 1, 2, 0, tzinfo=UTC))
    assert (old.ended_by, new.ended_by) == ("", "revoke")
