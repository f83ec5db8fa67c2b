"""One case walked from its draft to its end, or to the present, through the rooms' own doors at past moments.

Everything a walk does happens in one transaction of the caller and is delivered before the commit: nobody ever sees a case half-way, and
a running worker finds nothing to take over at the wrong time.
"""

import random
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils.timezone import localtime

from santai.back.approvals import service as approvals
from santai.back.cases.service import Case, SubCase
from santai.config.demo.samples import Person, filled_in
from santai.exchange.bus.service import deliver_mine
from santai.exchange.contracts.service import ItemDefinition
from santai.exchange.licences import service as licences
from santai.front.hall import service as hall
from santai.kernel.clocks import service as clocks
from santai.kernel.files.service import FileRef, store
from santai.kernel.flow.service import Task, open_tasks
from santai.kernel.identity.service import Account, PostHolding, actor_for_account, find_account, holders_of_role
from santai.kernel.jobs.service import drain, sweeps
from santai.kernel.ledger.service import Actor, ActRefused, Party

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page" \
    b"/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"  # fmt: skip
SPEED = {"check": (0.1, 2.0), "instant": (0.01, 0.2), "examine": (0.2, 2.5), "decide": (0.1, 1.2), "record": (0.2, 2.0)}  # working days
WORDS = {
    1: ("很方便，在家就办好了。", "材料少，办得快，谢谢！", ""),
    2: ("整体顺利。", "", ""),
    3: ("还可以，表格再短一点就好了。", ""),
    4: ("等了比较久，中间没有人告诉我进度。",),
    5: ("超过了承诺的时间才办好。",),
}


@dataclass
class Plan:
    """What will happen to one application. ``traits``: correction, refused, withdrawn, late, deemed, stopped, extended, slow."""

    item: str
    received_at: datetime
    person: Person
    others: list[Person]
    traits: frozenset[str] = frozenset()
    rating: int = 0
    seed: int = 0


@dataclass
class Walk:
    """``until``: the present; what would happen later is left for the visitors of the demonstration."""

    plan: Plan
    until: datetime
    rng: random.Random = field(init=False)
    case_no: str = ""
    _due: dict[str, datetime] = field(default_factory=dict)  # task or event → when it will be done
    _done: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.plan.seed)  # noqa: S311  # made-up history, not a secret

    # -- the applicant -----------------------------------------------------------------------------------------------------------------

    def file(self) -> str:
        """Fill in, hand in, sign, submit; the case number. ActRefused when the packs' rules do not let this application through."""
        plan = self.plan
        item = hall.current_item(plan.item)
        account, actor, party = self._applicant(item)
        began = plan.received_at - timedelta(minutes=self.rng.randint(8, 55))
        with self._moment(began):
            draft = hall.start_draft(account=account, party=party, item_code=item.code, situation={}, actor=actor, at=began)
            data = _merged(filled_in(item.form, person=plan.person, others=plan.others, rng=self.rng, on=began.date()), draft.data)
            draft = hall.save_draft(draft_id=draft.id, data=data, revision=draft.revision, actor=actor, at=began)
            for material in hall.materials_of_draft(draft):
                if material.source in ("upload", "licence") and material.required:
                    files = [_paper(material.name, material.accepted_types, actor, began)]
                    hall.hand_in_material(draft_id=draft.id, code=material.code, files=files, actor=actor, at=began)
            if item.signers:
                self._sign(draft, actor, began)
        with self._moment(plan.received_at):
            self.case_no = hall.submit_application(draft_id=draft.id, account=account, actor=actor, at=plan.received_at).case_no
            deliver_mine()
        return self.case_no

    def _applicant(self, item: ItemDefinition) -> tuple[Account, Actor, Party]:
        if "person" not in item.holder_kinds:
            account = find_account("hr-manager") or Account.objects.none().get()
            party = Party(kind="organisation", code_kind="credit-code", code="91189901MA8100029W", name="东江汇才人力资源有限公司")
            return account, actor_for_account(account, represents=party), party
        person = self.plan.person
        party = Party(kind="person", code_kind="resident-id", code=person["code"], name=person["name"], phone=person["phone"])
        account = Account(
            login=person["code"], name=person["name"], code_kind="resident-id", code=person["code"], phone=person["phone"], level=4
        )
        return account, Actor(kind="person", account=str(account.pk), name=account.name, person_code=account.code), party

    def _sign(self, draft: Any, actor: Actor, at: datetime) -> None:
        for invitation in hall.invite_signers(draft_id=draft.id, actor=actor, at=at):
            signer = Actor(kind="person", account=f"sample:{invitation.code}", name=invitation.name, person_code=invitation.code)
            hall.sign_draft(invitation_id=invitation.id, digest=hall.content_digest(draft), actor=signer, at=at)

    # -- everything after the submission -------------------------------------------------------------------------------------------------

    def walk(self) -> None:
        """Act after act in order of time, until the case is done or the present is reached."""
        for _ in range(120):
            nearest = self._next()
            if nearest is None or nearest[1] > self.until:
                break
            key, at, task = nearest
            self._due.pop(key, None)
            with self._moment(at):
                if self._pass_time(at):
                    continue  # a deadline fell before this act: look again at what is open
                try:
                    self._act(key, task, at)
                except ActRefused as refusal:
                    if refusal.code.endswith(("not_ready_to_finish", "stopped")):
                        self._due[key] = self._later(at, 0.4)
                    else:
                        raise
                deliver_mine()
        with self._moment(self.until):
            self._pass_time(self.until)
            deliver_mine()

    def _next(self) -> tuple[str, datetime, Task | None] | None:
        case = Case.objects.filter(case_no=self.case_no).first()
        if case is None:
            return None
        found: list[tuple[str, datetime, Task | None]] = []
        if not case.completed_at:
            parts = {f"subcase:{part.sub_case_no}": part for part in case.sub_cases.all()}
            for task in open_tasks().filter(subject__in=[f"case:{self.case_no}", *parts]):
                part = parts.get(task.subject)
                key = str(task.id)
                found.append((key, self._due.setdefault(key, self._when(task, part)), task))
                found += [(event, self._due[event], task) for event in self._events(task, part)]
            correction = hall.correction_of(self.case_no)
            if correction is not None and correction.answered_at is None:
                asked = correction.requested_at
                found.append(("answer", self._due.setdefault("answer", self._later(asked, self.rng.uniform(0.5, 6))), None))
            if "withdrawn" in self.plan.traits and "withdraw" not in self._done:
                found.append(("withdraw", self._due.setdefault("withdraw", self._later(case.received_at, 1.2)), None))
        elif self.plan.rating and "rate" not in self._done:
            found.append(("rate", self._due.setdefault("rate", self._later(case.completed_at, self.rng.uniform(0.1, 3))), None))
        return min(found, key=lambda entry: entry[1], default=None)

    def _events(self, task: Task, part: SubCase | None) -> Iterator[str]:
        """Special procedures and longer limits belong to the examination."""
        if part is None or task.element != "examine":
            return
        branch = approvals.branch_of_sub_case(part)
        for trait, begin, end, allowed in (
            ("stopped", "stop", "resume", bool(branch.special_procedures)),
            ("extended", "ask", "answer_ask", bool(branch.extension_rule)),
        ):
            if trait not in self.plan.traits or not allowed:
                continue
            first, second = f"{begin}:{part.sub_case_no}", f"{end}:{part.sub_case_no}"
            if first not in self._done:
                self._due.setdefault(first, self._later(task.opened_at, 0.2))
                yield first
            elif second not in self._done:
                self._due.setdefault(second, self._later(self._due.get(f"at:{first}", task.opened_at), 6 if trait == "stopped" else 0.2))
                yield second

    def _when(self, task: Task, part: SubCase | None) -> datetime:
        least, most = SPEED.get(task.element, (0.1, 1.0))
        days = self.rng.uniform(least, most)
        if part is not None and task.element == "examine":
            if "stopped" in self.plan.traits and approvals.branch_of_sub_case(part).special_procedures:
                days += 7
            elif "extended" in self.plan.traits and approvals.branch_of_sub_case(part).extension_rule:
                days += 2
            if "late" in self.plan.traits and part.due_at is not None:
                return self._later(part.due_at, self.rng.uniform(0.5, 4))
            if "slow" in self.plan.traits:
                days += 30
        if task.element == "check" and "deemed" in self.plan.traits:
            days += 6
        return self._later(task.opened_at, days)

    def _act(self, key: str, task: Task | None, at: datetime) -> None:
        name, _, sub_case_no = key.partition(":")
        if name in ("answer", "withdraw", "rate"):
            self._done.add(name)
            self._applicant_acts(name, at)
        elif sub_case_no:
            self._done.add(key)
            self._due[f"at:{key}"] = at
            self._special(name, sub_case_no, at)
        elif task is not None:
            self._work(task, at)

    def _applicant_acts(self, name: str, at: datetime) -> None:
        view = hall.case_by_number(self.case_no)
        assert view is not None
        actor = Actor(kind="person", account=view.account, name=self.plan.person["name"], person_code=self.plan.person["code"])
        if name == "withdraw":
            hall.ask_withdrawal(case_no=self.case_no, reason="材料需要重新准备，先撤回申请。", actor=actor, at=at)
        elif name == "answer":
            correction = hall.correction_of(self.case_no)
            for code in {defect["material"] for defect in (correction.defects if correction else ()) if defect.get("material")}:
                hall.add_correction_file(case_no=self.case_no, code=code, files=[_paper("补正材料", (), actor, at)], actor=actor, at=at)
            hall.submit_correction(case_no=self.case_no, actor=actor, at=at)
        else:
            self._rate(actor, at)

    def _rate(self, actor: Actor, at: datetime) -> None:
        try:
            from santai.front.ratings import service as ratings
        except ImportError:  # this city runs without that room
            return
        view = hall.case_by_number(self.case_no)
        case = Case.objects.get(case_no=self.case_no)
        assert view is not None
        occasion = ratings.Occasion(
            kind="case", number=self.case_no, case_no=self.case_no, item_code=case.item_code, item_name=case.item_name,
            organisation=case.organisation, organisation_name=case.organisation_name, applicant_name=case.applicant_name,
        )  # fmt: skip
        level = self.plan.rating
        tags = self.rng.sample(sorted(ratings.REASONS[level]), 1)
        ratings.rate(occasion=occasion, level=level, tags=tags, text=self.rng.choice(WORDS[level]), actor=actor, at=at)

    def _special(self, name: str, sub_case_no: str, at: datetime) -> None:
        part = SubCase.objects.select_related("case").get(sub_case_no=sub_case_no)
        examiner = self._officer("examiner", part.organisation)
        if name == "stop":
            branch = approvals.branch_of_sub_case(part)
            approvals.start_special_procedure(
                sub_case_no=sub_case_no, cause=branch.special_procedures[0], reason="需要组织专家评审，评审结论是作出决定的依据。",
                expected_days=6, approver=self._officer("decider", part.organisation, not_account=examiner.account), actor=examiner, at=at,
            )  # fmt: skip
        elif name == "resume":
            approvals.end_special_procedure(sub_case_no=sub_case_no, result="专家评审已完成，原则同意。", actor=examiner, at=at)
        elif name == "ask":
            approvals.ask_extension(sub_case_no=sub_case_no, reason="股权结构复杂，需要进一步核对。", days=3, actor=examiner, at=at)
        else:
            approver = self._officer("decider", part.organisation, not_account=examiner.account)
            approvals.answer_extension(sub_case_no=sub_case_no, approve=True, answer="同意。", actor=approver, at=at)

    # -- the officials -----------------------------------------------------------------------------------------------------------------

    def _work(self, task: Task, at: datetime) -> None:
        element = task.element
        no = task.subject.partition(":")[2]
        part = SubCase.objects.select_related("case").filter(sub_case_no=no).first()
        officer = self._officer(task.role, task.organisation, not_account=part.examined_by if part and element == "decide" else "")
        refused = "refused" in self.plan.traits and part is not None and part.position == 0
        refused = refused and part is not None and approvals.remedies_known(part.organisation)  # else nobody may refuse
        if element == "instant":
            reason = self._refusal() if refused else ""
            outcome = "refused" if refused else "granted"
            if "correction" in self.plan.traits and part and not part.case.corrected:
                defects = [{"text": self._defect(part)}]
                approvals.settle_on_the_spot(sub_case_no=no, task=task.id, outcome="defects", defects=defects, actor=officer, at=at)  # type: ignore[arg-type]
            else:
                approvals.settle_on_the_spot(sub_case_no=no, task=task.id, outcome=outcome, reason=reason, actor=officer, at=at)
        elif element == "check":
            assert part is not None
            wanting = "correction" in self.plan.traits and not part.case.corrected and part.nature != "push" and part.position == 0
            defects = [{"text": self._defect(part)}] if wanting else []
            approvals.check_materials(sub_case_no=no, task=task.id, complete=not wanting, defects=defects, actor=officer, at=at)  # type: ignore[arg-type]
        elif element == "intake":
            approvals.receive_papers(case_no=no, task=task.id, actor=officer, at=at)
        elif element == "unify_correction":
            approvals.unite_correction(case_no=no, task=task.id, actor=officer, at=at)
        elif element == "examine":
            suggestion = "suggest_refuse" if refused else "suggest_grant"
            opinion = self._refusal() if refused else "符合规定条件。"
            approvals.examine(sub_case_no=no, task=task.id, suggestion=suggestion, opinion=opinion, actor=officer, at=at)
        elif element == "decide":
            reason = self._refusal() if refused else ""
            approvals.decide(
                sub_case_no=no, task=task.id, outcome="refused" if refused else "granted", reason=reason, actor=officer, at=at
            )  # fmt: skip
        elif element in ("record", "acknowledge"):
            approvals.record_branch(sub_case_no=no, task=task.id, opinion="", actor=officer, at=at)
        elif element == "issue":
            approvals.issue_results(case_no=no, task=task.id, how="电子送达", actor=officer, at=at)
        deliver_mine()
        if element in ("decide", "instant", "issue"):
            licences.seal_due(at)

    def _officer(self, role: str, organisation: str, *, not_account: str = "") -> Actor:
        people = [holding for holding in _holders(role, organisation) if str(holding.account_id) != not_account]
        if not people:
            raise LookupError(f"nobody is {role} of {organisation}")
        holding = people[self.plan.seed % len(people)]
        return actor_for_account(holding.account, holding)

    def _defect(self, part: SubCase) -> str:
        texts = approvals.branch_of_sub_case(part).correction_texts
        return self.rng.choice(texts) if texts else "上传的材料缺少签名页，请补充。"

    def _refusal(self) -> str:
        texts = hall.current_item(self.plan.item).refusal_texts
        return texts[0] if texts else "不符合规定的条件。"

    # -- time --------------------------------------------------------------------------------------------------------------------------

    @contextmanager
    def _moment(self, at: datetime) -> Iterator[None]:
        with clocks.at_demo_moment(at):
            yield

    def _pass_time(self, at: datetime) -> bool:
        """Deadlines that fell up to ``at`` take effect first, on their own day; True when something of this happened."""
        due = [state.due_at for state in self._clocks() if state.state == "running" and state.due_at <= at]
        for moment in sorted(due):
            then = moment + timedelta(minutes=5)
            with self._moment(then):
                clocks.fire_due(then)
                deliver_mine()
                _supervise(then)
                deliver_mine()
        return bool(due)

    def _clocks(self) -> list[clocks.ClockState]:
        subjects = [f"case:{self.case_no}"]
        subjects += [f"subcase:{no}" for no in SubCase.objects.filter(case_id=self.case_no).values_list("sub_case_no", flat=True)]
        return [state for states in clocks.clocks_of_many(subjects).values() for state in states]

    def _later(self, at: datetime, days: float) -> datetime:
        """``days`` working days on, within office hours."""
        local = localtime(at)
        whole, rest = int(days), days - int(days)
        minutes = int(rest * 8 * 60) + self.rng.randint(1, 20)
        day = local.date()
        start = max(local.time(), time(9))
        if not clocks.is_working_day(day) or start >= time(17):
            day, start = clocks.add_working_days(day, 1), time(9)
        if whole:
            day = clocks.add_working_days(day, whole)
        total = start.hour * 60 + start.minute + minutes
        if total >= 17 * 60:
            day, total = clocks.add_working_days(day, 1), 9 * 60 + (total - 17 * 60) % (8 * 60)
        return local.replace(
            year=day.year, month=day.month, day=day.day, hour=total // 60, minute=total % 60, second=self.rng.randint(0, 59), microsecond=0
        )


def _supervise(at: datetime) -> None:
    """Prompts, warnings and cards of that moment, if the room runs here."""
    if any(name.startswith("oversight.supervision") for name in sweeps()):
        drain(at, only=("oversight.supervision",))


def _merged(given: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, over what the registers gave."""
    result = dict(known)
    for key, value in given.items():
        before = result.get(key)
        result[key] = _merged(value, before) if isinstance(value, Mapping) and isinstance(before, Mapping) else value
    return result


def _paper(name: str, accepted: tuple[str, ...], actor: Actor, at: datetime) -> FileRef:
    if accepted and "application/pdf" not in accepted:
        return store(content=_picture(), name=f"{name}.png", accepted_types=("image/png",), max_megabytes=5, actor=actor, at=at)
    return store(content=PAPER, name=f"{name}.pdf", accepted_types=("application/pdf",), max_megabytes=5, actor=actor, at=at)


@lru_cache(maxsize=1)
def _picture() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    width, height = 358, 441  # the official size of a portrait, in white
    pixels = (b"\x00" + b"\xff" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


@lru_cache(maxsize=400)
def _holders(role: str, organisation: str) -> tuple[PostHolding, ...]:
    return tuple(holders_of_role(role, organisation=organisation, on=clocks.today()).order_by("account__login"))


def forget() -> None:
    """After packs changed or the city was reset."""
    _holders.cache_clear()
