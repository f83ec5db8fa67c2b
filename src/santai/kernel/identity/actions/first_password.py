"""A password somebody else hands over: read aloud without mistakes, good for one sign-in, to be changed at once."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def first_password() -> str:
    """Sixteen letters in groups of four: 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
