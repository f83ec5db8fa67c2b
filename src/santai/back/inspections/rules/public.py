"""What a publication may say about whom was inspected; pure."""

from santai.kernel.codes.service import PERSON_KINDS, InvalidIdentifier, check_identifier, kind_of_person_number, mask


def seen_by_the_public(*, name: str, code: str) -> tuple[str, str]:
    """(name, code): a firm's as they are; a person, known by the number the list gives, is masked and without any number."""
    if not is_a_person(code):
        return name, code
    return mask("name", name), ""


def is_a_person(code: str) -> bool:
    """The code is the number of a person's document of eighteen characters; a firm's is its credit code or the list's own sign."""
    if len(code.strip()) != 18 or _is("credit-code", code):
        return False
    kind = kind_of_person_number(code)
    return kind in PERSON_KINDS and kind != "passport"


def _is(kind: str, code: str) -> bool:
    try:
        check_identifier(kind, code)
    except InvalidIdentifier:
        return False
    return True
