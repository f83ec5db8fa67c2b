"""Loading and checking packs, and the list of installed ones."""

import hashlib
import logging
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from santai.kernel.packs import adapters, rules
from santai.kernel.packs.messages import Pack, PackFile, Problem
from santai.kernel.packs.models import InstalledPack

log = logging.getLogger(__name__)


def installed_packs() -> QuerySet[InstalledPack]:
    """Every installed pack, in the order of installation."""
    return InstalledPack.objects.all()


def load(path: Path, *, profile: str = "", _coming_from: tuple[str, ...] = ()) -> tuple[Pack | None, list[Problem]]:
    """A pack with its files and those of the packs it requires that lie beside it; and the problems of form.

    ``profile``: which of the pack's ways of doing things; left out, the one that is installed, else the pack's first."""
    manifest = path / "pack.yaml"
    if not manifest.is_file():
        return None, [Problem(file="pack.yaml", place="", text=f"{path} 里没有 pack.yaml。")]
    file, problems = adapters.read_file(manifest, "pack.yaml")
    if problems:
        return None, problems
    found = rules.manifest_problems(file.data, settings.ROOMS)
    problems = [adapters.with_line(problem, file) for problem in found]
    data = file.data if isinstance(file.data, dict) else {}
    profiles = rules.profiles_of(data)
    chosen = profile or _installed_profile(str(data.get("name", "")), profiles)
    if chosen and chosen not in profiles:
        known = f"可用：{'、'.join(profiles)}。" if profiles else "这个包只有一种做法。"
        problems.append(Problem(file="pack.yaml", place="profiles", text=f"没有名为“{chosen}”的做法（profile）。{known}"))
    parts: dict[str, list[PackFile]] = {}
    read: dict[str, PackFile] = {}
    for name, pattern, place in rules.listed_files(data, chosen):
        files, wrong = _files(path, pattern, place)
        problems += [adapters.with_line(problem, file) for problem in wrong]
        for source, inner in files:
            if inner not in read:
                read[inner], wrong = adapters.read_file(source, inner)
                problems += wrong
            if read[inner] not in parts.setdefault(name, []):
                parts[name].append(read[inner])
    if any(problem.file == "pack.yaml" and problem.place.startswith(("name", "requires")) for problem in problems) or not data:
        return None, problems
    lines = [f"pack.yaml {file.digest} {chosen}".strip(), *(f"{inner} {read[inner].digest}" for inner in sorted(read))]
    required: dict[str, Pack] = {}
    name = data["name"]
    for other in data.get("requires", []):
        if other in (*_coming_from, name):
            chain = " → ".join((*_coming_from, name, other))
            problems.append(Problem(file="pack.yaml", place="requires", text=f"依赖成环：{chain}。"))
            continue
        beside = path.parent / other
        if (beside / "pack.yaml").is_file():
            loaded, theirs = load(beside, _coming_from=(*_coming_from, name))
            problems += [problem for problem in theirs if problem.text.startswith("依赖成环")]
            if loaded:
                required[other] = loaded
    broken = {problem.file for problem in problems}  # what cannot be read is reported once and kept from the parts' checks
    parts = {part: [one for one in listed if one.path not in broken] for part, listed in parts.items()}
    pack = Pack(
        name=name,
        title=str(data.get("title", "")),
        title_en=str(data.get("title_en", "")),
        description=str(data.get("description", "")),
        version=str(data.get("version", "")),
        path=path,
        digest=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        profile=chosen,
        requires=tuple(data.get("requires", [])),
        sample=bool(data.get("sample", False)),
        parts=parts,
        required=required,
    )
    return pack, problems


def _installed_profile(name: str, profiles: dict[str, str]) -> str:
    """The profile in use, so that an update keeps it; else the first."""
    if not profiles:
        return ""
    installed = InstalledPack.objects.filter(name=name).values_list("profile", flat=True).first()
    return installed if installed in profiles else next(iter(profiles))


def _files(folder: Path, pattern: str, place: str) -> tuple[list[tuple[Path, str]], list[Problem]]:
    def wrong(text: str) -> tuple[list[tuple[Path, str]], list[Problem]]:
        return [], [Problem(file="pack.yaml", place=place, text=text)]

    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        return wrong(f"文件“{pattern}”不在包里。")
    found = sorted(source for source in folder.glob(pattern) if source.is_file())
    if not found:
        return wrong(f"找不到文件“{pattern}”。")
    if any(not source.resolve().is_relative_to(folder.resolve()) for source in found):
        return wrong(f"“{pattern}”里有指向包外的链接。")
    return [(source, source.relative_to(folder).as_posix()) for source in found], []


def all_problems(pack: Pack | None, problems: list[Problem]) -> list[Problem]:
    """The problems of form and, part by part in order, those each room finds. Writes nothing."""
    if pack is None:
        return problems
    problems = list(problems)
    by_path = {file.path: file for files in pack.parts.values() for file in files}  # a part may speak of another's file
    installed = set(InstalledPack.objects.values_list("name", flat=True))
    for name in pack.requires:
        if name not in installed and name not in pack.required:
            problems.append(Problem(file="pack.yaml", place="requires", text=f"依赖的包“{name}”没有安装，也不在同一目录里。"))
    for part in sorted(rules.PARTS.values(), key=lambda part: (part.order, part.name)):
        if part.name not in pack.parts:
            continue
        files = pack.files(part.name)
        try:
            found = part.check(pack, files)
        except Exception as error:  # a check that stumbles is a finding too, and the other parts must still be checked
            log.exception("check of part %s of pack %s stumbled", part.name, pack.name)
            found = [Problem(file=f"parts.{part.name}", place="", text=f"检查时出错：{error!r}。")]
        problems += [adapters.with_line(one, by_path[one.file]) if one.file in by_path else one for one in found]
    return problems


def check_pack(path: Path | str, *, profile: str = "") -> list[Problem]:
    """Everything that is wrong with the pack in folder ``path``, in each of its profiles; empty when it can be installed."""
    found: dict[Problem, None] = {}
    for one in [profile] if profile else [*profiles_in(Path(path))] or [""]:
        found |= dict.fromkeys(all_problems(*load(Path(path), profile=one)))
    return list(found)


def profiles_in(path: Path) -> dict[str, str]:
    """Profile → title of the pack in a folder, the default first."""
    manifest = path / "pack.yaml"
    return rules.profiles_of(adapters.read_file(manifest, "pack.yaml")[0].data) if manifest.is_file() else {}


def packs_in(folder: Path) -> list[Path]:
    """The packs lying in ``folder``, each after those it requires."""
    loaded = {}
    for manifest in sorted(folder.glob("*/pack.yaml")):
        file, _ = adapters.read_file(manifest, "pack.yaml")
        requires = file.data.get("requires", []) if isinstance(file.data, dict) else []
        loaded[manifest.parent.name] = [str(name) for name in requires] if isinstance(requires, list) else []
    return [folder / name for name in rules.in_required_order(loaded)]
