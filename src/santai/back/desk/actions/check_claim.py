"""Look a claim up in the register it can be proved by: on the officer's wish, with a purpose, masked, recorded."""

from datetime import datetime
from typing import Any

from santai.back.desk.queries.case_file import PURPOSE, CaseFile, question_about
from santai.back.desk.rules.proofs import proof_of
from santai.exchange.contracts.service import RegisterAnswer
from santai.exchange.gateway.service import ask
from santai.kernel.ledger.service import Actor, ActRefused


def check_claim(*, file: CaseFile, code: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """The claim beside what the register holds; ``trouble`` says in words why there is no answer. Only what the page itself shows.

    While the line to the register is down the question is kept, and its answer stands on the case's page once it is back.
    """
    claim = next((one for one in file.claims if one["code"] == code), None)
    if claim is None:
        return {"claim": {"name": "", "role": ""}, "trouble": "本办件中没有这个人或这家单位。", "rows": []}
    subject = f"case:{file.case.case_no}"
    try:
        answer: RegisterAnswer = ask(question_about(claim), actor=actor, purpose=PURPOSE, subject=subject, at=at, may_wait=True)
    except ActRefused as error:  # unavailable, not granted, asked too often: told in place
        return {"claim": claim, "trouble": error.message, "rows": []}
    return proof_of(claim, answer)
