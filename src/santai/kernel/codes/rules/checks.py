"""Check characters, each with the standard it comes from. Arguments are upper case and of the right alphabet; else ValueError."""

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def resident_id_check_digit(first17: str) -> str:
    """The 18th character of a citizen's number: ISO 7064 MOD 11-2 as written in GB 11643."""
    if len(first17) != 17 or not _digits(first17):
        raise ValueError("seventeen digits expected")
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first17, RESIDENT_WEIGHTS, strict=True)) % 11]


def credit_code_check(first17: str) -> str:
    """The 18th character of a unified social credit code: MOD 31-3, GB 32100."""
    if len(first17) != 17 or any(character not in CREDIT_ALPHABET for character in first17):
        raise ValueError("seventeen characters of the GB 32100 alphabet expected")
    total = sum(CREDIT_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first17))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def organisation_code_check(first8: str) -> str:
    """The ninth character of an organisation code, the subject part of most credit codes: GB 11714, MOD 11."""
    if len(first8) != 8 or any(character not in ALPHANUMERIC for character in first8):
        raise ValueError("eight letters or digits expected")
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    value = 11 - sum(ALPHANUMERIC.index(character) * weight for character, weight in zip(first8, weights, strict=True)) % 11
    return {10: "X", 11: "0"}.get(value, str(value))


def mod37_36_check(text: str) -> str:
    """ISO 7064 MOD 37,36: the check character of licence identifiers (GB/T 36904, standards.md §4)."""
    if not text or any(character not in ALPHANUMERIC for character in text):
        raise ValueError("letters and digits expected")
    product = 36
    for character in text:
        total = (product + ALPHANUMERIC.index(character)) % 36 or 36
        product = total * 2 % 37
    return ALPHANUMERIC[(37 - product) % 36]


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
