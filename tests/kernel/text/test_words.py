"""Tokens for the index and queries from what people type."""

import pytest

from santai.kernel.text.service import near_query_of, query_of, tokens_of


def test_a_text_is_found_by_words_single_characters_and_pinyin() -> None:
    tokens = set(tokens_of("居住证申领").split())
    assert {"居住证", "居", "证", "juzhuzheng", "jzz", "申领"} <= tokens


@pytest.mark.parametrize(
    ("said", "meant"), [("失业了怎么办", "'失业':*"), ("我要办居住证", "'居住' & '居住证':*"), ("怎么办", "'怎么' & '怎么办':*")]
)
def test_words_said_round_the_wish_are_no_condition(said: str, meant: str) -> None:
    assert query_of(said) == meant


def test_the_nearest_have_one_of_the_words() -> None:
    assert near_query_of("我想开公司") == "'想开':* | '公司':*"
    assert near_query_of("证") == "'证':*"


@pytest.mark.parametrize("text", ["", "  ", "！？", "'; drop", "a & | !"])
def test_no_text_breaks_the_query(text: str) -> None:
    for query in (query_of(text), near_query_of(text)):
        assert query.count("'") % 2 == 0 and query
