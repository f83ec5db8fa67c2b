"""``santai init`` before it makes anything: every wrong answer is told at once, asked again at a terminal, and nothing is left behind."""

from pathlib import Path

import pytest

from santai.config.cli import build_parser, init
from santai.config.installation import CannotStart, read_settings_file

RIGHT = {
    "--address": "https://zwfw.example.gov.cn", "--region": "310115", "--region-name": "示例区", "--body": "示例区数据局",
    "--admin-name": "王管理", "--admin-id": "11010519491231002X", "--admin-phone": "13800138000",
}  # fmt: skip


def run(folder: Path, **changes: str) -> int:
    answers = RIGHT | {f"--{name.replace('_', '-')}": text for name, text in changes.items()}
    chosen = build_parser().parse_args(["init", str(folder), *(part for pair in answers.items() for part in pair)])
    return init.run(chosen)


@pytest.fixture(autouse=True)
def _nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init.subprocess, "run", lambda *_, **__: pytest.fail("something was started"))


def test_every_wrong_answer_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CannotStart) as refused:
        run(
            tmp_path / "city",
            address="zwfw.example.gov.cn",
            region="31011",
            admin_id="110105194912310021",
            admin_phone="123",
            admin_name="王",
        )
    said = str(refused.value)
    for name in ("--address", "--region：", "--admin-id：最后一位校验码不对", "--admin-phone：手机号码应为 11 位数字", "--admin-name"):
        assert name in said, said
    assert not (tmp_path / "city").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    with pytest.raises(CannotStart, match="已有内容"):
        run(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_missing_answer_is_named_when_nobody_can_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init.sys.stdin, "isatty", lambda: False)
    with pytest.raises(CannotStart, match="缺少 --admin-id"):
        run(tmp_path / "city", admin_id="")


def test_a_wrong_answer_at_the_terminal_is_asked_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter(["", "110105194912310021", "11010519491231002X"])
    monkeypatch.setattr(init.sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(typed))
    assert init._ask("admin_id", "管理员身份证号") == "11010519491231002X"
    said = capsys.readouterr().err
    assert "请填写" in said and "最后一位校验码不对" in said


def test_a_preparation_that_fails_takes_the_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failed:
        returncode = 1

    seen: list[dict[str, str]] = []

    def prepare(command: list[str], env: dict[str, str], check: bool) -> Failed:
        seen.append(read_settings_file(tmp_path / "city/santai.env"))
        assert "SANTAI_VAR" not in env, "the city's own settings, not those of whoever calls"
        return Failed()

    monkeypatch.setattr(init.subprocess, "run", prepare)
    with pytest.raises(CannotStart, match="已撤销"):
        run(tmp_path / "city")
    assert not (tmp_path / "city").exists()
    settings = seen[0]
    assert settings["SANTAI_DEMO"] == "0" and settings["SANTAI_HOSTS"].startswith("zwfw.example.gov.cn,")
    assert len(settings["SANTAI_SECRET_KEY"]) >= 40 and settings["SANTAI_SECRET_KEY"] != settings["SANTAI_LINK_KEY"]
    assert "demo" not in settings["SANTAI_PACKS_INSTALL"]
