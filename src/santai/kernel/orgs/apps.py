from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "santai.kernel.orgs"
    label = "kernel_orgs"
    verbose_name = "机构"

    def ready(self) -> None:
        from santai.kernel.codes.service import register_region_source
        from santai.kernel.orgs.service import division_known, register_pack_parts

        register_region_source(division_known)
        register_pack_parts()
