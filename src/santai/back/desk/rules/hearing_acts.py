"""The acts of a hearing, from where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from santai.back.desk.rules.acts import NO_UNDO, Act, Input

GROUNDS = (
    ("interest", "直接涉及申请人与他人之间重大利益关系（行政许可法第四十七条）"),
    ("prescribed", "法律、法规、规章规定应当听证（行政许可法第四十六条）"),
    ("public", "本机关认为需要听证的涉及公共利益的重大事项（行政许可法第四十六条）"),
)
RECORDS = (("signed", "参加人已签字"), ("refused", "有人拒绝签字，已注明"), ("", "没有签字"))


@dataclass(frozen=True, kw_only=True)
class HearingFacts:
    """A hearing as the bar needs to know it. ``ground`` empty: none is due."""

    ground: str = ""
    announced: bool = False
    told: bool = False
    requested: bool = False
    waived: bool = False
    notified: bool = False
    due: bool = False  # the time notified has come
    held: bool = False
    presider: str = ""


def hearing_acts(
    hearing: HearingFacts, *, nature: str, sub_case_no: str, running: bool, officer: bool, presiders: Sequence[tuple[str, str]]
) -> list[Act]:
    """What may be done next about a hearing. ``running``: accepted and not ended; before and after there is nothing to do."""
    if not officer or not running or nature in ("push", "report", "filing"):
        return []
    common: dict[str, Any] = {"sub_case_no": sub_case_no}
    if not hearing.ground:
        return [
            Act(
                key="hearing_want", label="提出听证", kind="plain", **common,
                about="决定直接涉及他人重大利益、规定应当听证，或者涉及公共利益需要听证的，先在这里提出；办完听证才能作出决定。",
                inputs=(
                    Input(name="ground", label="依据", kind="radio", options=GROUNDS),
                    Input(name="reason", label="涉及谁的什么利益，或者应当听证的规定"),
                    Input(name="parties", label="利害关系人", help="一行一位。", required=False),
                ),
            )
        ]  # fmt: skip
    if hearing.held:
        return []
    on_request = hearing.ground == "interest"
    found: list[Act] = []
    if on_request and not hearing.told:
        found.append(
            Act(
                key="hearing_tell", label="告知听证权利", kind="", **common,
                about="将向申请人送达听证告知书，五个工作日内可以要求听证；利害关系人请同时书面告知。",
                consequence=f"将制作并送达盖章的听证告知书，五个工作日的期限开始计算。{NO_UNDO}",
            )
        )  # fmt: skip
    if on_request and hearing.told and not hearing.requested and not hearing.waived:
        found += [
            Act(
                key="hearing_request", label="登记听证申请", **common, about="申请人可以在网上提出；书面提出的在这里登记。",
                inputs=(Input(name="by", label="谁要求听证", kind="text"),),
            ),
            Act(
                key="hearing_waive", label="登记放弃听证", kind="plain", **common,
                about="申请人和利害关系人都书面放弃以后，可以不等五个工作日期满。", inputs=(Input(name="by", label="放弃的人"),),
                consequence="将记为全部放弃听证，可以作出决定。" + NO_UNDO,
            ),
        ]  # fmt: skip
    if not on_request and not hearing.announced:
        found.append(
            Act(
                key="hearing_announce", label="公告听证", kind="", **common, about="规定应当听证的事项，先向社会公告，再举行听证。",
                inputs=(Input(name="text", label="公告内容", help="事项、时间、地点和报名办法。", rows=5),),
            )
        )  # fmt: skip
    if hearing.requested or not on_request:
        found.append(
            Act(
                key="hearing_notify", label="重新通知听证" if hearing.notified else "通知听证", kind="plain" if hearing.notified else "",
                **common,
                about="举行的七个工作日前通知；收到听证申请后二十个工作日内举行。主持人不能是审查本件的人员。",
                inputs=(
                    Input(name="held_on", label="时间", kind="datetime-local"),
                    Input(name="place", label="地点", kind="text"),
                    Input(name="presider", label="主持人", kind="select", options=tuple(presiders)),
                ),
                consequence="将制作并送达听证通知书。",
            )
        )  # fmt: skip
    if hearing.notified and hearing.due:
        found.append(
            Act(
                key="hearing_hold", label="登记听证笔录", kind="", **common, about=f"主持人：{hearing.presider}。决定将根据这份笔录作出。",
                inputs=(
                    Input(name="presider", label="实际主持人", kind="select", options=tuple(presiders)),
                    Input(name="interested", label="有人申请主持人回避，经查与本件有直接利害关系", kind="checkbox", required=False),
                    Input(name="closed_because", label="不公开举行的原因", kind="text", required=False, help="公开举行的不填。"),
                    Input(name="record", label="听证笔录", rows=8, help="各方的意见、证据和申辩。"),
                    Input(name="record_state", label="参加人确认", kind="radio", options=RECORDS),
                ),
                consequence="将制作听证笔录，此后的决定应当根据笔录作出。" + NO_UNDO,
            )
        )  # fmt: skip
    return found


def on_the_record(acts: list[Act], hearing: HearingFacts) -> list[Act]:
    """A decision after a hearing says that it rests on the record."""
    if not hearing.held:
        return acts
    asked = Input(name="on_record", label="本决定根据听证笔录作出（行政许可法第四十八条）", kind="checkbox")
    return [replace(act, inputs=(*act.inputs, asked)) if act.key in ("grant", "refuse") else act for act in acts]
