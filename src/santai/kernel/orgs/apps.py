from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    name = "santai.kernel.orgs"
    label = "kernel_orgs"
    verbose_name = "机构"

    def ready(self) -> None:
        from santai.kernel.codes.service import register_region_source
        from santai.kernel.orgs.service import division_known, register_pack_parts
        from santai.kernel.web.service import register_link

        register_region_source(division_known)
        register_pack_parts()
        register_link("footer", _("单位名录"), "kernel_orgs:directory", order=40)
