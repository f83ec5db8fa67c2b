"""The parts ``officials`` and ``personas`` of a pack: accounts, posts held, authority and the demonstration's sign-in table.

Accounts of a sample pack exist only where SANTAI_DEMO is on: a production city never has a default account (assurance.md §6, 9).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from santai.kernel.codes.service import InvalidIdentifier, check_identifier
from santai.kernel.identity.models import CAPACITIES, Account, Authorisation, Persona, PostHolding
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs.service import Post, Region
from santai.kernel.packs.service import Pack, PackFile, Problem


def check_officials(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems = []
    posts = _posts(pack)
    logins = {row.get("login", "") for _, _, row in _rows(pack.visible_files("officials"))}
    divisions = _divisions(pack)
    person_of_number: dict[str, str] = {}
    seen: set[tuple[str, str, str]] = set()
    for file, number, row in _rows(files):
        login = row.get("login", "")
        for key in ("login", "name", "post", "valid_from"):
            if not row.get(key):
                problems.append(file.problem(number, f"缺少 {key}。"))
        if row.get("post") and row["post"] not in posts:
            problems.append(file.problem(number, f"岗位“{row['post']}”不存在。"))
        if row.get("delegated_from") and row["delegated_from"] not in logins:
            problems.append(file.problem(number, f"委托人“{row['delegated_from']}”不存在。"))
        problems.extend(_number_problems(file, number, row, divisions, person_of_number))
        problems.extend(file.problem(number, text) for text in _date_texts(row.get("valid_from", ""), row.get("valid_to", "")))
        holding = (login, row.get("post", ""), row.get("valid_from", ""))
        if holding in seen:
            problems.append(file.problem(number, "同一人同日起两次担任同一岗位。"))
        seen.add(holding)
    return problems


def install_officials(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    if pack.sample and not settings.DEMO:
        return 0
    rows = [row for _, _, row in _rows(files)]
    people = {row["login"]: _person(row, level=5) for row in reversed(rows)}
    accounts = _accounts(people, sample=pack.sample, at=at)
    order: dict[str, int] = {}
    holdings = []
    for row in rows:
        seq = order[row["login"]] = order.get(row["login"], -1) + 1
        holdings.append(
            PostHolding(
                account=accounts[row["login"]],
                post_id=row["post"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=_date(row.get("valid_to", "")),
                acting=row.get("acting") in ("1", "true", "yes"),
                delegated_from=accounts[row["delegated_from"]] if row.get("delegated_from") else None,
                seq=seq,
            )
        )
    PostHolding.objects.bulk_create(
        holdings,
        update_conflicts=True,
        unique_fields=["account", "post", "valid_from"],
        update_fields=["valid_to", "acting", "delegated_from", "seq"],
        batch_size=1000,
    )
    return len(holdings)


def check_personas(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems = []
    officials = {row.get("login", "") for _, _, row in _rows(pack.visible_files("officials"))}
    divisions = _divisions(pack)
    for file in files:
        if not isinstance(file.data, dict):
            problems.append(file.problem("", "应当是“键: 值”的形式，含 password、people、authorisations、officials。"))
            continue
        if len(str(file.data.get("password", ""))) < 8:
            problems.append(file.problem("password", "演示口令至少 8 位。"))
        numbers: dict[str, str] = {}
        people = set()
        for place, row in _entries(file, "people"):
            if not isinstance(row, dict) or not row.get("login") or not row.get("name"):
                problems.append(file.problem(place, "缺少 login 或 name。"))
                continue
            if row["login"] in people or row["login"] in officials:
                problems.append(file.problem(place, f"登录名“{row['login']}”出现了两次。"))
            people.add(row["login"])
            problems.extend(_number_problems(file, place, row, divisions, numbers))
        for place, row in _entries(file, "officials"):
            if row.get("login") not in officials:
                problems.append(file.problem(place, f"“{row.get('login')}”不在 officials 之中。"))
        for place, row in _entries(file, "authorisations"):
            if row.get("grantee") not in people | officials:
                problems.append(file.problem(place, f"被授权人“{row.get('grantee')}”不存在。"))
            if row.get("capacity", "agent") not in dict(CAPACITIES):
                problems.append(file.problem(place, f"capacity 应为 {'、'.join(dict(CAPACITIES))} 之一。"))
            try:
                check_identifier("credit-code", str(row.get("grantor", "")), also_known=divisions)
            except InvalidIdentifier as wrong:
                problems.append(file.problem(place, f"grantor：{wrong.message}"))
            problems.extend(file.problem(place, text) for text in _date_texts(str(row.get("from", "")), str(row.get("to", ""))))
    return problems


def install_personas(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    if not settings.DEMO:
        return 0
    count = 0
    for file in files:
        data: dict[str, Any] = file.data
        rows = list(data.get("people") or [])
        accounts = _accounts({row["login"]: _person(row, level=int(row.get("level", 4))) for row in rows}, sample=True, at=at)
        officials = list(data.get("officials") or [])
        every = {row["login"] for _, _, row in _rows(pack.files("officials"))} | set(accounts)
        _set_password(str(data["password"]), every)
        known = {account.login: account for account in Account.objects.filter(login__in=every)}
        Persona.objects.filter(account__in=known.values()).delete()
        Persona.objects.bulk_create(
            Persona(
                account=known[row["login"]], group=row.get("group", ""), role_title=row.get("role", ""), hint=row.get("try", ""), seq=seq
            )
            for seq, row in enumerate([*rows, *officials])
        )
        count += len(rows) + len(officials) + _install_authorisations(list(data.get("authorisations") or []), known)
    return count


def _install_authorisations(rows: list[dict[str, Any]], accounts: dict[str, Account]) -> int:
    present = {
        (found.grantor_code, found.grantee_id, found.capacity, found.valid_from)
        for found in Authorisation.objects.filter(grantee__in=accounts.values())
    }
    new = []
    for row in rows:
        grantee, start = accounts[row["grantee"]], date.fromisoformat(row["from"])
        if (row["grantor"], grantee.pk, row.get("capacity", "agent"), start) not in present:
            new.append(
                Authorisation(
                    grantor_code=row["grantor"],
                    grantor_name=row["grantor_name"],
                    grantee=grantee,
                    capacity=row.get("capacity", "agent"),
                    items=list(row.get("items") or []),
                    valid_from=start,
                    valid_to=_date(str(row.get("to") or "")),
                    evidence=row.get("evidence", ""),
                )
            )
    Authorisation.objects.bulk_create(new)
    return len(rows)


def _accounts(people: dict[str, dict[str, Any]], *, sample: bool, at: datetime) -> dict[str, Account]:
    """The accounts of these logins, made or brought up to date in two statements; passwords are left alone."""
    found = {account.login: account for account in Account.objects.filter(login__in=people)}
    for login, facts in people.items():
        if account := found.get(login):
            for key, value in facts.items():
                setattr(account, key, value)
    if found:
        Account.objects.bulk_update(found.values(), ["name", "code_kind", "code", "phone", "level"], batch_size=1000)
    new = [
        Account(login=login, sample=sample, created_at=at, password=make_password(None), **facts)
        for login, facts in people.items()
        if login not in found
    ]
    Account.objects.bulk_create(new, batch_size=1000)
    return found | {account.login: account for account in new}


def _set_password(password: str, logins: set[str]) -> None:
    """One hash for all samples: hashing hundreds would cost seconds. A hash that already fits is kept, so that sessions stay open."""
    accounts = Account.objects.filter(login__in=logins, sample=True)
    for digest in accounts.exclude(password__startswith="!").values_list("password", flat=True).order_by("login")[:1]:
        if check_password(password, digest):
            break
    else:
        digest = make_password(password)
    accounts.exclude(password=digest).update(password=digest)


def _person(row: dict[str, Any], *, level: int) -> dict[str, Any]:
    return {
        "name": row["name"],
        "code_kind": "resident-id" if row.get("resident_id") else "",
        "code": row.get("resident_id", ""),
        "phone": row.get("phone", ""),
        "level": level,
    }


def _number_problems(
    file: PackFile, place: str | int, row: dict[str, Any], divisions: frozenset[str], person_of_number: dict[str, str]
) -> Iterator[Problem]:
    for key, kind in (("resident_id", "resident-id"), ("phone", "mobile")):
        if text := str(row.get(key) or ""):
            try:
                check_identifier(kind, text, also_known=divisions)
            except InvalidIdentifier as wrong:
                yield file.problem(place, f"{key}：{wrong.message}")
    number, login = str(row.get("resident_id") or ""), str(row.get("login"))
    if number and person_of_number.setdefault(number, login) != login:
        yield file.problem(place, f"证件号码与“{person_of_number[number]}”的相同。")


def _rows(files: list[PackFile]) -> Iterator[tuple[PackFile, int, dict[str, str]]]:
    for file in files:
        for number, row in enumerate(file.data or []):
            yield file, number, row


def _entries(file: PackFile, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, row in enumerate(file.data.get(key) or []):
        yield f"{key}[{number}]", row


def _posts(pack: Pack) -> set[str]:
    return {row["code"] for _, _, row in _rows(pack.visible_files("posts"))} | set(Post.objects.values_list("code", flat=True))


def _divisions(pack: Pack) -> frozenset[str]:
    own = {row["code"] for _, _, row in _rows(pack.visible_files("regions")) if len(row["code"]) == 6}
    return frozenset(own) | frozenset(Region.objects.filter(code__regex=r"^[0-9]{6}$").values_list("code", flat=True))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _date_texts(start: str, end: str) -> Iterator[str]:
    values = []
    for name, text in (("开始日期", start), ("结束日期", end)):
        try:
            values.append(_date(text))
        except ValueError:
            yield f"{name}“{text}”不是有效日期（YYYY-MM-DD）。"
            values.append(None)
    if values[0] and values[1] and values[1] < values[0]:
        yield "结束日期早于开始日期。"
