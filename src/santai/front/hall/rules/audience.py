"""Whose business an item is, where its holder alone does not say it: founding a company is asked for by persons. Pure."""

COMPANY_WORDS = ("企业", "经营", "公司", "店", "用工")


def for_companies(event: str) -> bool:
    return any(word in event for word in COMPANY_WORDS)
