"""Arguments: words, KEY=VALUE and options."""

import pytest

from playground.cli.arguments import UsageError, parse_arguments, quoted, wants_help


def test_words_values_and_options_are_told_apart():
    arguments = parse_arguments(["word", "seed=1", "--json", "-", "--link=http://x/?c=abc=", "formula=a=b"])
    assert arguments.words == ("word",)
    assert arguments.values == {"seed": "1", "formula": "a=b"}
    assert arguments.options == {"--json": "-", "--link": "http://x/?c=abc="}


def test_help_is_asked_for_anywhere():
    assert wants_help(["seed=1", "--help"])
    assert wants_help(["-h"])
    assert not wants_help(["seed=1"])


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--jsn", "x"], "'--jsn': there is no such option. Did you mean '--json'?"),
        (["--learning_rate=1"], "without dashes, as KEY=VALUE"),
        (["--json"], "--json: needs a value"),
        (["seed=1", "seed=2"], "seed: given twice, as '1' and '2'"),
        (["--json", "a", "--json", "b"], "--json: given twice"),
    ],
)
def test_what_cannot_be_followed_is_refused(argv, message):
    with pytest.raises(UsageError) as caught:
        parse_arguments(argv)
    assert message in str(caught.value)


def test_a_word_without_equals_sign_is_refused_where_fields_are_expected():
    with pytest.raises(UsageError, match="'spiral' is not KEY=VALUE"):
        parse_arguments(["spiral"]).refuse_words()


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match=r"sampels: there is no such field. Did you mean 'samples'?"):
        parse_arguments(["sampels=3"]).refuse_values(["samples", "width"])


def test_a_long_word_is_cut():
    assert len(quoted("x" * 10_000)) < 100
