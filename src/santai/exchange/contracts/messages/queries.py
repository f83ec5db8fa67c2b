"""Questions asked through the gateway, and their answers."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from santai.exchange.contracts.messages.base import FileRef, Query


@dataclass(frozen=True, kw_only=True)
class FindPerson(Query):
    """人口库: exact match on identifier and name."""

    name: ClassVar[str] = "exchange.registers.find_person"
    across_gap: ClassVar[Literal["replica", "deferred", "unavailable"]] = "deferred"  # personal data lies in one place only
    personal: ClassVar[bool] = True
    provider: ClassVar[str] = "exchange.registers"

    code_kind: str
    code: str
    person_name: str = ""


@dataclass(frozen=True, kw_only=True)
class FindLegalEntity(Query):
    """法人库: by credit code, or exact name."""

    name: ClassVar[str] = "exchange.registers.find_legal_entity"
    across_gap: ClassVar[Literal["replica", "deferred", "unavailable"]] = "deferred"  # personal data lies in one place only
    personal: ClassVar[bool] = True
    provider: ClassVar[str] = "exchange.registers"

    credit_code: str = ""
    entity_name: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterAnswer:
    """Fields as held, and where they come from. Masked unless the caller's grant opens them."""

    found: bool
    fields: dict[str, Any] = field(default_factory=dict)
    origin: str = ""  # 人口库
    as_of: str = ""  # ISO date


@dataclass(frozen=True, kw_only=True)
class CheckCompanyName(Query):
    """企业名称自主申报: is the name free, and what is wrong with it?"""

    name: ClassVar[str] = "exchange.registers.check_company_name"
    provider: ClassVar[str] = "exchange.registers"

    district: str
    trade_name: str
    industry: str
    form: str
    reserve_for: str = ""  # draft id: reserve the name when it is free


@dataclass(frozen=True, kw_only=True)
class CompanyNameAnswer:
    full_name: str
    free: bool
    problems: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    reservation_no: str = ""
    reserved_until: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchBusinessScope(Query):
    """经营范围规范表述."""

    name: ClassVar[str] = "exchange.registers.search_business_scope"
    across_gap: ClassVar[Literal["replica", "deferred", "unavailable"]] = "replica"
    replica_fields: ClassVar[tuple[str, ...]] = ("text", "keywords", "industry_name", "industry_code")
    provider: ClassVar[str] = "exchange.registers"

    text: str
    limit: int = 20


@dataclass(frozen=True, kw_only=True)
class SearchAddress(Query):
    """标准地址."""

    name: ClassVar[str] = "exchange.registers.search_address"
    provider: ClassVar[str] = "exchange.registers"

    text: str
    limit: int = 20


@dataclass(frozen=True, kw_only=True)
class SearchAnswer:
    entries: tuple[dict[str, Any], ...] = ()
    origin: str = ""
    as_of: str = ""  # ISO time of the copy the answer was found in; empty: the register itself answered


@dataclass(frozen=True, kw_only=True)
class AssignCreditCode(Query):
    """Reserve the unified social credit code for a new firm inside one case: shown to nobody before registration."""

    name: ClassVar[str] = "exchange.registers.assign_credit_code"
    provider: ClassVar[str] = "exchange.registers"

    case_no: str
    entity_name: str
    region: str


@dataclass(frozen=True, kw_only=True)
class CreditCodeAnswer:
    credit_code: str


@dataclass(frozen=True, kw_only=True)
class RegisterLegalEntity(Query):
    """Write the firm into 法人库 at registration; idempotent per case."""

    name: ClassVar[str] = "exchange.registers.register_legal_entity"
    provider: ClassVar[str] = "exchange.registers"

    case_no: str
    credit_code: str
    fields: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class LicencesOfHolder(Query):
    """Licences a holder has, to be offered again."""

    name: ClassVar[str] = "exchange.licences.licences_of_holder"
    personal: ClassVar[bool] = True
    provider: ClassVar[str] = "exchange.licences"

    holder_code: str
    licence_type: str = ""
    only_valid: bool = True


@dataclass(frozen=True, kw_only=True)
class LicenceFacts:
    identifier: str
    number: str
    title: str
    licence_type: str
    holder_name: str
    organisation_name: str
    issued_on: str
    valid_to: str
    state: Literal["01", "02", "03", "04", "05", "06", "07", "99"]
    version: int
    verify_path: str
    file: FileRef | None = None
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LicencesAnswer:
    licences: tuple[LicenceFacts, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SendCode(Query):
    """Send a six-digit code to a phone; ``code_purpose`` such as ``track:<case_no>``. Refused when asked too often."""

    name: ClassVar[str] = "exchange.notices.send_code"
    provider: ClassVar[str] = "exchange.notices"

    phone: str
    code_purpose: str


@dataclass(frozen=True, kw_only=True)
class CheckCode(Query):
    """Is this the code that was sent? A right code is used up by the question."""

    name: ClassVar[str] = "exchange.notices.check_code"
    provider: ClassVar[str] = "exchange.notices"

    phone: str
    code_purpose: str
    code: str


@dataclass(frozen=True, kw_only=True)
class CodeAnswer:
    done: bool
