from pathlib import Path

from cnncalc.document import Found, words
from cnncalc.problem import Finding
from cnncalc.record import changed
from cnncalc.render.terminal import render
from cnncalc.source import Source
from cnncalc.views.problems import problems
from tests.findings import Doubtful, Said, mismatch

EXPECTED = Path(__file__).parent / "expected"


def closing(findings, **more):
    return words(problems(findings, **more).blocks[-1].text)


def test_the_whole_report_of_one_problem():
    expected = (EXPECTED / "in_features_mismatch.txt").read_text(encoding="utf-8")
    assert render(problems([mismatch()], partial=True), 80) == expected


def test_without_a_table_nothing_is_said_of_its_marks():
    assert closing([mismatch()]) == "1 error in mnist.yaml."


def test_errors_warnings_and_files_are_counted():
    findings = [mismatch(), changed(mismatch(), source=Source("b.yaml", "")), Finding(Doubtful("hm"))]
    assert closing(findings, partial=True) == (
        "2 errors and 1 warning in 2 files. ? follows from them, ≥ leaves them out."
    )


def test_a_problem_of_no_file_is_counted():
    assert closing([Finding(Said("no spec"))]) == "1 error."


def test_at_most_a_hundred_are_shown_and_the_rest_counted():
    document = problems([mismatch()] * 123)
    assert sum(isinstance(block, Found) for block in document.blocks) == 100
    assert words(document.blocks[-2].text) == "and 23 more that are not shown"
    assert closing([mismatch()] * 123) == "123 errors in mnist.yaml."


def test_no_findings_make_an_empty_document():
    assert render(problems([])) == ""
