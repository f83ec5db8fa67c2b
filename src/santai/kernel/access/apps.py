from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "santai.kernel.access"
    label = "kernel_access"
    verbose_name = "权限"

    def ready(self) -> None:
        from santai.kernel.access.service import ROLES, conflict, may, role_required, shown_to
        from santai.kernel.clocks.service import register_authority
        from santai.kernel.identity.service import register_keeper
        from santai.kernel.orgs.service import register_role_source
        from santai.kernel.packs.service import register_guard
        from santai.kernel.web.service import register_link

        register_role_source(lambda: ROLES)
        register_guard(role_required("system_admin", "operator"))
        register_authority(may)  # who may extend a deadline or edit the calendar
        register_keeper(guard=role_required("system_admin"), may=may, conflict=conflict)  # who keeps accounts and posts
        # for identity and packs, which stand below this room
        register_link("workbench", "账号与岗位", "kernel_identity:accounts", order=45, visible=shown_to("system_admin"))
        register_link("person", _("修改密码"), "kernel_identity:password", order=85)
        register_link("workbench", "应用包", "kernel_packs:overview", order=72, visible=shown_to("system_admin", "operator"))
        register_link("person", _("工作台"), "kernel_web:workbench", order=5, visible=_works_in_a_post)
        register_link("person", _("我的权限"), "kernel_access:mine", order=80, visible=_works_in_a_post)
        register_link("footer", _("单位名录"), "kernel_orgs:directory", order=40)  # for orgs, which web itself stands on


def _works_in_a_post(request: Any) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.kind == "official"
