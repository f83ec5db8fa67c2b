"""送达地址确认书 from a window."""

from datetime import datetime

from santai.back.approvals.models import ServedAt
from santai.exchange.contracts.service import ServiceAddressConfirmed, encode


def take_service_address(*, message: ServiceAddressConfirmed) -> None:
    """Keep it; a repeated message changes nothing."""
    ServedAt.objects.get_or_create(
        address_no=message.address_no,
        defaults={
            "party_code": message.person.code,
            "case_no": message.case_no,
            "data": encode(message),
            "confirmed_at": datetime.fromisoformat(message.confirmed_at),
        },
    )
