"""Through the doors: promises chased and lapsed, commitments, acts on licences, publication, handover, slips, reopened cases."""

from datetime import timedelta

import pytest
from django.test import Client

from santai.back.approvals import service as approvals
from santai.back.delivery.models import Delivery
from santai.back.permits import errors, service
from santai.back.permits.models import Handover, LicenceAct, PromisedMaterial, Publication
from santai.exchange.credit.models import CreditRecord, PublishedDecision
from santai.exchange.licences.models import Licence
from santai.front.hall import service as hall
from santai.front.hall.errors import CreditBar, NothingPromised, NoTolerance
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import clocks_of, now, reset_demo_time, shift_demo_time, today
from santai.kernel.identity.service import Account
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import ActRefused
from tests.support import later, walk

pytestmark = pytest.mark.usefixtures("city_db")


@pytest.fixture(autouse=True)
def _time_back():
    yield
    reset_demo_time()


def promised_case() -> str:
    draft = later.draft()
    draft.materials = {code: given for code, given in draft.materials.items() if code != "rules"}
    draft.save(update_fields=["materials"])
    hall.hand_in_material(draft_id=draft.id, code="rules", follows_later=True, actor=later.firm()[1], at=now())
    draft.refresh_from_db()
    case_no = walk.submit(later.firm(), draft)
    walk.check(case_no, walk.official("hrss-examiner"))
    walk.deliver()
    return case_no


class TestTolerance:
    def test_what_is_not_kept_counts_as_withdrawn_and_the_applicant_was_reminded(self) -> None:
        case_no = promised_case()
        row = PromisedMaterial.objects.get(case_no=case_no)
        assert [one.kind for one in approvals.documents_of(case_no)] == ["receipt", "acceptance", "tolerance"]
        shift_demo_time(hours=24 * ((row.due_on - today()).days))
        drain()
        row.refresh_from_db()
        assert row.reminded_at is not None and row.lapsed_at is None
        shift_demo_time(hours=24 * 2)
        drain()
        view = hall.case_by_number(case_no)
        assert (view.state, view.outcome) == ("completed", "withdrawn")
        assert "tolerance_lapsed" in [one.kind for one in approvals.documents_of(case_no)]
        with pytest.raises(NothingPromised):
            hall.complete_materials(case_no=case_no, files={"rules": [walk.paper()]}, actor=later.firm()[1], at=now())

    def test_completion_is_a_new_revision_and_no_limit_begins_anew(self) -> None:
        case_no = promised_case()
        before = [(one.rule, one.due_at) for one in clocks_of(f"subcase:{case_no}-main") if one.kind != "answer"]
        hall.complete_materials(case_no=case_no, files={"rules": [walk.paper()]}, actor=later.firm()[1], at=now())
        walk.deliver()
        assert walk.case(case_no).revision == 2
        assert [(one.rule, one.due_at) for one in clocks_of(f"subcase:{case_no}-main") if one.kind != "answer"] == before
        assert PromisedMaterial.objects.get(case_no=case_no).completed_at is not None

    def test_an_item_without_its_local_rule_takes_no_promise(self) -> None:
        who = walk.citizen("resident2")
        account, actor, party = who
        draft = hall.start_draft(account=account, party=party, item_code=walk.item_code("居住证申领"), situation={}, actor=actor, at=now())
        code = next(one.code for one in hall.materials_of_draft(draft) if one.source == "upload")
        with pytest.raises(NoTolerance):
            hall.hand_in_material(draft_id=draft.id, code=code, follows_later=True, actor=actor, at=now())


class TestCommitment:
    def test_the_decision_is_due_the_same_day_and_the_verification_has_its_clock(self) -> None:
        case_no = later.granted(later.commit(later.draft()))
        row = service.commitment_of(case_no)
        assert row is not None and row.verify_due == today() + timedelta(days=45)
        assert "commitment-same-day" in [one.rule for one in clocks_of(f"subcase:{case_no}-main")]

    def test_taken_back_before_the_decision_the_ordinary_limits_run_from_acceptance(self) -> None:
        case_no = walk.submit(later.firm(), later.commit(later.draft()))
        walk.check(case_no, walk.official("hrss-examiner"))
        hall.withdraw_commitment(case_no=case_no, actor=later.firm()[1], at=now())
        walk.deliver()
        running = {one.rule for one in clocks_of(f"subcase:{case_no}-main") if one.state == "running"}
        assert running == {"rb-dispatch-promised-7", "xk-decision-20"}

    def test_another_department_may_not_verify(self) -> None:
        case_no = later.granted(later.commit(later.draft()))
        with pytest.raises(NotAllowed):
            service.verify_commitment(case_no=case_no, result="kept", found="", actor=walk.official("civil-examiner"), at=now())

    def test_an_official_of_another_department_may_not_take_it_back(self) -> None:
        case_no = walk.submit(later.firm(), later.commit(later.draft()))
        for post in ("civil-examiner", "hrss-inspector"):
            with pytest.raises(NotAllowed):
                service.withdraw_commitment(case_no=case_no, actor=walk.official(post), at=now())
        service.withdraw_commitment(case_no=case_no, actor=walk.official("hrss-examiner"), at=now())
        row = service.commitment_of(case_no)
        assert row is not None and row.withdrawn_at is not None

    def test_what_was_verified_is_not_verified_again(self) -> None:
        case_no = later.granted(later.commit(later.draft()))
        common = {"case_no": case_no, "actor": walk.official("hrss-examiner"), "at": now()}
        service.verify_commitment(result="differs", found="场所不符", **common)
        with pytest.raises(errors.VerifiedAlready):
            service.verify_commitment(result="kept", found="", **common)
        row = service.commitment_of(case_no)
        assert row is not None and row.result == "differs"

    def test_a_false_one_enters_the_record_and_bars_the_next_promise(self) -> None:
        case_no = later.granted(later.commit(later.draft()))
        service.verify_commitment(
            case_no=case_no, result="differs", found="场所不符", false_promise=True, actor=walk.official("hrss-examiner"), at=now()
        )
        walk.deliver()
        assert CreditRecord.objects.get(subject_code=later.HR_FIRM).kind == "false_commitment"
        with pytest.raises(CreditBar, match="虚假承诺"):
            later.commit(later.draft())
        held = later.licence_of(case_no)
        with pytest.raises(errors.RectifyFirst):
            service.revoke(identifier=held.identifier, ground="differs", reason="不符", actor=walk.official("hrss-decider"), at=now())


class TestLicences:
    def test_renewal_opens_with_the_window_and_begins_with_what_was_entered(self) -> None:
        held = later.licence_of(later.granted())
        account, actor, party = later.firm()
        common = {"account": account, "party": party, "item_code": held.item_code, "situation": {}, "actor": actor, "at": now()}
        choices = {one.business: one.why for one in hall.licence_choices(identifier=held.identifier, party=party, on=today())}
        assert choices == {"renew": "", "change": "", "replace": ""}
        draft = hall.start_draft(business="change", licence=held.identifier, **common)
        assert draft.data["premises"] == later.DISPATCH["premises"]

    def test_a_change_gives_the_next_version_and_voids_the_old_one(self) -> None:
        held = later.licence_of(later.granted())
        account, actor, party = later.firm()
        draft = hall.start_draft(
            account=account, party=party, item_code=held.item_code, situation={}, business="change", licence=held.identifier, actor=actor,
            at=now(),
        )  # fmt: skip
        draft.data = {**draft.data, "premises": "望江街道锦绣路 200 号"}
        draft.materials = walk.materials_for(draft)
        draft.save()
        later.granted(draft)
        new = Licence.objects.get(previous__identifier=held.identifier)
        held.refresh_from_db()
        assert (new.version, new.number, new.valid_to) == (2, held.number, held.valid_to)
        assert new.values["address"] == "望江街道锦绣路 200 号"
        assert held.state == "void"

    def test_revocation_tells_reasons_remedies_and_the_credit_room(self) -> None:
        held = later.licence_of(later.granted())
        decider = walk.official("hrss-decider")
        service.announce_revocation(identifier=held.identifier, ground="fraud", reason="虚构验资", actor=decider, at=now())
        service.revoke(identifier=held.identifier, ground="fraud", reason="虚构验资报告", statement="无", actor=decider, at=now())
        drain()
        assert Licence.objects.get(identifier=held.identifier).ended_by == "revoke"
        kinds = [one.kind for one in approvals.documents_of(held.case_no)]
        assert kinds[-2:] == ["revoke_notice", "revoked"]
        assert CreditRecord.objects.get(subject_code=later.HR_FIRM).level == "serious"
        assert Publication.objects.get(case_no=held.case_no).fields["当前状态"] == "撤销"
        assert [one.kind for one in LicenceAct.objects.filter(identifier=held.identifier)] == ["announce", "revoke"]
        with pytest.raises(errors.NotValid):
            service.recall(identifier=held.identifier, ground="law_changed", reason="废止", compensation="已定", actor=decider, at=now())

    def test_an_examiner_may_not_revoke(self) -> None:
        held = later.licence_of(later.granted())
        with pytest.raises(errors.NoPower):
            service.revoke(identifier=held.identifier, ground="procedure", reason="x", actor=walk.official("hrss-examiner"), at=now())


class TestAfterTheDecision:
    def test_what_is_published_can_be_read_by_everybody_and_taken_down(self) -> None:
        case_no = later.granted()
        row = Publication.objects.get(case_no=case_no)
        head = walk.official("hrss-office-head")
        with pytest.raises(errors.FieldMissing) as refused:
            service.publish_decision(publication_id=row.id, changes={"许可内容": " "}, actor=head, at=now())
        assert refused.value.fields == {"许可内容": "请填写许可内容。"}
        service.publish_decision(publication_id=row.id, actor=head, at=now())
        walk.deliver()
        shown = PublishedDecision.objects.get(id=row.id)
        assert shown.fields["许可编号"] == later.licence_of(case_no).number
        with pytest.raises(errors.AlreadyPublished):
            service.publish_decision(publication_id=row.id, actor=head, at=now())
        service.unpublish(publication_id=row.id, reason="决定已被撤销", actor=head, at=now())
        walk.deliver()
        shown.refresh_from_db()
        assert shown.removed_reason == "决定已被撤销"

    def test_the_regulator_claims_once_and_says_how(self) -> None:
        case_no = later.granted()
        row = Handover.objects.get(case_no=case_no)
        inspector = walk.official("hrss-inspector")
        with pytest.raises(errors.ReasonMissing):
            service.claim_handover(handover_id=row.id, answer=" ", actor=inspector, at=now())
        service.claim_handover(handover_id=row.id, answer="纳入双随机抽查", actor=inspector, at=now())
        with pytest.raises(errors.AlreadyClaimed):
            service.claim_handover(handover_id=row.id, answer="再认领", actor=inspector, at=now())

    def test_a_slip_is_corrected_and_the_substance_is_not(self) -> None:
        case_no = later.granted()
        document = next(one for one in approvals.documents_of(case_no) if one.kind == "granted")
        page, sent = f"/back/permits/cases/{case_no}/", {"act": "correct_slip", "document_no": document.document_no}
        decider, examiner = at_the_desk("hrss-decider"), at_the_desk("hrss-examiner")
        assert examiner.post(page, {**sent, "before": "汇材", "after": "汇才"}).status_code == 422, "only who decides corrects"
        assert decider.post(page, {**sent, "before": "汇材", "after": "汇才"}).status_code == 302
        assert [one.kind for one in approvals.documents_of(case_no)][-1] == "corrected_slip"
        refused = decider.post(page, {**sent, "before": "有效期三年", "after": "有效期五年"})
        assert refused.status_code == 422 and "有效期五年" in refused.content.decode()

    def test_a_case_set_aside_by_review_is_decided_anew_with_a_new_licence(self) -> None:
        case_no = later.granted()
        first = later.licence_of(case_no)
        decider, sub_case_no = walk.official("hrss-decider"), f"{case_no}-main"
        with pytest.raises(ActRefused):
            approvals.reopen_case(sub_case_no=sub_case_no, actor=decider, at=now())
        publication = Publication.objects.get(case_no=case_no)
        service.publish_decision(publication_id=publication.id, actor=decider, at=now())
        page = f"/back/permits/cases/{case_no}/"
        told = {"act": "note_review", "source": "review", "reference": "3 号", "outcome": "annulled_redo", "because": "procedure"}
        assert at_the_desk("hrss-examiner").post(page, told).status_code == 422
        assert at_the_desk("hrss-decider").post(page, told).status_code == 302
        publication.refresh_from_db()
        assert publication.remove_due is not None, "what was published comes down"
        assert "3 号" in at_the_desk("hrss-decider").get(page).content.decode()
        assert at_the_desk("hrss-decider").post(page, {"act": "reopen"}).status_code == 302
        drain()
        assert hall.case_by_number(case_no).state == "accepted"
        walk.examine(case_no, walk.official("hrss-examiner"))
        walk.decide(case_no, decider)
        drain()
        first.refresh_from_db()
        assert first.state == "revoked"
        new = Licence.objects.get(case_no=case_no, state="01")
        assert (new.version, new.number) == (2, first.number)
        assert hall.case_by_number(case_no).outcome == "granted"
        document = approvals.documents_of(case_no)[-1].document_no
        assert Publication.objects.filter(case_no=case_no, document_no=document, state="waiting").count() == 1
        assert Handover.objects.filter(case_no=case_no, document_no=document).count() == 1
        delivery = Delivery.objects.get(case_no=case_no)
        assert (delivery.document_no, delivery.state) == (document, "waiting")
        assert sum(one.is_open for one in clocks_of(f"delivery:{sub_case_no}")) == 1


def at_the_desk(post: str) -> Client:
    """The holder of a post, signed in and working in it."""
    client = Client()
    client.force_login(Account.objects.get(login=post), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["acting"] = {"post": post}
    session.save()
    return client


class TestPages:
    def test_each_page_opens_empty_and_full_and_refuses_at_the_field(self) -> None:
        officer = at_the_desk("hrss-decider")
        for path in ("", "licences/", "licences/?q=没有", "publications/", "publications/?state=published", "handovers/"):
            assert officer.get(f"/back/permits/{path}").status_code == 200, path
        case_no = later.granted(later.commit(later.draft()))
        held = later.licence_of(case_no)
        row = Publication.objects.get(case_no=case_no)
        for path in ("", f"cases/{case_no}/", f"licences/{held.identifier}/", f"publications/{row.id}/", "handovers/"):
            assert officer.get(f"/back/permits/{path}").status_code == 200, path
        refused = officer.post(f"/back/permits/licences/{held.identifier}/", {"act": "recall", "ground": "law_changed", "reason": "废止了"})
        assert refused.status_code == 422
        assert "补偿" in refused.content.decode() and "废止了" in refused.content.decode()
        assert officer.post(f"/back/permits/cases/{case_no}/", {"act": "verify"}).status_code == 422
        assert officer.post("/back/permits/handovers/", {"handover": "x"}).status_code == 422

    def test_another_department_sees_nothing(self) -> None:
        held = later.licence_of(later.granted())
        other = at_the_desk("civil-decider")
        assert other.get(f"/back/permits/licences/{held.identifier}/").status_code == 404
        assert other.get(f"/back/permits/cases/{held.case_no}/").status_code == 404
        assert held.number not in other.get("/back/permits/licences/").content.decode()
