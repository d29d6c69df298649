"""Numbered pages and opaque cursors."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_shared.pages import (
    CursorNotReadable,
    Page,
    PageRequest,
    decode_cursor,
    encode_cursor,
)


@pytest.mark.requirement("TRN-09")
def test_the_first_page_has_ten_places_and_starts_at_the_first() -> None:
    request = PageRequest()

    assert (request.page, request.page_size, request.offset) == (1, 10, 0)


@given(st.integers(1, 1000), st.integers(1, 100))
def test_pages_stand_side_by_side(page: int, size: int) -> None:
    here = PageRequest(page=page, page_size=size)

    assert PageRequest(page=page + 1, page_size=size).offset == here.offset + size


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_the_last_page_is_the_first_that_reaches_the_end(total: int, size: int) -> None:
    pages = Page(items=[], page=1, page_size=size, total_items=total).total_pages

    assert (pages - 1) * size < total <= pages * size or pages == total == 0


@given(st.text(), st.integers())
def test_a_cursor_reads_back_as_it_was_written(text: str, number: int) -> None:
    cursor = encode_cursor(text, number)

    assert decode_cursor(cursor, str, int) == (text, number)
    assert cursor.isascii()
    assert not set(cursor) & set("+/=&")


@given(st.text())
def test_any_other_text_is_no_cursor(text: str) -> None:
    with pytest.raises(CursorNotReadable):
        decode_cursor(text, str, str, int)


@pytest.mark.parametrize(
    "position", [b"[1]", b'["a","b"]', b"{}", b"null", b"[" * 5000, b'["a",true]', b"\xff"]
)
def test_a_cursor_of_another_list_is_refused(position: bytes) -> None:
    cursor = base64.urlsafe_b64encode(position).rstrip(b"=").decode()

    with pytest.raises(CursorNotReadable):
        decode_cursor(cursor, str, int)
