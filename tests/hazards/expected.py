"""What the product says of each file of `data`: the code of the reason, and what the rows do."""

from __future__ import annotations

CODES = {
    "csv_not_excel": "text-not-excel",
    "filtered_rows": "hidden-rows",
    "dot_zero": "dot-zero-removed",
    "not_text": "boolean-instead-of-text",
    "bidi_control": "bad-character",
    "control_character": "bad-character",
    "number_as_text": "cleaned",
}
"""The product's code where it is not the manifest's word with hyphens."""

CODE_OF_FILE = {"c29_numeric_password.xlsx": "password-not-text"}
"""Where one word of the manifest is two codes: a password is more than any other text."""

UNREADABLE = {
    "f01_not_a_zip.xlsx",
    "f02_truncated.xlsx",
    "f03_zero_bytes.xlsx",
    "f04_password_agile.xlsx",
    "f05_legacy.xls",
    "f06_ods.ods",
    "f07_html_named_xls.xls",
    "f08_csv_named_xlsx.xlsx",
    "f09_tab_text_named_xls.xls",
    "f12_zip_bomb_200MB.xlsx",
    "f13_billion_laughs.xlsx",
    "f14_xxe.xlsx",
    "f17_duplicate_zip_entry.xlsx",
    "d05_utf16le_no_bom.csv",
    "d11_unclosed_quote.csv",
}
"""Files that cannot be read at all: exit code 2 and one sentence."""

HOSTILE = (
    "f12_zip_bomb_200MB.xlsx",
    "f13_billion_laughs.xlsx",
    "f14_xxe.xlsx",
    "f17_duplicate_zip_entry.xlsx",
    "f18_zip_slip.xlsx",
    "f19_wrong_dimension.xlsx",
    "f20_far_formatting.xlsx",
    "c22_long_string.xlsx",
)
"""Files that are read in a process with little memory and little time."""

IDS = {"c03_id_text_dot_zero.xlsx": "longer", "c06_id_text_16_digits.xlsx": "none"}
"""Which Student IDs the district has where the file does not belong to the usual ones."""

_ALL = range(2, 8)
ROWS: dict[str, dict[int, str]] = {
    "f15_external_link.xlsx": {2: "error"},
    "s07_merged_data.xlsx": dict.fromkeys((2, 3, 4), "error"),
    "s09_blank_rows_inside.xlsx": dict.fromkeys((4, 7, 8), "skipped"),
    "s10_blank_row_after_header.xlsx": {2: "skipped"},
    "s18_total_row.xlsx": {8: "error"},
    "s22_repeated_header.xlsx": {5: "error"},
    "c01_id_numbers_zero_lost.xlsx": dict.fromkeys(_ALL, "error"),
    "c04_id_scientific_text.xlsx": {2: "error"},
    "c05_id_over_15_digits.xlsx": dict.fromkeys(_ALL, "error"),
    "c06_id_text_16_digits.xlsx": dict.fromkeys(_ALL, "assign_id"),
    "c08_formula_cached.xlsx": dict.fromkeys((5, 6, 7), "rename"),
    "c09_formula_no_cache.xlsx": dict.fromkeys(_ALL, "error"),
    "c10_error_cells_in_id.xlsx": dict.fromkeys(_ALL, "error"),
    "c11_boolean_name.xlsx": {2: "error"},
    "c12_null_like_names.xlsx": dict.fromkeys(_ALL, "rename"),
    "c13_dates_instead_of_text.xlsx": dict.fromkeys((2, 3), "error"),
    "c14_percent_and_exponent.xlsx": {2: "error", 3: "update"},
    "c17_smart_quotes.xlsx": {6: "rename"},
    "c19_homoglyph_username.xlsx": {2: "error"},
    "c20_rlo_username.xlsx": {2: "error"},
    "c21_control_escapes.xlsx": {2: "error", 4: "update"},
    "c22_long_string.xlsx": {2: "error"},
    "c24_formula_text.xlsx": dict.fromkeys((2, 3, 4), "error"),
    "c28_numeric_username.xlsx": dict.fromkeys(_ALL, "rename"),
    "c29_numeric_password.xlsx": dict.fromkeys(_ALL, "error"),
    "c30_password_spaces.xlsx": dict.fromkeys((2, 3), "update"),
    "c31_negative_id.xlsx": {2: "error"},
    "c32_id_became_date.xlsx": {2: "error"},
    "c33_id_fraction.xlsx": {2: "error"},
    "c35_lone_surrogate_and_emoji.xlsx": {2: "update"},
    "d03_cp1252.csv": {7: "update"},
    "d08_macroman.csv": {7: "update"},
    "d10_ragged.csv": {8: "error"},
    "d13_nul_bytes.csv": {2: "error"},
    "d15_mojibake.csv": {5: "update"},
    "d16_extra_comma.csv": {2: "error"},
}
"""The rows that do something, by file. Every other row holds what is stored: unchanged."""

CHANGES: dict[str, dict[int, dict[str, list[object]]]] = {
    "c06_id_text_16_digits.xlsx": {2: {"student_id": [None, "1234567890123450"]}},
    "c08_formula_cached.xlsx": {6: {"username": ["eobrien", "eo'brien"]}},
    "c12_null_like_names.xlsx": {
        2: {"username": ["asmith", "u0"], "first_name": ["Ana", "Na"]},
        3: {"username": ["bjones", "u1"], "first_name": ["Bo", "Null"]},
        4: {"username": ["clee", "u2"], "first_name": ["Chi", "None"]},
        5: {"username": ["dgarcia", "u3"], "first_name": ["Daniela", "nan"]},
        6: {"username": ["eobrien", "u4"], "first_name": ["Eoin", "N/A"]},
        7: {"username": ["fnguyen", "u5"], "first_name": ["Phuong", "NA"]},
    },
    "c17_smart_quotes.xlsx": {
        6: {"username": ["eobrien", "e.o'brien"], "last_name": ["O'Brien", "O\u2019Brien"]}
    },
    "c21_control_escapes.xlsx": {4: {"first_name": ["Chi", "_x0041_"]}},
    "c28_numeric_username.xlsx": {2: {"username": ["asmith", "20231000"]}},
    "c30_password_spaces.xlsx": {2: {"password": ["set", "set"]}},
    "c35_lone_surrogate_and_emoji.xlsx": {2: {"first_name": ["Ana", "Ana \U0001f600"]}},
    "d03_cp1252.csv": {7: {"last_name": ["Nguy\u1ec5n", "Nguyen"]}},
}
"""What exactly changes in a row, where a file is about the value that was read."""
