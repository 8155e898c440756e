"""The walnut mill (invented; see data/): a claim that nine pages tell and one man began, denied twice, with a
circle and a silent copy, written down as the linker should find it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from allegata.model import (
    Capture,
    Citation,
    Claim,
    Document,
    Edge,
    Embed,
    Forecast,
    Link,
    Mention,
    Merge,
    Origin,
    OriginCount,
    Passage,
    Place,
    Reading,
    Response,
    Round,
    Sentence,
    Source,
    Statement,
)
from allegata.store import Store
from tests.web.fake_store import FakeStore

DATA = Path(__file__).parent / "data" / "walnut-mill-camp.jsonl"
BODY = b"StratBrief as it was fetched"
CAPTURE = sha256(BODY).hexdigest()


def walnut_documents() -> dict[str, Document]:
    documents = {}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        row["links"] = [Link(url) for url in row["links"]]
        row["embeds"] = [Embed(ref) for ref in row["embeds"]]
        document = Document(**{**row, "links": tuple(row["links"]), "embeds": tuple(row["embeds"])})
        documents[document.id] = replace(document, capture=CAPTURE if document.id == "d05" else None)
    return documents


DOCUMENTS = walnut_documents()


def spot(document: str, words: str) -> Passage:
    """Where a document says these words."""
    start = DOCUMENTS[document].text.index(words)
    return Passage(document, start, start + len(words))


def span(document: str, words: str) -> tuple[int, int]:
    passage = spot(document, words)
    return passage.start, passage.end


def _mention(
    document: str,
    stance: str,
    speakers: tuple[str, ...],
    cites: tuple[Citation, ...] = (),
    copy_of: str | None = None,
    origin: str | None = "o1",
) -> Mention:
    d = DOCUMENTS[document]
    origins = (origin,) if origin else ()
    return Mention(document, d.url, d.outlet, d.published, stance, speakers, cites, copy_of, origins)


BETTANI, ALVI, QAYYUM = "Rahim Gul Bettani", "Sidra Alvi", "Asad Qayyum"


def camp() -> Claim:
    """The claim about the camp."""
    return Claim(
        id="c-camp",
        proposition="A camp in Barmal district, Paktika, trains about 200 Shawal Front fighters with support "
        "from the Afghan authorities.",
        act="AID",
        accuser="Government of Pakistan",
        accused="Government of Afghanistan",
        place=Place(0, 0, "Barmal district, Paktika", country="AFG", precision=3),
        first_seen=DOCUMENTS["d01"].published,
        last_seen=DOCUMENTS["d16"].published,
        mentions=(
            replace(
                _mention("d01", "allege", (BETTANI,)),
                passages=(spot("d01", "There is a camp on the other side"),),
            ),
            _mention("d02", "allege", (BETTANI, "Tochi TV"), (Citation("Tochi TV", "d01"),)),
            _mention("d03", "allege", (BETTANI, "Tochi TV"), (Citation("Tochi TV", "d01"),)),
            _mention(
                "d04", "assert", (BETTANI, "Tochi TV", "Iqbal Mehsood"), (Citation("Iqbal Mehsood", "d02"),)
            ),
            _mention("d05", "assert", ("intelligence sources",), copy_of="d04"),
            _mention("d06", "deny", ("Zakir Hotaki",), origin=None),
            _mention("d07", "allege", (ALVI,), (Citation("a district officer"),)),
            _mention("d08", "assert", (QAYYUM,), (Citation("national and international media"),)),
            _mention("d11", "deny", ("Hajji Tor Gul",), origin=None),
            _mention("d09", "assert", (BETTANI,)),
            _mention("d09", "assert", (ALVI, "Orbis Press"), (Citation("Orbis Press", "d07"),)),
            _mention("d09", "assert", (QAYYUM,), (Citation("Ministry of Interior, Pakistan", "d08"),)),
            _mention("d09", "assert", ("StratBrief Online",), (Citation("StratBrief Online", "d05"),)),
            _mention("d10", "doubt", ("Lens and Ledger Fact Check",), origin=None),
            _mention("d16", "allege", ("Government of Pakistan",)),
            _mention("d16", "deny", ("Afghan foreign ministry",), origin=None),
        ),
        origins=(
            Origin(
                id="o1",
                source="Government of Pakistan",
                kind="named_official",
                party_to_dispute=True,
                first_document="d01",
                members=(BETTANI, ALVI, QAYYUM, "Ministry of Interior, Pakistan"),
                passages=(spot("d01", "I sit in meetings where these matters are discussed."),),
                rounds=(
                    Round("d01", DOCUMENTS["d01"].published, BETTANI, "interview", ("d01", "d07")),
                    Round("d16", DOCUMENTS["d16"].published, "Government of Pakistan", None, ("d16",)),
                ),
            ),
        ),
        independent_origins=OriginCount(low=1, high=1, named=1, anonymous=0, unresolved=0),
        responses=(
            Response("Zakir Hotaki", "deny", "d06", (spot("d06", "There is no such camp in Barmal"),)),
            Response("Hajji Tor Gul", "deny", "d11", (spot("d11", "says there are no fighters in it"),)),
            Response("Lens and Ledger Fact Check", "doubt", "d10", (spot("d10", "unproven, single source"),)),
        ),
        circular=(("d01", "d08"),),
        edges=_camp_edges(),
        merges=(
            Merge("o1", ALVI, "spokeswoman of the Foreign Office of Pakistan", 0.97),
            Merge("o1", QAYYUM, "spokesman of the Ministry of Interior of Pakistan", 0.97),
            Merge("o1", BETTANI, "deputy commissioner: an officer of the same government", 0.86),
        ),
    )


def _camp_edges() -> tuple[Edge, ...]:
    mill = "in Barmal district of Paktika, behind the old walnut mill"
    return (
        Edge(BETTANI, "d01", "speaker", 0.99, "The programme lets him speak.", (spot("d01", mill),)),
        Edge(
            "d01",
            "d02",
            "credit",
            0.9,
            "Names Tochi TV, whose programme this is.",
            (spot("d01", mill), spot("d02", "DC North Waziristan tells Tochi TV")),
        ),
        Edge(
            "d01",
            "d03",
            "link",
            0.98,
            "Links to the programme and names it.",
            (
                spot("d01", "About two hundred fighters of the Shawal Front are trained there."),
                spot("d03", "In an interview with Tochi TV on Monday night"),
            ),
        ),
        Edge(
            "d02",
            "d04",
            "embed",
            0.97,
            "Embeds the post.",
            (
                spot("d02", "there is a Shawal Front camp in Barmal, Paktika"),
                spot("d04", "According to journalist Iqbal Mehsood"),
            ),
        ),
        Edge(
            "d04",
            "d05",
            "rewrite",
            0.83,
            "Shares unusual wording in the same order, and came out later.",
            (
                spot(
                    "d04",
                    "rural buildings offer natural cover from satellites. In addition, walnut trees provide "
                    "shade, which may be considered a strategic asset.",
                ),
                spot(
                    "d05",
                    "The rural structure offers natural cover from satellites, and the surrounding walnut "
                    "trees supply shade that may be considered a strategic asset.",
                ),
            ),
        ),
        Edge(
            ALVI,
            "d07",
            "speaker",
            0.98,
            "Quoted at a briefing.",
            (spot("d07", "spokeswoman Sidra Alvi told a weekly briefing"),),
        ),
        Edge(
            "d01",
            "d07",
            "credit",
            0.7,
            "Says the allegation was first made on television.",
            (spot("d07", "repeating an allegation first made by a district officer on television"),),
        ),
        Edge(
            "d03",
            "d08",
            "credit",
            0.55,
            "Cites reports carried widely.",
            (spot("d08", "reports carried widely by national and international media"),),
        ),
        Edge(
            "d05",
            "d08",
            "credit",
            0.5,
            "Cites specialised intelligence publications.",
            (spot("d08", "specialised intelligence publications"),),
        ),
        Edge(
            "d07",
            "d09",
            "link",
            0.97,
            "Links to it and names Orbis Press.",
            (spot("d09", "quoted by Orbis Press"),),
        ),
        Edge(
            "d08", "d09", "link", 0.97, "Links to the press note.", (spot("d09", "who said in a press note"),)
        ),
        Edge(
            "d05",
            "d09",
            "link",
            0.97,
            "Links to it and names StratBrief Online.",
            (
                spot("d05", "located behind a disused walnut mill"),
                spot("d09", "according to StratBrief Online"),
            ),
        ),
        Edge("Orbis", "d16", "wire", 0.6, "Dateline of the agency.", (spot("d16", "(Orbis)"),)),
    )


def attack() -> Claim:
    """The claim about the attack: two origins and nobody who denies."""
    return Claim(
        id="c-attack",
        proposition="The Shawal Front attacked the army post at Datta Khel and killed four soldiers.",
        act="ASSAULT",
        accuser="Pakistan Army",
        accused="Shawal Front",
        place=Place(0, 0, "Datta Khel", country="PAK", precision=1),
        first_seen=DOCUMENTS["d12"].published,
        last_seen=DOCUMENTS["d03"].published,
        mentions=(
            _mention("d12", "assert", ("Abu Saqib",), origin="o1"),
            _mention(
                "d13",
                "assert",
                ("Pakistan Army media wing",),
                (Citation("Shawal Front", "d12"),),
                origin="o2",
            ),
            _mention("d03", "assert", (BETTANI,), (Citation("Tochi TV", "d01"),), origin="o2"),
            _mention("d01", "allege", (BETTANI,), origin="o2"),
        ),
        origins=(
            Origin("o1", "Shawal Front", "social_account", True, "d12", ("Abu Saqib", "@shawalfront_media")),
            Origin("o2", "Government of Pakistan", "named_official", True, "d13", (BETTANI,)),
        ),
        independent_origins=OriginCount(low=1, high=2, named=2, anonymous=0, unresolved=0),
        edges=(
            Edge("Abu Saqib", "d12", "speaker", 0.95, "Signs the post.", (spot("d12", "Abu Saqib"),)),
            Edge(
                "d12",
                "d13",
                "link",
                0.9,
                "Links to the message.",
                (spot("d13", "a message on social media"),),
            ),
            Edge("d01", "d03", "credit", 0.9, "Names Tochi TV.", (spot("d03", "Tochi TV"),)),
        ),
    )


def readings() -> list[Reading]:
    """Readings of the pages that the tests open; the others have none."""
    return [
        _khyber(),
        _stratbrief(),
        _orbis(),
        *(Reading(DOCUMENTS[d]) for d in ("d01", "d02", "d04", "d16")),
    ]


def _sentences(document: str, roles: dict[str, str]) -> tuple[Sentence, ...]:
    """Sentences that begin with the words given, each up to the next one."""
    text = DOCUMENTS[document].text
    starts = sorted((text.index(words), role) for words, role in roles.items())
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return tuple(
        Sentence(start, start + len(text[start:end].rstrip()), role, speech=False)
        for (start, role), end in zip(starts, ends, strict=True)
    )


def _khyber() -> Reading:
    d = "d03"
    first = DOCUMENTS[d].text.index("Fighters of the banned")
    he = DOCUMENTS[d].text.index("He alleged")
    return Reading(
        DOCUMENTS[d],
        sentences=_sentences(
            d, {"MIRAMSHAH": "main_event", "In an interview": "main_event", "Asked for": "evaluation"}
        ),
        statements=(
            Statement(
                "s1",
                (span(d, "the deputy commissioner of North Waziristan"),),
                (span(d, "has said"),),
                ((first, DOCUMENTS[d].text.index(", the deputy commissioner")),),
                "allege",
                speaker=BETTANI,
                channel="interview with Tochi TV",
            ),
            Statement(
                "s2",
                (span(d, "Rahim Gul Bettani"),),
                (span(d, "said the camp"),),
                (span(d, "the camp stood behind an old walnut mill"),),
                "assert",
                speaker=BETTANI,
            ),
            Statement(
                "s3",
                ((he, he + 2),),
                (span(d, "alleged"),),
                ((he + 11, he + 11 + len("that Afghan intelligence supplied it with flour, diesel")),),
                "allege",
                speaker=BETTANI,
            ),
        ),
        places=(
            Place(
                *span(d, "Paktika province"), name="Paktika", lat=32.5, lon=68.8, country="AFG", precision=4
            ),
            Place(*span(d, "Datta Khel"), name="Datta Khel", country="PAK", precision=1),
        ),
        sources=(Source(BETTANI, "person", title="deputy commissioner"),),
        reader="hand-1",
    )


def _stratbrief() -> Reading:
    d = "d05"
    return Reading(
        DOCUMENTS[d],
        sentences=_sentences(
            d,
            {
                "StratBrief has learned": "main_event",
                "Intelligence sources": "main_event",
                "The rural": "evaluation",
                "Historically": "historical_event",
                "Decision makers": "expectation",
                "Subscribers": "not_applicable",
            },
        ),
        statements=(
            Statement(
                "s1",
                (span(d, "StratBrief"),),
                (span(d, "has learned of"),),
                (
                    span(
                        d,
                        "a concealed installation in the Barmal area, located behind a disused walnut mill "
                        "and believed to be turning out some 200 fighters",
                    ),
                ),
                "assert",
                speaker="StratBrief Online",
            ),
            Statement(
                "s2",
                (),
                (span(d, "believed to be"),),
                (span(d, "turning out some 200 fighters"),),
                "allege",
                nested_in="s1",
            ),
            Statement(
                "s3",
                (span(d, "Intelligence sources"),),
                (span(d, "indicate"),),
                (span(d, "that flour, diesel and night passes are furnished by Afghan intelligence"),),
                "assert",
                speaker="intelligence sources",
            ),
        ),
        places=(Place(*span(d, "Barmal"), name="Barmal", country="AFG", precision=3),),
        forecasts=(Forecast(*span(d, "the likelihood of war by winter"), False, "by winter", None),),
        sources=(Source("StratBrief Online", "outlet"), Source("intelligence sources", "anonymous")),
        reader="hand-1",
    )


def _orbis() -> Reading:
    d = "d07"
    return Reading(
        DOCUMENTS[d],
        sentences=_sentences(
            d, {"ISLAMABAD": "main_event", "If the camp": "expectation", "Kabul has": "main_event"}
        ),
        statements=(
            Statement(
                "s1",
                (span(d, "Pakistan's Foreign Office"),),
                (span(d, "said on Thursday"),),
                (
                    span(
                        d,
                        "that fighters who attack its troops are sheltered in a camp in the Afghan district "
                        "of Barmal with official Afghan support, repeating an allegation first made by a "
                        "district officer on television",
                    ),
                ),
                "allege",
                speaker=ALVI,
            ),
            Statement(
                "s2",
                (span(d, "a district officer"),),
                (span(d, "allegation first made by"),),
                (
                    span(
                        d,
                        "fighters who attack its troops are sheltered in a camp in the Afghan district of "
                        "Barmal with official Afghan support",
                    ),
                ),
                "allege",
                nested_in="s1",
                speaker=BETTANI,
                channel="television",
            ),
            Statement(
                "s3",
                (span(d, "Kabul"),),
                (span(d, "has called"),),
                (span(d, "the allegation baseless"),),
                "deny",
                speaker="Government of Afghanistan",
            ),
        ),
        forecasts=(
            Forecast(
                *span(d, "Pakistan will close the crossing at Angoor Adda"), True, "two weeks", None, ALVI
            ),
        ),
        sources=(
            Source(ALVI, "person", title="spokeswoman", organisation="Foreign Office of Pakistan"),
            Source(BETTANI, "person", title="district officer"),
            Source("Government of Afghanistan", "organisation"),
        ),
        reader="hand-1",
    )


def capture() -> Capture:
    url = DOCUMENTS["d05"].url
    return Capture(CAPTURE, url, url, "2025-09-11T06:12:00+00:00", "file", "text/plain", len(BODY))


def walnut() -> FakeStore:
    return FakeStore(DOCUMENTS.values(), readings(), [camp(), attack()], [capture()])


def crowd(mentions: int, origins: int = 7) -> tuple[list[Document], Claim]:
    """A claim that ``mentions`` pages tell within three days, from ``origins`` origins and some more."""
    start = datetime(2025, 5, 1, tzinfo=UTC)
    documents, said, edges = [], [], []
    for i in range(mentions):
        published = (start + timedelta(minutes=(i * 37) % (3 * 1440))).isoformat()
        document = Document(
            id=f"p{i:03d}",
            outlet=f"Outlet {i % 83}",
            published=published,
            url=f"https://o{i % 83}.example/{i}",
            text=f"The depot at Karsk was emptied at night, page {i} says. Lorries left in rows of nine.",
        )
        documents.append(document)
        origin = f"o{i % (origins + 1)}" if i % (origins + 1) < origins else None
        stance = "deny" if i % 97 == 96 else "assert"
        said.append(
            Mention(
                document.id,
                document.url,
                document.outlet,
                published,
                stance,
                ("A guard",),
                (),
                None,
                (origin,) if origin else (),
            )
        )
        kind = ("speaker", "credit", "wire", "link", "embed", "repost", "copy", "rewrite")[i % 8]
        upstream = f"p{i - origins - 1:03d}" if i > origins and i % 3 else "A guard"
        passages = (Passage(document.id, 0, 39),)
        if upstream.startswith("p"):
            passages = (Passage(upstream, 0, 39), *passages)
        edges.append(Edge(upstream, document.id, kind, 0.8, "Says so.", passages))
    claim = Claim(
        id="c-crowd",
        proposition="Guards emptied the depot at Karsk.",
        act="ASSAULT",
        accuser=None,
        accused="the guards",
        place=None,
        first_seen=documents[0].published,
        last_seen=max(d.published or "" for d in documents),
        mentions=tuple(said),
        origins=tuple(
            Origin(
                f"o{n}", f"Guard number {n}", "eyewitness", False, f"p{n:03d}", ("A guard",) if n == 0 else ()
            )
            for n in range(origins)
        ),
        independent_origins=OriginCount(origins, origins + 9, origins, 0, 9),
        edges=tuple(edges),
    )
    return documents, claim


def put_into(store: Store, documents: Iterable[Document] = (), claims: Iterable[Claim] = ()) -> None:
    """The mill with its readings and its two claims, and what else is given, as one run made them."""
    run = store.start_run("test", "")
    store.put_capture(capture(), BODY)
    for document in (*DOCUMENTS.values(), *documents):
        store.put_document(document)
    for reading in readings():
        store.put_reading(reading, run)
    store.replace_claims([], [camp(), attack(), *claims], run)
    store.refresh_dyads(100)
    store.finish_run(run, "done")
