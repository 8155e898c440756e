from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegata.web import paths

PLAIN = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")


@given(st.text(st.characters(), max_size=40))
def test_any_id_is_one_segment_and_comes_back(name: str) -> None:
    assert set(paths.encode(name)) <= PLAIN
    assert paths.decode(paths.encode(name)) == name


def test_names_that_a_browser_would_change() -> None:
    assert paths.encode("..") == "~2E~2E"
    assert paths.encode("a/b.json") == "a~2Fb~2Ejson"
    assert paths.decode("\udc80~ED~B2~80") == "\udc80\udc80"


@given(st.text(max_size=40))
def test_a_path_typed_by_hand_never_fails(segment: str) -> None:
    paths.decode(segment)


def test_typed_ids_stay_as_they_are() -> None:
    assert paths.decode("page.html") == "page.html"
    assert paths.decode("~FF~FE") == "~FF~FE"


def test_addresses() -> None:
    assert paths.document("d1", at=(3, 9)) == "/documents/d1?at=3-9#at"
    assert paths.document("d1", version=2, twin=True) == "/documents/d1.json?version=2"
    assert paths.edge("c1", 3) == "/claims/c1/edges/3"
    assert paths.claims([("q", "a b&c")]) == "/?q=a+b%26c"
    assert paths.claims(twin=True) == "/claims.json"
