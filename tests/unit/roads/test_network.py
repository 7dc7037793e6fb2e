"""The network of two invented towns: look-ups, classes, overlaps, version."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
import rfc8785

from safeconduct.errors import UnknownReference, WrongField
from safeconduct.roads import Edge, Network, Piece, Place, Stretch
from tests.unit.roads.two_towns import KM, NETWORK


def test_edges_and_places_are_found_by_id() -> None:
    assert NETWORK.edge("bypass").length_dm == 5 * KM
    assert NETWORK.place("post").name == "the Post"
    assert NETWORK.has_edge("bypass") and not NETWORK.has_edge("alder")
    assert NETWORK.has_place("alder") and not NETWORK.has_place("bypass")


def test_classes_are_numbered_by_their_areas_in_order() -> None:
    north, south = frozenset({"north"}), frozenset({"south"})
    assert NETWORK.classes == (
        (frozenset(), frozenset()),  # the bypass
        (north, north),
        (north | south, frozenset()),  # the post, on the border
        (south, south),
    )


def test_every_piece_and_place_has_the_class_of_its_areas() -> None:
    assert NETWORK.edge_classes("post-birch") == (1, 3)
    assert NETWORK.edge_classes("bypass") == (0,)
    assert [NETWORK.place_class(id) for id in ("alder", "post", "birch")] == [1, 2, 3]
    assert [NETWORK.piece_class(piece) for piece in NETWORK.pieces("post-birch")] == [1, 3]


def test_a_piece_of_another_network_has_no_class_here() -> None:
    stranger = Piece("e9", 0, 5, frozenset({"east"}), frozenset())
    with pytest.raises(UnknownReference, match="The piece of edge e9 has areas that no road of"):
        NETWORK.piece_class(stranger)


def test_overlap_works_both_ways_and_with_oneself() -> None:
    network = replace(NETWORK, overlaps=frozenset({("south", "north")}))
    assert network.overlap("north", "south") and network.overlap("south", "north")
    assert NETWORK.overlap("north", "north")
    assert not NETWORK.overlap("north", "south")


def test_overlap_with_an_area_it_was_not_built_with_is_refused() -> None:
    with pytest.raises(UnknownReference, match=r"the area 'norht'.*Did you mean north"):
        NETWORK.overlap("norht", "south")


@pytest.mark.parametrize("look_up", [NETWORK.edge, NETWORK.pieces, NETWORK.edge_classes])
def test_an_unknown_edge_is_refused_with_a_suggestion(look_up: object) -> None:
    with pytest.raises(UnknownReference) as refused:
        look_up("post-brich")  # type: ignore[operator]
    assert "Network two-towns is asked for the edge 'post-brich'" in str(refused.value)
    assert refused.value.remedy == "Did you mean post-birch?"


@pytest.mark.parametrize("look_up", [NETWORK.place, NETWORK.place_class])
def test_an_unknown_place_is_refused_with_a_suggestion(look_up: object) -> None:
    with pytest.raises(UnknownReference, match=r"the place 'brich'.*Did you mean birch"):
        look_up("brich")  # type: ignore[operator]


def test_the_order_of_places_edges_and_pairs_makes_no_difference() -> None:
    turned = Network(
        NETWORK.id,
        NETWORK.places[::-1],
        NETWORK.edges[::-1],
        NETWORK.areas,
        frozenset({("south", "north")}),
    )
    straight = replace(NETWORK, overlaps=frozenset({("north", "south")}))
    assert turned == straight
    assert turned.version == straight.version


def test_the_canonical_form_is_that_of_rfc_8785() -> None:
    named = replace(NETWORK, label='Größe "ß" \U0001f69a \ufb33\x7f\x01', notes=("\u2028", "b\\n"))
    assert named.canonical() == rfc8785.dumps(named.as_json())


def test_the_version_is_the_hash_of_the_canonical_form() -> None:
    assert NETWORK.version == hashlib.sha256(NETWORK.canonical()).hexdigest()
    assert NETWORK.canonical().startswith(b'{"areas":["north","south"],"edges":[{"a":"alder",')


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"label": "other"},
        {"notes": ("something was dropped",)},
        {"areas": frozenset({"north", "south", "east"})},
        {"overlaps": frozenset({("north", "south")})},
        {"source_sha256": "00"},
        {"places": (*NETWORK.places, Place("elm"))},
        {"edges": NETWORK.edges[1:]},
    ],
)
def test_whatever_changes_changes_the_version(change: dict[str, object]) -> None:
    assert replace(NETWORK, **change).version != NETWORK.version  # type: ignore[arg-type]


def test_two_edges_of_one_id_are_refused() -> None:
    with pytest.raises(WrongField, match="The id bypass is used for two edges"):
        replace(NETWORK, edges=(*NETWORK.edges, Edge("bypass", "alder", "post", 1)))


def test_an_edge_to_nowhere_is_refused() -> None:
    with pytest.raises(UnknownReference, match=r"Edge e ends at the place 'brich'.*mean birch"):
        replace(NETWORK, edges=(Edge("e", "alder", "brich", 1),))


def test_areas_that_the_network_was_not_built_with_are_refused() -> None:
    edge = Edge("e", "alder", "birch", 9, touched=(Stretch("nord", 0, 9),))
    with pytest.raises(UnknownReference, match=r"Edge e runs in the area 'nord'.*mean north"):
        replace(NETWORK, edges=(edge,))
    place = Place("elm", touched=frozenset({"sooth"}))
    with pytest.raises(UnknownReference, match="Place elm lies in the area 'sooth'"):
        replace(NETWORK, places=(*NETWORK.places, place))
    with pytest.raises(UnknownReference, match="An overlap names the area 'east'"):
        replace(NETWORK, overlaps=frozenset({("east", "north")}))
