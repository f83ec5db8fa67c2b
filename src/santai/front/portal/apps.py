from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "santai.front.portal"
    label = "front_portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from santai.kernel.web.service import register_link

        register_link("public", _("首页"), "/", order=10)
        register_link("footer", _("关于本站"), "front_portal:about", order=10)
        register_link("footer", _("使用帮助"), "front_portal:help", order=20)
        register_link("footer", _("无障碍声明"), "front_portal:accessibility", order=30)
        register_link("footer", _("站点地图"), "front_portal:site_map", order=40)
        register_link("footer", _("网站找错"), "front_portal:report_error", order=50)
