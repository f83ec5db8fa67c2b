"""送达地址确认书, and reaching a person whom the message did not reach."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate, localtime

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ServiceAddressConfirmed, encode
from santai.front.counter.errors import Incomplete
from santai.front.counter.models import ServiceAddress, ServiceTry
from santai.front.counter.queries import access_results, access_visit, assisting, parties_of, tries_of
from santai.front.counter.rules.handout import next_channel
from santai.front.counter.rules.signature import picture_of
from santai.kernel.access.service import require_any
from santai.kernel.codes.service import InvalidIdentifier, check_identifier, next_gapless
from santai.kernel.files.service import store
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def confirm_address(
    *,
    number: str,
    recipient: str,
    phone: str,
    address: str,
    postcode: str,
    electronic: bool,
    electronic_to: str,
    signed: bool,
    signature_image: str = "",
    actor: Actor,
    at: datetime,
) -> ServiceAddress:
    """What the person says about where papers reach them; told what follows from a wrong address. The newest binds.

    Electronic service only with consent (民事诉讼法 90 by analogy; 行政处罚法 61). Errors: VisitUnknown, Incomplete with ``fields``.
    """
    visit = access_visit(number=number, actor=actor)
    fields: dict[str, str] = {}
    if len(recipient.strip()) < 2:
        fields["recipient"] = "请填写收件人。"
    if phone.strip():
        try:
            phone = check_identifier("mobile", phone, on=localdate(at))
        except InvalidIdentifier as wrong:
            fields["phone"] = wrong.message
    if postcode.strip() and not (postcode.strip().isascii() and postcode.strip().isdigit() and len(postcode.strip()) == 6):
        fields["postcode"] = "邮政编码是 6 位数字。"
    if not electronic and len(address.strip()) < 6:
        fields["address"] = "不同意电子送达的，请填写可以收到邮件的详细地址。"
    if electronic and not (electronic_to.strip() or phone.strip() or visit.account):
        fields["electronic_to"] = "请填写接收电子送达的手机号码或者电子邮箱。"
    picture = picture_of(signature_image) if signature_image else None
    if signature_image and picture is None:
        fields["signed"] = "签名没有传好，请重新签名。"
    elif not (signed or picture):
        fields["signed"] = "请本人签名或者当面确认。"
    if fields:
        raise Incomplete(fields=fields)
    party, _present = parties_of(visit)
    acting = assisting(actor, party)
    file = store(content=picture, name="签名.png", accepted_types=("image/png",), max_megabytes=1, actor=acting, at=at) if picture else None
    year = localtime(at).year
    serial = next_gapless(series=f"{visit.organisation}:service_address", year=year)
    found = ServiceAddress.objects.create(
        number=f"{visit.organisation}-D{year}{serial:05d}",
        visit=visit.number,
        organisation=visit.organisation,
        organisation_name=visit.organisation_name,
        party=encode(party),
        party_code=party.code,
        recipient=recipient.strip(),
        phone=phone.strip(),
        address=address.strip(),
        postcode=postcode.strip(),
        electronic=electronic,
        electronic_to=electronic_to.strip(),
        signature="drawn" if file else "confirmed",
        signature_file=encode(file) if file else {},
        clerk=actor.name,
        confirmed_at=at,
    )
    record(
        actor=acting,
        act="front.counter.confirm_address",
        on=f"visit:{visit.number}",
        at=at,
        details={"number": found.number, "electronic": electronic},
    )  # noqa: E501
    publish(
        ServiceAddressConfirmed(
            address_no=found.number,
            person=party,
            recipient=found.recipient,
            phone=found.phone,
            address=found.address,
            postcode=found.postcode,
            electronic=electronic,
            electronic_to=found.electronic_to,
            confirmed_at=at.isoformat(),
            confirmed_with=f"{visit.organisation_name} {actor.name}",
        ),
        actor=actor,
        order_key=f"address:{party.code}",
        at=at,
    )
    return found


@transaction.atomic
def note_try(*, case_no: str, channel: str, to: str, reached: bool, proof: str, said: str, actor: Actor, at: datetime) -> ServiceTry:
    """A recorded call, then post: in this order, each with what proves its day. Errors: Unknown, Incomplete, NotAllowed."""
    require_any(actor, "intake", "issuing", "assistant", organisation=actor.organisation)
    access_results(case_no=case_no, actor=actor)
    fields: dict[str, str] = {}
    wanted = next_channel([(one.channel, one.reached) for one in tries_of(case_no)])
    if not wanted:
        fields["channel"] = "已经告知到本人，或者已经交邮，不用再试。"
    elif channel != wanted:
        fields["channel"] = "请先打电话并录音；电话没有打通，再邮寄。" if wanted == "call" else "电话已经打过，请邮寄。"
    if len(to.strip()) < 5:
        fields["to"] = "请填写拨打的号码或者邮寄的地址。"
    if len(proof.strip()) < 4:
        fields["proof"] = "请写明录音编号和接听人。" if channel == "call" else "请写明邮件号码。"
    if len(said.strip()) < 2:
        fields["said"] = "请写明告知的内容或者没有打通的情况。"
    if fields:
        raise Incomplete(fields=fields)
    found = ServiceTry.objects.create(
        case_no=case_no, organisation=actor.organisation, channel=channel, to=to.strip()[:200], reached=reached, proof=proof.strip()[:200],
        said=said.strip()[:300], clerk=actor.name, at=at,
    )  # fmt: skip
    record(actor=actor, act="front.counter.note_try", on=f"case:{case_no}", at=at, details={"channel": channel, "reached": reached})
    return found
