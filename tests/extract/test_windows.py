import pytest

from kg.extract.windows import windows


@pytest.mark.parametrize("pieces", [1, 2, 383, 384, 385, 400, 673, 1000, 5000, 123457])
def test_every_piece_is_kept_exactly_once(pieces: int) -> None:
    owned = [
        piece for window in windows(pieces) for piece in range(window.own_start, window.own_end)
    ]
    assert owned == list(range(pieces))


@pytest.mark.parametrize("pieces", [385, 400, 1000, 5000])
def test_every_piece_inside_is_read_with_context_on_both_sides(pieces: int) -> None:
    for window in windows(pieces):
        assert window.end - window.start <= 384
        assert window.own_start - window.start >= 40 or window.start == 0
        assert window.end - window.own_end >= 40 or window.end == pieces


def test_no_text_has_no_window() -> None:
    assert windows(0) == []


def test_a_short_text_is_one_window() -> None:
    (window,) = windows(7)
    assert (window.start, window.end, window.own_start, window.own_end) == (0, 7, 0, 7)


def test_the_number_of_windows_grows_with_the_length_and_no_faster() -> None:
    assert len(windows(200_000)) <= 2 * len(windows(100_000)) + 1


def test_windows_that_are_all_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="longer than their overlap"):
        windows(100, size=10, overlap=10)
