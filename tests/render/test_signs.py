import pytest

from cnncalc.render.signs import SUBSTITUTES, speaker


def test_a_stream_that_carries_everything_changes_nothing():
    text = "".join(SUBSTITUTES)
    assert speaker("utf-8")(text) == text
    assert speaker()(text) == text


def test_ascii_exchanges_whole_signs():
    assert speaker("ascii")("⌊(7 + 2·1 − 3)/2⌋ + 1 ≥ 4 → ✓") == "floor((7 + 2*1 - 3)/2) + 1 >= 4 -> right"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "gbk", "latin-1", "utf-8", "no-such-encoding"])
def test_no_sign_of_ours_is_ever_written_as_an_escape(encoding):
    said = speaker(encoding)("".join(SUBSTITUTES))
    assert said.encode("ascii" if encoding == "no-such-encoding" else encoding)


def test_gbk_keeps_what_it_has():
    assert speaker("gbk")("⌊6×28 − 1⌋ → ✗") == "floor(6×28 - 1) → wrong"


def test_bars_are_exchanged_together():
    assert speaker("cp437")("█▌▏") == "###"  # cp437 has █ and ▌, but no ▏


def test_asking_for_ascii_exchanges_all_signs():
    assert speaker("utf-8", ascii=True)("".join(SUBSTITUTES)).isascii()


def test_what_would_steer_a_terminal_is_shown_as_an_escape():
    assert "\x1b" not in speaker()("\x1b]0;x\a\u202e\x9b")
