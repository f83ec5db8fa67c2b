"""Things a person has with the government, made by the doors of hall and space without walking whole cases: for pages that list them."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.conf import settings

from santai.exchange.contracts.service import DueDate, ItemDefinition, ItemVersionPublished, NoticeSent, encode
from santai.front.hall.service import CaseView, CorrectionView, Draft, LicenceView, PaperView, SignatureInvitation, take_item
from santai.front.space.service import take_notice
from santai.kernel.clocks.service import now
from santai.kernel.codes.service import new_id
from santai.kernel.identity.service import Account, Authorisation, find_account, person_of
from santai.kernel.ledger.service import Party, system_actor
from santai.kernel.packs.service import install_pack

FIRM = Party(kind="organisation", code_kind="credit-code", code="91189901MA81000100", name="东江云桥软件有限公司")
ITEM = "joint-enterprise-start"
LONG = "住房和城乡建设委员会（人民防空办公室、地震工作办公室、房屋管理局）"


@pytest.fixture
def city(tmp_path: Path, db: None) -> None:
    """Bodies and people of the demonstration city, without its registers."""
    folder = tmp_path / "demo-city"
    shutil.copytree(settings.PACKS_DIR / "demo-city", folder, ignore=shutil.ignore_patterns("registers"))
    manifest = yaml.safe_load((folder / "pack.yaml").read_text(encoding="utf-8"))
    keep = ("regions", "organisations", "posts", "officials", "personas")
    manifest["parts"] = {name: files for name, files in manifest["parts"].items() if name in keep}
    (folder / "pack.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
    install_pack(folder, actor=system_actor("test"), at=datetime(2026, 2, 9, 1, tzinfo=UTC))


@pytest.fixture
def things(city: None) -> "Things":
    return Things()


class Things:
    """Makes things; every maker takes what differs from an ordinary one."""

    def __init__(self) -> None:
        self.made = 0
        for code, name in ((ITEM, "企业设立一表制"), ("labour-dispatch", "劳务派遣经营许可")):
            definition = ItemDefinition(
                code=code, basic_code="000000000000", version=1, name=name, organisation="bj-amr", organisation_name="市场监督管理局",
                holder_kinds=("person", "organisation"),
            )  # fmt: skip
            take_item(message=ItemVersionPublished(definition=definition, published_at=now().isoformat()))

    def account(self, login: str) -> Account:
        found = find_account(login)
        assert found is not None
        return found

    def authority(self, login: str) -> Authorisation:
        return Authorisation.objects.get(grantee=self.account(login), grantor_code=FIRM.code)

    def case(self, login: str = "founder", *, of: Party | None = None, days_ago: int = 3, **other: Any) -> CaseView:
        self.made += 1
        account = self.account(login)
        party = of or person_of(account)
        received = now() - timedelta(days=days_ago, minutes=self.made)
        due = now() + timedelta(days=4)
        clock = DueDate(
            rule="promised",
            title="承诺办结时限",
            starts_on=received.date().isoformat(),
            due_at=due.isoformat(),
            kind="promised",
            state="running",
        )
        values: dict[str, Any] = {
            "case_no": f"310150{received:%Y%m%d}{self.made:06}", "account": str(account.pk), "applicant_code": party.code,
            "applicant_name": party.name, "item_code": ITEM, "item_name": "企业设立一表制", "shape": "joint",
            "organisation_name": "市场监督管理局", "received_at": received, "state": "accepted", "step": "审查",
            "clocks": [encode(clock)], "due_at": due, "changed_at": now(),
        }  # fmt: skip
        if other.get("state") == "completed":
            values |= {"completed_at": now(), "due_at": None, "outcome": "granted", "step": ""}
        return CaseView.objects.create(**{**values, **other})

    def correction(self, login: str = "founder", **other: Any) -> CaseView:
        view = self.case(login, state="correcting", needs_me=True, step="等待补正", **other)
        CorrectionView.objects.create(
            case_no=view.case_no, notice_no=f"补正告〔2026〕{self.made}号", requested_at=now(),
            respond_by=now().date() + timedelta(days=5), defects=[],
        )  # fmt: skip
        return view

    def draft(self, login: str = "founder", *, of: Party | None = None, sign: tuple[str, ...] = (), **other: Any) -> Draft:
        account = self.account(login)
        party = of or person_of(account)
        draft = Draft.objects.create(
            **{
                "id": new_id(), "account": str(account.pk), "applicant": encode(party), "applicant_code": party.code, "item_code": ITEM,
                "item_version": 1, "item_name": "企业设立一表制", "created_at": now(), "updated_at": now(), **other,
            }
        )  # fmt: skip
        for signer in sign:
            person = person_of(self.account(signer))
            SignatureInvitation.objects.create(
                id=new_id(), draft=draft, role="股东", name=person.name, code_kind=person.code_kind, code=person.code, invited_at=now()
            )
        return draft

    def paper(self, case: CaseView, **other: Any) -> PaperView:
        self.made += 1
        file = {"digest": "0" * 64, "name": "受理通知书.pdf", "size": 20480, "media_type": "application/pdf"}
        return PaperView.objects.create(
            **{
                "document_no": f"滨市监受〔2026〕{self.made}号", "case_no": case.case_no, "title": "受理通知书", "kind": "acceptance",
                "organisation_name": LONG, "issued_at": now() - timedelta(minutes=self.made), "file": file, **other,
            }
        )  # fmt: skip

    def licence(self, case: CaseView, **other: Any) -> LicenceView:
        self.made += 1
        file = {"digest": "1" * 64, "name": "营业执照.pdf", "size": 40960, "media_type": "application/pdf"}
        return LicenceView.objects.create(
            **{
                "identifier": f"1.2.156.3005.2.11100000000013127D001.11189901MB0001002X.{self.made:09}.001.M",
                "number": f"91189901MA8{self.made:07}", "title": "营业执照", "licence_type": "business-licence", "holder_code": "X",
                "holder_name": case.applicant_name, "case_no": case.case_no, "organisation_name": "市场监督管理局", "issued_at": now(),
                "verify_path": f"/v/token{self.made}/", "file": file, **other,
            }
        )  # fmt: skip

    def message(self, login: str = "founder", *, of: Party | None = None, **other: Any) -> str:
        self.made += 1
        values: dict[str, Any] = {
            "notice_id": str(uuid4()), "to": of or person_of(self.account(login)), "title": "已受理：企业设立一表制",
            "text": "您的“企业设立一表制”已受理，最迟 2026年12月3日 办结。", "sent_at": (now() - timedelta(minutes=self.made)).isoformat(),
        }  # fmt: skip
        sent = NoticeSent(**{**values, **other})
        take_notice(message=sent)
        return sent.notice_id

    def enter(self, client: Any, login: str, *, as_firm: bool = False) -> Any:
        client.force_login(self.account(login), backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["acting"] = {"for": str(self.authority(login).pk)} if as_firm else {}
        session.save()
        return client
