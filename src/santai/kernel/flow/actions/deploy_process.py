"""Put a process version or a decision table into force. A version's content never changes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from santai.kernel.flow.adapters import compile_process
from santai.kernel.flow.errors import ProcessRefused, VersionIsFixed
from santai.kernel.flow.models import Decision, ProcessSpec
from santai.kernel.flow.queries import known
from santai.kernel.flow.rules.decisions import DecisionTable, read_decisions
from santai.kernel.flow.rules.lint import Problem, check_process
from santai.kernel.flow.rules.process_file import digest_of, read_process
from santai.kernel.jobs.service import forget_kept
from santai.kernel.ledger.service import Actor, as_one_act, record


def check_process_file(bpmn: str, *, dmn: Mapping[str, str] | None = None, deployed: bool = True) -> list[Problem]:
    """Everything wrong with a file, as (element, text); writes nothing. ``deployed``: decision tables already in force count too."""
    tables, problems = _given_tables(dmn or {})
    file = read_process(bpmn)
    if deployed:
        wanted = {node.decision for node in file.nodes.values() if node.decision} - set(tables)
        tables |= {key: table for key, (_, _, table) in _deployed_tables(wanted).items()}
    found = known()
    return problems + check_process(file, roles=found.roles, lanes=found.lanes, tables=tables)


@as_one_act
def deploy_process(*, key: str, version: int, bpmn: str, dmn: Mapping[str, str] | None = None, actor: Actor, at: datetime) -> ProcessSpec:
    """Check and store one version; the same content again changes nothing. ``dmn``: file name → text of decision files it needs.

    ``version`` 0 stores the next number, or finds the latest version when its content is the same. ProcessRefused names every element
    that is wrong; VersionIsFixed when the version exists with other content.
    """
    problems = check_process_file(bpmn, dmn=dmn)
    file = read_process(bpmn)
    if file.key and file.key != key:
        problems.append((file.key, f"process 的 id 与流程代码“{key}”不一致"))
    if problems:
        raise refusal(problems)
    given, _ = _given_tables(dmn or {})
    wanted = {node.decision for node in file.nodes.values() if node.decision}
    texts = {table: {"version": 0, "dmn": text} for text in (dmn or {}).values() for table in read_decisions(text)[0] if table in wanted}
    for table, (number, text, _) in _deployed_tables(wanted - set(given)).items():
        texts[table] = {"version": number, "dmn": text}
    digest = digest_of(bpmn, *(f"{table}:{texts[table]['dmn']}" for table in sorted(texts)))
    latest = ProcessSpec.objects.filter(key=key).order_by("-version").first()
    existing = latest if not version else ProcessSpec.objects.filter(key=key, version=version).first()
    if existing is not None and existing.digest == digest:
        return existing
    if existing is not None and version:
        raise VersionIsFixed(f"流程“{key}”第 {version} 版已经部署，内容不能再改；请用新的版本号部署。", key=key, version=version)
    compile_process(bpmn, {table: read_decisions(str(entry["dmn"]))[0][table] for table, entry in texts.items()})
    spec = ProcessSpec.objects.create(
        key=key,
        version=version or (latest.version + 1 if latest else 1),
        name=file.name,
        bpmn=bpmn,
        decisions=texts,
        digest=digest,
        deployed_at=at,
        deployed_by=actor.name,
    )
    forget_kept()
    transaction.on_commit(forget_kept)
    record(actor=actor, act="kernel.flow.deploy_process", on=f"process:{key}/{spec.version}", at=at, details={"digest": digest})
    return spec


@as_one_act
def deploy_decision(*, dmn: str, version: int = 0, actor: Actor, at: datetime) -> list[Decision]:
    """Store every table of a DMN file as a version of its key; same content again changes nothing. ProcessRefused, VersionIsFixed."""
    tables, problems = read_decisions(dmn)
    if problems:
        raise refusal(problems)
    highest = dict(Decision.objects.filter(key__in=tables).values_list("key").annotate(Max("version")))
    stored = []
    for key, table in tables.items():
        wanted = version or highest.get(key, 0)
        existing = Decision.objects.filter(key=key, version=wanted).first()
        digest = digest_of(repr(table))
        if existing is not None and existing.digest == digest:
            stored.append(existing)
            continue
        if existing is not None and version:
            raise VersionIsFixed(f"决策表“{key}”第 {version} 版已经部署，内容不能再改；请用新的版本号部署。", key=key, version=version)
        number = version or highest.get(key, 0) + 1
        stored.append(
            Decision.objects.create(
                key=key, version=number, name=table.name, dmn=dmn, digest=digest, deployed_at=at, deployed_by=actor.name
            )
        )
        record(actor=actor, act="kernel.flow.deploy_decision", on=f"decision:{key}/{number}", at=at, details={"digest": digest})
    return stored


def refusal(problems: list[Problem]) -> ProcessRefused:
    listed = "；".join(f"{element}：{text}" if element else text for element, text in problems)
    return ProcessRefused(f"流程文件不符合要求，请修改后重新部署：{listed}", problems=problems)


def _given_tables(dmn: Mapping[str, str]) -> tuple[dict[str, DecisionTable], list[Problem]]:
    tables: dict[str, DecisionTable] = {}
    problems: list[Problem] = []
    for text in dmn.values():
        found, wrong = read_decisions(text)
        problems += wrong
        problems += [(key, "决策表在多个文件中重复") for key in found if key in tables]
        tables |= found
    return tables, problems


def _deployed_tables(keys: set[str]) -> dict[str, tuple[int, str, DecisionTable]]:
    if not keys:
        return {}
    rows = Decision.objects.filter(key__in=keys).order_by("key", "version")
    return {row.key: (row.version, row.dmn, read_decisions(row.dmn)[0][row.key]) for row in rows}
