from allegata.model import Document, Forecast, Reading
from allegata.monitoring.due import dues_of

TEXT = "The union will strike by Friday. War will come soon."
STRIKE = Forecast(0, 32, False, "by Friday", "likely", "the union", latest="2024-06-21")
WAR = Forecast(33, 52, False, "soon", None)


def reading(published: str | None) -> Reading:
    return Reading(Document("d1", TEXT, published=published), forecasts=(STRIKE, WAR))


def test_what_sets_a_day_comes_due() -> None:
    (due,) = dues_of(reading("2024-06-19T23:30:00+05:00"))
    assert (due.document, due.deadline, due.published) == ("d1", "2024-06-21", "2024-06-19")
    assert due.text == "The union will strike by Friday."
    assert due.forecast == STRIKE


def test_nothing_comes_due_where_the_page_has_no_date() -> None:
    assert not [*dues_of(reading(None)), *dues_of(reading("0000-00-00"))]
