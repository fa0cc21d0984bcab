"""The programs that make documents, one file each."""

from factory.design import Producer
from factory.producers import browser, office, pandoc, reportlab, scan, typst, weasyprint, word

PRODUCERS: dict[str, Producer] = {
    producer.name: producer
    for producer in (
        browser.PRINTED,
        browser.PAGE,
        weasyprint.PRODUCER,
        typst.PRODUCER,
        office.PRINTED,
        office.SAVED,
        word.PRODUCER,
        reportlab.PRODUCER,
        pandoc.PRODUCER,
        scan.PRODUCER,
    )
}
