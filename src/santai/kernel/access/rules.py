"""The roles (content.md §5, and those the work on its items asks for) as data, and how far each reaches.

``reach`` says whose things a role sees: those of the post's own ``organisation``, those of every body in the post's ``region`` and below,
or ``none`` (it administers the platform and sees no case).
"""

from dataclasses import dataclass
from typing import Literal

Reach = Literal["organisation", "region", "none"]


@dataclass(frozen=True, kw_only=True)
class Role:
    slug: str
    title: str
    does: str
    reach: Reach = "organisation"

    @property
    def reach_text(self) -> str:
        return {"organisation": "本单位", "region": "本区域内各单位", "none": "不涉及办件"}[self.reach]


ROLES: dict[str, Role] = {
    role.slug: role
    for role in (
        Role(slug="intake", title="综窗收件", does="接收申请、核对材料、出具收件凭证"),
        Role(slug="assistant", title="帮办代办", does="协助申请人填报，不作决定"),
        Role(slug="issuing", title="制证出件", does="制作、送达结果"),
        Role(slug="examiner", title="审核", does="受理、审核，提出意见"),
        Role(slug="chief", title="首席代表", does="在中心牵头本单位的办件；有委托时可作决定"),
        Role(slug="decider", title="决定", does="作出准予或不予的决定"),
        Role(slug="head", title="机关主要负责人", does="批准只能由主要负责人批准的事项，如投资项目核准的延长"),
        Role(slug="site_inspector", title="现场核查", does="现场核查并记录"),
        Role(slug="item_manager", title="事项管理", does="编制、变更服务事项"),
        Role(slug="item_publisher", title="事项发布", does="核对法制审核意见，发布、取消服务事项", reach="region"),
        Role(slug="legal_reviewer", title="法制审核", does="对决定作法制审核"),
        Role(slug="supervisor", title="效能监督", does="查看时限、预警和红黄牌，督办", reach="region"),
        Role(slug="data_steward", title="数据管理", does="维护目录、共享和库的数据"),
        Role(slug="web_editor", title="网站编辑", does="起草网站内容"),
        Role(slug="web_reviewer", title="网站审核", does="审核网站内容"),
        Role(slug="web_publisher", title="网站签发", does="签发网站内容"),
        Role(slug="disclosure", title="信息公开", does="办理公开和依申请公开"),
        Role(slug="archivist", title="档案管理", does="归档、移交、查档"),
        Role(slug="sealer", title="用印管理", does="管理电子印章和用印"),
        Role(slug="system_admin", title="系统管理员", does="维护账号、岗位、应用包和运行", reach="none"),
        Role(slug="security_admin", title="安全管理员", does="审批授权、管理安全策略", reach="none"),
        Role(slug="audit_admin", title="审计管理员", does="查看行为记录，不能改动任何数据", reach="none"),
        Role(slug="credit_publicity", title="信用双公示", does="公示许可和处罚"),
        Role(slug="leader", title="分管领导", does="查看本区总体情况", reach="region"),
        Role(slug="cashier", title="收款对账", does="核对收款和对账单，处理差异", reach="region"),
        Role(slug="operator", title="运行值守", does="查看消息和作业的运行情况，重新投递", reach="none"),
    )
}

# Three administrators that one person may never combine (等保 M1-3, assurance.md §6, 21)
DISJOINT = frozenset({"system_admin", "security_admin", "audit_admin"})


def conflict(roles: set[str]) -> set[str]:
    """Administrator roles that must not meet in one person; empty when all is well."""
    found = roles & DISJOINT
    return found if len(found) > 1 else set()
