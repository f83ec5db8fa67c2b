"""Who runs the site comes from the city's pack; the footer says nothing it does not know."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from santai.kernel.ledger.service import entries_on, system_actor
from santai.kernel.packs.service import PackRefused, check_pack, install_pack
from santai.kernel.web import service

AT = datetime(2026, 2, 9, 1, tzinfo=UTC)
GOOD = "organiser: 某市人民政府办公室\nphone: 010-12345\nid_code: '1234567890'\n"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Any:
    service._known = (0.0, {})
    yield
    service._known = (0.0, {})


def pack(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "pack.yaml").write_text("name: a-site\ntitle: 网站\nversion: '1.0'\nparts: {site: [site.yaml]}\n", encoding="utf-8")
    (folder / "site.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.django_db
def test_footer_tells_who_runs_the_site_when_a_pack_said_so(tmp_path: Path) -> None:
    assert "联系我们" not in Client().get("/design/").content.decode().split("<footer")[1]
    install_pack(pack(tmp_path / "one", GOOD), actor=system_actor("test"), at=AT)
    service._known = (0.0, {})
    assert [one.act for one in entries_on("site")] == ["kernel.web.install_site"]
    footer = Client().get("/design/").content.decode().split("<footer")[1]
    assert "联系我们" in footer
    assert "某市人民政府办公室" in footer
    assert "1234567890" in footer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "place"), [("phone: 1\n", "organiser"), (GOOD + "fax: 1\n", "fax"), (GOOD.replace("1234567890", "12"), "id_code")]
)
def test_pack_with_a_wrong_site_is_refused_at_the_place(tmp_path: Path, text: str, place: str) -> None:
    folder = pack(tmp_path / "one", text)
    assert place in [one.place.partition("（")[0] for one in check_pack(folder)]
    with pytest.raises(PackRefused):
        install_pack(folder, actor=system_actor("test"), at=AT)
