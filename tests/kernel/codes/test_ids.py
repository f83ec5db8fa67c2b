"""Public identifiers are in the order of their making and say nothing else."""

from concurrent.futures import ThreadPoolExecutor

from santai.kernel.codes.service import new_id


def test_identifiers_made_in_one_act_sort_as_they_were_made() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)


def test_threads_never_share_an_identifier() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id(), range(20_000)))
    assert len(set(made)) == len(made)


def test_an_identifier_is_a_uuid_of_version_7() -> None:
    one = new_id()
    assert (one.version, str(one)[14]) == (7, "7")
