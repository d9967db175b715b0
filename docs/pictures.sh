#!/usr/bin/env bash
# Draws the pictures of the README anew: the workbook as LibreOffice shows it, the page as Chromium does.
# Needs soffice, pdftoppm (poppler-utils), chromium and python3.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --locked
program=$PWD/target/debug/threadwarden
pictures=$PWD/docs/pictures
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$program" score samples/news-page.txt samples/forum.jsonl --quiet -o "$folder/queue.xlsx" -o "$folder/report.html"
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to pdf --outdir "$folder" "$folder/queue.xlsx" >/dev/null
pdftoppm -r 130 -f 1 -l 1 -x 60 -y 80 -W 1330 -H 560 -png "$folder/queue.pdf" "$folder/queue"
mv "$folder"/queue-*.png "$pictures/queue.png"
python3 - "$folder/report.html" "$pictures" <<'PYTHON'
import sys
from pathlib import Path
sys.path.insert(0, 'tests/browser')
from chromium import Chromium

browser = Chromium()
try:
    for name, width, height in (('report.png', 1180, 1250), ('report-narrow.png', 400, 1250)):
        browser.open(sys.argv[1])
        browser.picture(Path(sys.argv[2]) / name, width, height)
finally:
    browser.close()
PYTHON
