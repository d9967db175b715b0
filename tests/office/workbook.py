#!/usr/bin/env python3
"""Opens workbooks in LibreOffice, and takes decisions through it and back.

A workbook must have its drop-down, filter and colours and no formula. Comments that are written as formulas, filled with
decisions and saved by LibreOffice as CSV, as a workbook or as a sheet of its own, must come back byte for byte. Needs `soffice` and a built
binary, given as the only argument.
"""
import csv
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from check import HERE, TABLE, soffice

CSV = 'Text - txt - csv (StarCalc)'
# Comma, double quote, UTF-8, from the first row.
CSV_TOKENS = '44,34,76,1'
STYLED = '{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}'


def threadwarden(binary, *arguments):
    return subprocess.run([binary, *arguments], check=True, capture_output=True, text=True)


def check_workbook(binary, folder):
    """The workbook of the attacks, as LibreOffice understands it."""
    workbook = folder / 'queue.xlsx'
    threadwarden(binary, 'score', HERE / 'attacks.csv', '--quiet', '-o', workbook)
    root = ElementTree.parse(soffice(folder, workbook, 'fods')).getroot()
    formulas = [cell for cell in root.iter(f'{TABLE}table-cell') if cell.get(f'{TABLE}formula')]
    assert not formulas, f'{len(formulas)} formulas in the workbook'
    names = [table.get(f'{TABLE}name') for table in root.iter(f'{TABLE}table')]
    assert {'Queue', 'Threads', 'Authors', 'Summary'} <= set(names), names
    choices = [rule.get(f'{TABLE}condition') for rule in root.iter(f'{TABLE}content-validation')]
    assert any('"keep";"hide";"remove"' in choice for choice in choices), choices
    filters = [area.get(f'{TABLE}display-filter-buttons') for area in root.iter(f'{TABLE}database-range')]
    assert 'true' in filters, filters
    assert list(root.iter(f'{STYLED}color-scale')), 'no colour scale'
    assert list(root.iter(f'{TABLE}table-row-group')), 'no thread folds'
    print('workbook: four sheets, drop-down, filter, colours, folding threads, no formula')


def decide(path):
    """Writes `keep` beside every comment of a CSV file, in the reverse order and with semicolons."""
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    with open(path, 'w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=';', quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(row | {'decision': 'keep'} for row in reversed(rows))


def check_decisions(binary, folder):
    """Every way through LibreOffice and back."""
    report, labelled = folder / 'report.jsonl', folder / 'labelled.csv'
    threadwarden(binary, 'score', HERE / 'attacks.csv', '--quiet', '-o', report)
    with open(report, encoding='utf-8') as file:
        texts = [json.loads(line)['text'] for line in file]
    for name, options in [('plain.csv', []), ('excel.csv', ['--excel']), ('queue.xlsx', [])]:
        sheet = folder / name
        threadwarden(binary, 'score', HERE / 'attacks.csv', '--quiet', '-o', sheet, *options)
        saved = soffice(folder, sheet, f'csv:{CSV}:{CSV_TOKENS}')
        decide(saved)
        told = threadwarden(binary, 'decisions', saved, '--report', report, '-o', labelled).stderr
        assert 'changed' not in told and 'not in the report' not in told, told
        with open(labelled, encoding='utf-8', newline='') as file:
            rows = list(csv.DictReader(file))
        assert [row['text'] for row in rows] == texts, f'{name}: a text came back changed'
        assert all(row['label'] == 'no' for row in rows)
        print(f'{name}: {len(rows)} decisions came back through LibreOffice, every text byte for byte')


def check_workbooks(binary, folder):
    """Decisions written into the cells of the queue, saved in every form of workbook."""
    report, labelled, decided = folder / 'report.jsonl', folder / 'labelled.csv', folder / 'decided.fods'
    text = soffice(folder, folder / 'queue.xlsx', 'fods').read_text(encoding='utf-8')
    empty = r'(<table:table-cell[^>]*table:content-validation-name="[^"]*"[^>]*)/>'
    text, count = re.subn(empty, r'\1 office:value-type="string"><text:p>hide</text:p></table:table-cell>', text)
    decided.write_text(text, encoding='utf-8')
    for form in ('ods', 'xlsx', 'xls'):
        saved = soffice(folder, decided, form)
        told = threadwarden(binary, 'decisions', saved, '--report', report, '-o', labelled).stderr
        assert f'{count} decided, 0 without' in told, told
        # LibreOffice loses a tab at the beginning of a text in its own format, and that is noticed.
        assert re.findall('text changed: (.*) in ', told) == ['attacks 6'], told
        print(f'{saved.name}: {count} decisions came back')


def main():
    binary = Path(sys.argv[1]).resolve()
    csv.field_size_limit(1 << 30)
    with tempfile.TemporaryDirectory() as folder:
        check_workbook(binary, Path(folder))
        check_decisions(binary, Path(folder))
        check_workbooks(binary, Path(folder))


if __name__ == '__main__':
    main()
