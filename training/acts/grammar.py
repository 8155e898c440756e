"""Sentences in which nobody does anything to anybody, made by a grammar of our own.

The labelled sentences that the act coder is trained on all hold an act. These hold none: they say what is so,
what is due, what is common, and what happens in sport and weather, with the words of acts wherever those
fit. What was long ago, denied or merely possible is left to rules (`asserted.py`): it is worded like any
act. They are other sentences than those the coder is measured on (``evals/data``).
"""

from __future__ import annotations

import random
import re

SLOTS: dict[str, list[str]] = {
    "C": """Kenya|Brazil|Poland|Yemen|Japan|Algeria|Norway|Cuba|Laos|Chad|Ukraine|Mexico|Bahrain|Ghana|
        Israel|Syria|the
        United States|China|Iran|Turkey|Russia|France|Ethiopia|Egypt|Myanmar|Colombia|Italy|Nepal|Libya|
        Cyprus""",
    "D": """Kenyan|Brazilian|Polish|Yemeni|Japanese|Algerian|Norwegian|Cuban|Ukrainian|Mexican|Israeli|
        Syrian|American|
        Chinese|Iranian|Turkish|Russian|French|Ethiopian|Egyptian|Colombian|Italian|Libyan|Indian""",
    "B": """the army|the police|the government|the foreign ministry|the opposition|the rebels|the court|
        parliament|the
        central bank|the union|the coast guard|the militia|the senate|the ruling party|the commission""",
    "P": """President Adeyemi|Prime Minister Kovacs|the minister|General Haddad|the ambassador|the governor|
        Senator
        Whitlock|the mayor|the envoy|the judge|King Tariq|the chancellor""",
    "T": """Aleppo|Recife|Osaka|Mombasa|Tabriz|Lviv|Puebla|Cali|Benghazi|Aswan|Gdansk|Pokhara|Oran|Adana|
        Shiraz""",
    "R": """signed a treaty with|imposed sanctions on|attacked|expelled diplomats from|sent aid to|
        recognised|invaded|met
        delegates from|accused|threatened|withdrew its troops from|arrested students from|blockaded|
        protested against""",
    "V": """attack|visit|condemn|recognise|support|arrest critics in|sanction|invade|send aid to|negotiate
        with|blockade|
        leave|bomb|reject the offer of|release prisoners to""",
    "E": """attack|ceasefire|treaty|visit|protest|strike|raid|embargo|arrest|siege|deal|talks|boycott|
        deployment|accusation|
        agreement|aid package|tariff""",
    "Y": "1812|1848|1899|1914|1926|1939|1947|1958|1966|1979|1985|1993",
    "#": "two|three|seven|eleven|nineteen|forty|ninety|210|1,400|36,000",
    "W": """Storm|Rain|A blizzard|A typhoon|Hail|A flood|Heat|A landslide|A tornado|A tsunami|High water|An
        avalanche""",
    "S": """the Lions|Rangers|Benfica|the Hawks|Celtic|United|the Eagles|Boca|Ajax|the national side|the
        visitors""",
}

TEMPLATES = """
The {E} of {Y} is taught in every school in {C}.
{T} was founded in {Y} by {D} traders.
It is possible that {C} may {V} {C}.
Nobody knows whether {C} would {V} {C}.
An {D} {E} on {C} would be costly.
There has been no {E} between {C} and {C}.
No {E} took place in {T}.
{P} is expected in {T} on Thursday.
The {E} is due to begin in {T} next month.
{C} is likely to {V} {C} soon.
{P} hopes to {V} {C} next year.
{C} and {C} are to meet in {T} in autumn.
The vote in {C} takes place in {#} days.
A {E} of {C} by {C} is expected any day.
{C} plans to {V} {C} in the coming years.
A {E} is a thing that states do to each other.
An {E} means that {B} stops buying.
{C} is a country in the region with {#} provinces.
{T} lies on the border between {C} and {C}.
The {D} constitution says that {B} may {V} {C}.
{C} is a member of the {D} union.
The {E} law has {#} articles.
{P} is the son of a {D} teacher.
{P} is head of the {D} delegation.
{P}, who is {#}, lives near {T}.
{B} in {C} has {#} members.
{S} beat {S} by {#} points in {T}.
{S} attacked from the first minute against {S}.
{S} and {S} drew in {T}.
{P}'s favourite club, {S}, lost again.
The {D} striker scored for {S} against {S}.
The {D} champion defeated her rival from {C} in {T}.
{C} fought back to beat {C} in the final.
{C} will face {C} in the quarter-final.
The {D} goalkeeper stopped {#} shots.
{S} fired their coach.
{W} hit {T} on Monday.
{W} killed {#} people in {C}.
{W} destroyed {#} houses near {T}.
{W} closed roads between {C} and {C}.
{W} struck the coast of {C}.
The weather in {T} forced {B} indoors.
The fire near {T} destroyed {#} hectares.
An epidemic killed {#} goats in {C}.
{C} exports {#} tonnes of cocoa to {C} a year.
Trade of {C} with {C} grew by {#} per cent.
{#} per cent of those asked in {C} like {P}.
The number of {D} arrests fell to {#}.
{C} spends {#} per cent of its income on {B}.
The cost of the {E} is put at {#} million dollars.
Sales of {D} steel to {C} fell.
Prices in {T} rose faster than in {C}.
{C} has {#} soldiers and few tanks.
Relations between {C} and {C} are cool.
The quarrel of {C} with {C} is old.
{C} is no friend of {C}.
{P} is not popular in {C}.
The {E} was a mistake, as everybody knows.
The {E} is the best that {C} can hope for.
What {C} needs is a {E}.
{C} deserves better than {P}.
{B} in {C} is too weak to {V} {C}.
It is foolish to {V} {C}.
The trouble with {C} is its {E}.
Few in {T} believe in the {E}.
{C} and {C} share a river.
People in {T} often cross into {C} to shop.
Every year {B} celebrates the {E}.
{B} usually meets in {T}.
{D} fishermen sell their catch in {C}.
The film tells of a {E} in {T}.
The museum in {T} shows arms from {C}.
The {E} lasted longer than that of {Y}.
The building of the {D} embassy is {#} years old.
The word for {E} is the same in {D}.
The road from {T} to {T} has {#} bridges.
{P} studied law in {T} and music in {C}.
The text of the {E} runs to {#} pages.
The room in which the {E} was discussed has no windows.
Travel to {C} needs a visa.
The {D} bank has {#} branches in {C}.
""".strip().split("\n")

_SLOT = re.compile(r"\{(\w|#)\}")


def sentences(number: int, seed: int = 0) -> list[str]:
    """``number`` sentences, as many of each template as of another."""
    chance = random.Random(seed)
    words = {k: [" ".join(w.split()) for w in v.split("|")] for k, v in SLOTS.items()}
    out = []
    for i in range(number):
        text = _SLOT.sub(lambda m: chance.choice(words[m.group(1)]), TEMPLATES[i % len(TEMPLATES)])
        out.append(text[0].upper() + text[1:])
    return out
