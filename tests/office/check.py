#!/usr/bin/env python3
"""Opens CSV reports in LibreOffice and looks at what it made of them.

Each comment must stand in a row of its own with its text as the report has it, and no cell may be a formula, not even
where a comment is written to look like one. Needs `soffice` and a built binary, given as the only argument.
"""
import csv
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

TABLE = '{urn:oasis:names:tc:opendocument:xmlns:table:1.0}'
TEXT = '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}'
HERE = Path(__file__).parent
csv.field_size_limit(1 << 30)


def report(binary, dump, folder, *options):
    """The path of a CSV report of `dump`."""
    path = folder / f'{dump.stem}{"".join(options)}.csv'
    subprocess.run([binary, 'score', dump, '--quiet', '-o', path, *options], check=True)
    return path


def soffice(folder, path, form):
    """Converts a file to another form, and gives the path of the outcome."""
    profile = f'-env:UserInstallation=file://{folder}/profile'
    out = folder / 'converted'
    convert = ['soffice', '--headless', profile, '--convert-to', form, '--outdir', out, path]
    if path.suffix == '.csv':
        # Comma, double quote, UTF-8, from the first row: what a person confirms in the import dialogue.
        convert.insert(2, '--infilter=Text - txt - csv (StarCalc):44,34,76,1')
    subprocess.run(convert, check=True, capture_output=True)
    return out / f'{path.stem}.{form.split(":")[0]}'


def opened(path, folder):
    """What LibreOffice makes of a CSV file: rows of (text, is a formula)."""
    sheet = ElementTree.parse(soffice(folder, path, 'fods')).getroot().find(f'.//{TABLE}table')
    rows = []
    for row in sheet.iter(f'{TABLE}table-row'):
        cells = []
        for cell in row:
            text = '\n'.join(''.join(paragraph.itertext()) for paragraph in cell.iter(f'{TEXT}p'))
            repeated = int(cell.get(f'{TABLE}number-columns-repeated', 1))
            cells += [(text, cell.get(f'{TABLE}formula') is not None)] * min(repeated, 100)
        if any(text for text, _ in cells):
            rows.append(cells)
    return rows


def squeezed(text):
    """Without white space and control characters, which XML and LibreOffice fold in ways of their own."""
    return ''.join(c for c in text if c > ' ')


def check(binary, dump, folder):
    path = report(binary, dump, folder)
    with open(path, encoding='utf-8', newline='') as file:
        written = list(csv.reader(file))
    rows = opened(path, folder)
    assert len(rows) == len(written), f'{dump}: {len(written)} rows were written, {len(rows)} came out'
    for mine, theirs in zip(written, rows):
        assert not any(formula for _, formula in theirs), f'{dump}: a formula in {theirs}'
        assert squeezed(theirs[len(mine) - 1][0]) == squeezed(mine[-1]), f'{dump}: {mine[-1]!r} became {theirs[len(mine) - 1][0]!r}'
    print(f'{dump.name}: {len(rows)} rows, each as written, no formula')


def main():
    binary = Path(sys.argv[1]).resolve()
    samples = HERE.parent.parent / 'samples'
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        attacks = HERE / 'formulas.jsonl'
        for dump in (samples / 'news-page.txt', samples / 'forum.jsonl', attacks):
            check(binary, dump, folder)
        # The same attacks unescaped do become formulas: otherwise the check above would prove nothing.
        raw = opened(report(binary, attacks, folder, '--csv-safety=raw'), folder)
        formulas = sum(formula for row in raw for _, formula in row)
        assert formulas, 'LibreOffice runs no formula at all'
        print(f'without the escape: {formulas} cells become formulas')


if __name__ == '__main__':
    main()
