"""Ways to a payment provider: the port, the one in use, and its only adapter."""

from functools import lru_cache

from django.conf import settings

from santai.exchange.payments.adapters.alipay import AlipayGateway
from santai.exchange.payments.adapters.keys import read_key
from santai.exchange.payments.adapters.port import BadCallback, GatewayAway, GatewayRefused, PaymentProvider

__all__ = ["BadCallback", "GatewayAway", "GatewayRefused", "PaymentProvider", "provider"]


def provider() -> PaymentProvider | None:
    """The provider in use; None where nobody can pay online."""
    told = settings.PAYMENTS
    if not told.get("gateway"):
        return None
    return _made(tuple(sorted((key, str(value)) for key, value in told.items())))


@lru_cache(maxsize=4)
def _made(told: tuple[tuple[str, str], ...]) -> PaymentProvider:
    given = dict(told)
    return AlipayGateway(
        gateway=given["gateway"],
        app_id=given["app_id"],
        seller_id=given.get("seller_id", ""),
        private_key=read_key(given["private_key"]),
        provider_key=read_key(given["provider_key"]),
        title=given.get("title") or "支付宝",
        demonstration=given.get("demonstration") == "True",
    )
