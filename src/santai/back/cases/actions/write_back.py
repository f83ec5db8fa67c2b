"""Write a fact the case found out (the credit code) into its content, where later branches read it."""

from typing import Any

from santai.back.cases.models import Case, CaseContent
from santai.kernel.ledger.service import as_one_act


@as_one_act
def write_back(*, case: Case, field: str, value: Any) -> None:
    """Set ``field`` in the current content and remember it as the case's own fact. The caller holds the lock and saves the case."""
    content = CaseContent.objects.get(case=case, revision=case.revision)
    content.content[field] = value
    content.prefilled[field] = "登记机关赋码"
    content.save(update_fields=["content", "prefilled"])
    case.facts[field] = value
