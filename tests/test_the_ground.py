"""The skeleton stands: rooms are found, a database answers."""

import pytest
from django.conf import settings
from django.db import connection

from santai.config.zones import rooms_in


def test_front_zone_has_no_back_rooms() -> None:
    assert not [room for room in rooms_in("front") if room.startswith(("back.", "oversight."))]
    assert "kernel.ledger" in rooms_in("front")


@pytest.mark.django_db
def test_database_is_postgresql_fifteen_or_newer() -> None:
    with connection.cursor() as cursor:
        cursor.execute("show server_version_num")
        assert int(cursor.fetchone()[0]) >= 150000
    assert settings.ROOMS
