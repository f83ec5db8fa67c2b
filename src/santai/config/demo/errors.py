"""Refusals of the demonstration."""

from santai.kernel.ledger.service import ActRefused


class DemoCityOnly(ActRefused):
    code = "config.demo.demo_city_only"
    message = "只有示范城市可以演示：正式运行的城市里没有快进、造数和重置。"


class OneZoneOnly(ActRefused):
    code = "config.demo.one_zone_only"
    message = "演示工具在单机运行（一个数据库）时可用；现在分成了三个区，请用 santai up（不加 --zones）启动示范城市。"


class NothingKept(ActRefused):
    code = "config.demo.nothing_kept"
    message = "没有可以回到的初始状态，或者程序、应用包在那之后更新过；将重新安装示范城市。"
