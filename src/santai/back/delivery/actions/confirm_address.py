"""送达地址确认书: where papers reach a person, and whether they may come electronically."""

from datetime import datetime

from django.db import transaction

from santai.back.delivery.actions.deliver import WORKERS
from santai.back.delivery.errors import AddressWrong
from santai.back.delivery.models import ServiceAddress
from santai.exchange.contracts.service import ServiceAddressConfirmed
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def confirm_address(
    *,
    person_code: str,
    person_name: str,
    recipient: str,
    phone: str,
    address: str,
    electronic: bool,
    proof: str,
    actor: Actor,
    at: datetime,
) -> ServiceAddress:
    """What the person signed, entered by an official. Errors: NotAllowed, AddressWrong (at the field)."""
    require_any(actor, *WORKERS, organisation=actor.organisation)
    problems = {}
    if not recipient.strip():
        problems["recipient"] = "请填写收件人。"
    if not address.strip() and not electronic:
        problems["address"] = "请填写送达地址，或者勾选同意电子送达。"
    if not proof.strip():
        problems["proof"] = "请写明确认的凭据，例如本人签名的送达地址确认书编号。"
    if problems:
        raise AddressWrong(fields=problems)
    kept = ServiceAddress.objects.create(
        person_code=person_code, person_name=person_name, recipient=recipient.strip(), phone=phone.strip(), address=address.strip(),
        electronic=electronic, proof=proof.strip(), confirmed_at=at, confirmed_with=f"{actor.organisation_name} {actor.name}",
    )  # fmt: skip
    # The ledger is never shortened: it names the paper, not the person's number.
    record(actor=actor, act="back.delivery.confirm_address", on=f"address:{kept.pk}", at=at, details={"electronic": electronic})
    return kept


@transaction.atomic
def take_address(*, message: ServiceAddressConfirmed) -> ServiceAddress:
    """What a window had signed; a repeated message changes nothing."""
    kept, _ = ServiceAddress.objects.get_or_create(
        number=message.address_no,
        person_code=message.person.code,
        defaults={
            "person_name": message.person.name,
            "recipient": message.recipient,
            "phone": message.phone,
            "address": " ".join(filter(None, (message.address, message.postcode))),
            "electronic": message.electronic,
            "proof": f"送达地址确认书 {message.address_no}",
            "confirmed_at": datetime.fromisoformat(message.confirmed_at),
            "confirmed_with": message.confirmed_with,
        },
    )
    return kept
