"""The city the rows happen in: the demonstration city with its bodies and posts, one form, and the posts a row names by rank.

Set up once a module (tests/law/conftest.py); every row rolls back to it.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from santai.kernel.clocks.service import at_demo_moment
from santai.kernel.forms.service import install_form
from santai.kernel.identity.models import Account, PostHolding
from santai.kernel.ledger.service import Actor, system_actor
from santai.kernel.orgs.models import Post
from tests.support import city, walk

CITY = ZoneInfo("Asia/Shanghai")
BEGINNING = datetime(2024, 12, 2, 9, tzinfo=CITY)  # before the first event of any row
ORGAN, REGISTRAR = "hrss", "amr"
FORM = "law-row"
# who acts, as the rows name them → post of the body that decides
RANKS = {
    "机关负责人": "decider",
    "机关主要负责人": "head",
    "审查人员": "examiner",
    "科室负责人": "examiner-b",
    "首席代表": "window-chief",
}


def install() -> None:
    """The city as it stood before the first event."""
    with at_demo_moment(BEGINNING):
        city.install("demo-city", "procedures")
        install_form(definition=_form(), actor=system_actor("tests"), at=BEGINNING)
        for organisation in (ORGAN, REGISTRAR):
            _post(organisation, "window-chief", "首席代表（未受委托）", ["chief"])
            _post(organisation, "head", "主要负责人", ["decider", "head"])
            if not Post.objects.filter(code=f"{organisation}-examiner-b").exists():
                _post(organisation, "examiner-b", "科室负责人", ["examiner"])


def official(organisation: str, post: str) -> Actor:
    return walk.official(post if Post.objects.filter(code=post).exists() else f"{organisation}-{post}")


def ranked(organisation: str, rank: str) -> Actor:
    """The official of a rank, in the body that handles the case or, for the government's head, above it."""
    return walk.official("gov-office-leader") if rank == "本级政府负责人" else official(organisation, RANKS[rank])


def _post(organisation: str, name: str, title: str, roles: list[str]) -> None:
    post = Post.objects.create(code=f"{organisation}-{name}", organisation_id=organisation, title=title, roles=roles)
    account = Account.objects.create(login=post.code, name=title[:4])
    PostHolding.objects.create(account=account, post=post, valid_from=date(2021, 3, 1))


def _form() -> dict[str, object]:
    """One question: what a row says of its application is told by materials and facts, not by a form."""
    one = {"type": "string", "maxLength": 200, "x-source": "docs/law-vocabulary.md"}
    fields = {
        "note": {**one, "title": "说明", "x-en": "Note"},
        "project_code": {**one, "title": "项目代码", "x-en": "Project code"},
    }
    sections = [{"id": "all", "title": "申请", "en": "Application", "fields": [{"field": "note"}, {"field": "project_code"}]}]
    return {
        "key": FORM, "version": 1, "title": "申请表", "en": "Application", "summary": "案例表", "sources": ["docs/law-vocabulary.md"],
        "schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["note"], "properties": fields},
        "layout": {"sections": sections},
    }  # fmt: skip
