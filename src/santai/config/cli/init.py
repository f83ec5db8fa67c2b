"""``santai init FOLDER``: a production city. No demonstration accounts; secrets made here; examples for systemd and TLS beside them."""

import argparse
import csv
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import yaml

from santai.config.installation import ROOT, SETTINGS_FILE, CannotStart, environment_without_installation, leave_installation

QUESTIONS = (
    ("address", "对外网址（https://…） · public address"),
    ("region", "区划代码（6 位，如 310115） · division code"),
    ("region_name", "区划名称 · name of the division"),
    ("body", "主管单位名称 · name of the body in charge"),
    ("admin_name", "首位系统管理员姓名 · first administrator"),
    ("admin_id", "管理员身份证号 · resident identity number"),
    ("admin_phone", "管理员手机 · mobile phone"),
)
# Three administrators who watch each other; the first person named gets the first post only (三员分立).
POSTS = (
    ("system-admin", "系统管理员", "system_admin"),
    ("security-admin", "安全管理员", "security_admin"),
    ("audit-admin", "审计管理员", "audit_admin"),
)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = subparsers.add_parser("init", help="建立正式城市（非示范）：密钥、首位管理员、systemd 与 TLS 样例 · make a production city")
    init.add_argument("folder", type=Path)
    for name, question in QUESTIONS:
        init.add_argument(f"--{name.replace('_', '-')}", default="", help=question)
    init.add_argument("--admin-login", default="admin", help="登录名，默认 admin · login of the administrator")
    init.add_argument("--database-url", default="", help="已有的 PostgreSQL ≥ 15；默认内嵌 · your own PostgreSQL, application's role")
    init.add_argument("--owner-url", default="", help="同一数据库的所有者角色，供迁移使用 · the owner's role, for migrations")
    init.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    home = chosen.folder.resolve()
    if (home / SETTINGS_FILE).exists() or (home.exists() and any(home.iterdir())):
        raise CannotStart(f"{home} 已有内容；请换一个空文件夹 · is not empty, choose another folder.")
    answers = {name: getattr(chosen, name).strip() or _ask(name, question) for name, question in QUESTIONS}
    wrong = [f"--{name.replace('_', '-')}：{text}" for name, answer in answers.items() if (text := what_is_wrong(name, answer))]
    if wrong:
        raise CannotStart("\n".join(wrong))
    parts = urlsplit(answers["address"])
    from santai.config.cli import enter_django
    from santai.config.installation import find_installation

    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    try:
        _write_settings(home, answers["address"], chosen)
        _write_pack(home / "packs", answers)
        write_examples(home, parts.hostname or "")
        command = [sys.executable, "-m", "santai.config.cli", "--city", str(home), "up", "--prepare-only", "--port", "8000"]
        clean = environment_without_installation() | {"PYTHONPATH": str(ROOT / "src")}
        if subprocess.run(command, env=clean, check=False).returncode:
            raise CannotStart("准备失败，城市文件夹已撤销；改正后重新执行 · preparing failed, the folder was removed again.")
        leave_installation()
        installation = find_installation(str(home))
        if not installation.external_database:
            installation.server.start()
        try:
            enter_django(installation, owner=True)
            password = _first_administrator(answers, chosen.admin_login)
        finally:
            if not installation.external_database:
                installation.server.stop()
    except BaseException:
        from santai.config.postgres import server_at

        if not chosen.database_url:
            server = server_at(home / "var")
            for folder in (server.home, server.socket_dir):
                shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
        raise
    print(f"\n城市已建立：{home}\n  登录名 login: {chosen.admin_login}")
    print(f"  初始口令 password: {password}（只显示这一次，首次登录必须修改 · shown once, to be changed at the first sign-in）")
    print(f"  启动 start: santai --city {home} up\n  备份 backup: santai --city {home} backup")
    print(f"  样例 examples: {home}/examples（systemd、nginx、Caddy）")
    return 0


def _ask(name: str, question: str) -> str:
    if not sys.stdin.isatty():
        raise CannotStart(f"缺少 --{name.replace('_', '-')}：{question}")
    while True:
        answer = input(f"{question}: ").strip()
        if answer and not (text := what_is_wrong(name, answer)):
            return answer
        print(text if answer else "请填写 · an answer is needed", file=sys.stderr)


def what_is_wrong(name: str, answer: str) -> str:
    """What to correct in an answer before anything is made; empty when nothing."""
    from santai.kernel.codes.rules.identifiers import WrongIdentifier, checked

    parts = urlsplit(answer) if name == "address" else None
    if parts is not None and (parts.scheme not in ("http", "https") or not parts.hostname):
        return "对外网址应形如 https://zwfw.example.gov.cn · the address must look like https://…"
    if name == "region" and not re.fullmatch(r"[1-9][0-9]{5}", answer):
        return "区划代码应为 6 位数字，如 310115 · six digits"
    if name == "admin_name" and len(answer) < 2:
        return "请填写与证件一致的姓名 · the name as on the document"
    kind = {"admin_id": "resident-id", "admin_phone": "mobile"}.get(name)
    try:
        return "" if kind is None else checked(kind, answer) and ""
    except WrongIdentifier as wrong:
        return str(wrong)


def _write_settings(home: Path, address: str, chosen: argparse.Namespace) -> None:
    parts = urlsplit(address)
    lines = [
        "# 本城市的设置与密钥；systemd 以 EnvironmentFile 读取。每一项的含义见 docs/operations.md。",
        f"SANTAI_VAR={home / 'var'}",
        f"SANTAI_ADDRESS={address.rstrip('/')}",
        f"SANTAI_HOSTS={parts.hostname},127.0.0.1,localhost",
        f"SANTAI_PACKS={home / 'packs'}",
        "SANTAI_PACKS_INSTALL=" + ",".join(["city", *_plain_packs()]),
        "SANTAI_DEMO=0",
        f"SANTAI_SECRET_KEY={secrets.token_urlsafe(48)}",
        f"SANTAI_LINK_KEY={secrets.token_urlsafe(48)}",
    ]
    if chosen.database_url:
        lines += [f"DATABASE_URL={chosen.database_url}", f"SANTAI_OWNER_URL={chosen.owner_url or chosen.database_url}"]
    path = home / SETTINGS_FILE
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n")


def _plain_packs() -> list[str]:
    """Packs of the product that are not sample content."""
    found = []
    for manifest in sorted((ROOT / "packs").glob("*/pack.yaml")):
        data = yaml.safe_load(manifest.read_text()) or {}
        if not data.get("sample") and not data.get("requires"):
            found.append(manifest.parent.name)
    return found


def _write_pack(packs: Path, answers: dict[str, str]) -> None:
    """The city's own first pack: its division, the body in charge, the three administrators' posts. More is added by packs of the city."""
    for name in _plain_packs():
        shutil.copytree(ROOT / "packs" / name, packs / name)
    folder = packs / "city"
    folder.mkdir(parents=True)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    code, city = answers["region"], answers["region"][:4] + "00"
    regions = [{"code": city, "name": answers["region_name"], "level": "city", "parent": "", "valid_from": today}]
    if code != city:
        regions[0]["name"] = f"{answers['region_name']}所属市"
        regions.append({"code": code, "name": answers["region_name"], "level": "district", "parent": city, "valid_from": today})
    level = "city" if code == city else "district"
    body = {
        "code": "head-office",
        "name": answers["body"],
        "level": level,
        "region": code,
        "kind": "organ",
        "valid_from": today,
        "seq": "1",
    }
    posts = [{"code": slug, "organisation": "head-office", "title": title, "roles": role} for slug, title, role in POSTS]
    for name, rows in (("regions", regions), ("organisations", [body]), ("posts", posts)):
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    manifest: dict[str, object] = {"name": "city", "title": answers["region_name"], "version": "1.0", "requires": [], "sample": False}
    manifest["parts"] = {name: [f"{name}.csv"] for name in ("regions", "organisations", "posts")}
    (folder / "pack.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False))


def _first_administrator(answers: dict[str, str], login: str) -> str:
    from santai.kernel.clocks import service as clocks
    from santai.kernel.identity import service as identity
    from santai.kernel.ledger.service import ActRefused, system_actor

    try:
        _, password = identity.open_account(
            login=login, name=answers["admin_name"], code_kind="resident-id", code=answers["admin_id"], phone=answers["admin_phone"],
            post=POSTS[0][0], valid_from=clocks.today(), actor=system_actor("config.init"), at=clocks.now(),
        )  # fmt: skip
    except ActRefused as refusal:
        details = "；".join(str(text) for text in (getattr(refusal, "fields", None) or {}).values())
        raise CannotStart(f"首位管理员没有建立：{details or refusal} · the administrator's data were refused.") from refusal
    return password


def write_examples(home: Path, host: str) -> None:
    """Units for systemd and two proxies that end TLS, with this city's paths, host and user."""
    folder = home / "examples"
    folder.mkdir()
    user = pwd.getpwuid(os.geteuid()).pw_name  # whoever made the city owns its folder and keys
    command = Path(sys.executable).parent / "santai"
    for name, what in (("web", "web --port 8000"), ("worker", "worker")):
        (folder / f"santai-{name}.service").write_text(
            f"""# cp {folder}/santai-*.service /etc/systemd/system/
# systemctl daemon-reload && systemctl enable --now santai-web santai-worker
# 供自备 PostgreSQL（DATABASE_URL）使用；内嵌数据库请用 santai.service。
[Unit]
Description=Santai {name}
After=network-online.target postgresql.service

[Service]
User={user}
ExecStart={command} --city {home} {what}
Restart=always
RestartSec=2
KillSignal=SIGTERM
TimeoutStopSec=45
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=full

[Install]
WantedBy=multi-user.target
"""
        )
    (folder / "santai.service").write_text(
        f"""# 一台机器、内嵌数据库：网页、后台、数据库一起启停。
[Unit]
Description=Santai
After=network-online.target

[Service]
User={user}
ExecStart={command} --city {home} up --port 8000
Restart=always
RestartSec=2
KillMode=mixed
TimeoutStopSec=60

[Install]
WantedBy=multi-user.target
"""
    )
    (folder / "nginx.conf").write_text(
        f"""server {{
    listen 443 ssl;
    listen [::]:443 ssl;
    http2 on;
    server_name {host};
    ssl_certificate     /etc/ssl/{host}.crt;
    ssl_certificate_key /etc/ssl/{host}.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    client_max_body_size 64m;

    location / {{
        proxy_pass http://127.0.0.1:8000;
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-For $remote_addr;  # 覆盖而非追加：不信任来访者自报的地址
        proxy_read_timeout 60s;
    }}
}}
server {{ listen 80; listen [::]:80; server_name {host}; return 301 https://$host$request_uri; }}
"""
    )
    (folder / "Caddyfile").write_text(
        f"""{host} {{
    request_body {{
        max_size 64MB
    }}
    reverse_proxy 127.0.0.1:8000
}}
"""
    )
