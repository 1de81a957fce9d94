"""Every numbered row of the list of bad inputs has its test: by number in this folder, or where this table says."""

import ast
import re
from pathlib import Path

from tests.hostile import rows

HERE = Path(__file__).parent
TESTS = HERE.parent
NUMBERED = {*range(1, 71), *range(85, 115)}
"""4a–4e, 4g and 4h. 71–76 are no rows; 77–84 are about importers, which do not exist yet."""

ELSEWHERE = {
    17: "cli/test_faults.py::test_what_the_system_refuses_is_said_in_its_words",
    85: "cli/test_hostile.py::test_a_name_that_looks_like_markup_is_shown_as_it_is",
    86: "render/test_injection.py::test_terminal",
    87: "cli/test_hostile.py::test_the_name_of_a_file",
    88: "render/test_injection.py::test_no_line_begins_with_a_name",
    89: "render/test_reports.py::test_nothing_is_obeyed_but_our_own_annotations",
    90: "render/test_injection.py::test_markdown",
    91: "render/test_injection.py::test_csv",
    92: "render/test_injection.py::test_html",
    94: "render/test_reports.py::test_junit_says_it_as_text",
    95: "render/test_injection.py::test_json",
    96: "render/test_cells.py::test_of_two_names_at_an_arrow_both_can_still_be_read",
    97: "cli/test_faults.py::test_signs_that_a_stream_cannot_carry_are_exchanged",
    98: "cli/test_faults.py::test_a_locale_of_nothing",
    99: "cli/test_faults.py::test_any_number_of_columns",
    100: "cli/test_faults.py::test_a_closed_output",
    101: "cli/test_faults.py::test_a_full_disk",
    102: "cli/test_faults.py::test_a_broken_pipe_is_silent",
    103: "cli/test_faults.py::test_while_modules_are_imported",
    104: "cli/test_faults.py::test_a_signal_leaves_the_old_file_and_nothing_beside_it",
    105: "cli/test_faults.py::test_a_spec_is_never_written_over",
    107: "cli/test_faults.py::test_in_a_directory_that_is_gone",
    109: "cli/test_faults.py::test_any_way_to_start_python",
    113: "cli/test_faults.py::test_a_bug_of_ours_is_one_line_without_the_spec",
    114: "cli/test_trace.py::test_without_pillow_a_png_is_refused_with_the_command_that_helps",
}
NOT_YET = {93: "no output in SVG, Mermaid or DOT exists yet"}


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def here():
    """The numbers that tests of this folder bear in their names, and those of the tables of inputs."""
    tables = (rows.BYTES, rows.YAML, rows.JSON, rows.MEANING)
    yield from (int(name.partition("-")[0]) for table in tables for name, *_rest in table)
    for name in functions(HERE / "test_more_rows.py"):
        if found := re.match(r"test_([0-9]+)_", name):
            yield int(found[1])


def test_every_row_has_its_test():
    assert set(here()) | set(ELSEWHERE) | set(NOT_YET) == NUMBERED


def test_the_tests_of_other_folders_exist():
    for number, where in ELSEWHERE.items():
        path, name = where.split("::")
        assert name in functions(TESTS / path), number
