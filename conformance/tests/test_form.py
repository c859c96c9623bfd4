"""Taste as an ordinary test: files stay small, and import nothing in vain."""

import ast
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
LINES_MAX = 400
LONGER = {"judge.py": 500, "agreements.py": 520, "records.py": 520}      # one file for the court; scenarios, one a line
WIDTH_MAX = 160


class Form(unittest.TestCase):
    def files(self):
        return [path for path in sorted(FOLDER.rglob("*.py"))]

    def test_small_files(self):
        for path in self.files():
            with self.subTest(path.name):
                self.assertLessEqual(len(path.read_text().splitlines()), LONGER.get(path.name, LINES_MAX))

    def test_no_import_in_vain(self):
        for path in self.files():
            tree, text = ast.parse(path.read_text()), path.read_text()
            names = {(alias.asname or alias.name).split(".")[0] for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))
                     for alias in node.names}
            used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            exported = text.partition("__all__ = ")[2].partition("]")[0]
            with self.subTest(path.name):
                self.assertEqual({name for name in names if name not in used and f'"{name}"' not in exported}, set())

    def test_every_file_says_what_it_is(self):
        for path in self.files():
            if path.read_text():
                with self.subTest(path.name):
                    self.assertTrue(ast.get_docstring(ast.parse(path.read_text())))

    def test_width(self):
        for path in self.files():
            if path.parent.name == "cases":
                continue
            with self.subTest(path.name):
                self.assertLessEqual(max(map(len, path.read_text().splitlines() or [""])), WIDTH_MAX)
