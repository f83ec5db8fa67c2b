from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "santai.front.enquiries"
    label = "front_enquiries"
    verbose_name = "网上服务"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from santai.front.enquiries import service
        from santai.kernel.packs.service import register_part
        from santai.kernel.web.service import register_link

        register_part("enquiries", order=160, check=service.check_enquiries, install=service.install_enquiries)
        register_link("public", _("网上服务"), "front_enquiries:home", order=30)
