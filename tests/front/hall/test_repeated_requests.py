"""The same request several times at the same moment, as a double click or an impatient program sends it: one case, one answer."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from santai.back.cases.service import Case
from santai.front.hall.service import Application
from santai.kernel.identity.service import Account
from tests.front.hall.test_pages import ANSWERS, UNEMPLOYMENT, draft_of
from tests.support import city, walk

pytestmark = pytest.mark.django_db(transaction=True)


def visitor() -> Client:
    client = Client()
    client.force_login(Account.objects.get(login="resident"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    barrier = threading.Barrier(len(calls))
    answers: list[Any] = []

    def run(call: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_clicks_and_keys_sent_at_once_are_one_case_each_and_everybody_is_told_the_same() -> None:
    city.install("resident-basics")
    draft = draft_of()
    clients = [visitor() for _ in range(4)]
    pages = at_once([lambda one=one: one.post(f"/front/hall/drafts/{draft.id}/submit/") for one in clients])  # type: ignore[misc]
    assert [page.status_code for page in pages] == [302] * 4 and len({page["Location"] for page in pages}) == 1
    assert Application.objects.count() == 1

    body = json.dumps({"item_code": UNEMPLOYMENT, "content": ANSWERS, "materials": {}})
    headers = {"Idempotency-Key": "one key"}
    address = "/front/hall/api/applications/"
    answers = at_once(
        [lambda one=one: one.post(address, body, content_type="application/json", headers=headers) for one in clients]  # type: ignore[misc]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201], [answer.content for answer in answers]
    assert len({answer.json()["case_no"] for answer in answers}) == 1
    assert Application.objects.count() == 2
    walk.deliver()
    numbers = [set(kind.objects.values_list("case_no", flat=True)) for kind in (Application, Case)]
    assert numbers[0] == numbers[1] and Case.objects.count() == 2, "and one case at the back for each"
