"""How long LibreOffice takes for the workbook that Muster writes: a hard recalculation, and one changed hire.

    /usr/bin/python3 libreoffice.py WORKBOOK.xlsx REGION ROLE QUARTER HIRES

Starts LibreOffice without a window, and prints one line of JSON: medians in milliseconds, and the year coverage that it
finds before and after the change. Needs the packages python3-uno and libreoffice-calc (or libreoffice-calc-nogui).
"""

import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

HARD, ONE = 5, 40
KEYS, HEADS = 4, 4


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    sys.exit("LibreOffice does not answer")


def place(sheet, key, head):
    """The cell in the line of a key, under a head of the heading line."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    rows, columns = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
    keys = sheet.getCellRangeByPosition(KEYS, 0, KEYS, rows).getDataArray()
    heads = sheet.getCellRangeByPosition(0, HEADS, columns, HEADS).getDataArray()[0]
    row = next(i for i, (text,) in enumerate(keys) if text == key)
    column = next(i for i, text in enumerate(heads) if text == head)
    return sheet.getCellByPosition(column, row)


def timed(act):
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def measure(document, region, role, quarter, hires):
    sheets = document.Sheets
    heads = sheets.getByName("Hires")
    first = heads.getCellByPosition(KEYS + 1, HEADS).String
    columns = [heads.getCellByPosition(KEYS + 1 + q, HEADS).String for q in range(20)]
    hire = place(heads, f"hires[{region}][{role}]", columns[quarter])
    coverage = place(sheets.getByName("Results"), ",,capacity_coverage", first.split()[0])
    before = hire.Value
    hard = [timed(document.calculateAll) for _ in range(HARD)]
    found = [coverage.Value]
    one = []
    for n in range(ONE):
        to = hires if n % 2 == 0 else before

        def change():
            hire.Value = to
            document.calculate()
            return coverage.Value

        one.append(timed(change))
        if n == 0:
            found.append(coverage.Value)
    # What asking costs, over the pipe from another process, is not LibreOffice's: the same three calls, nothing to do.
    idle = statistics.median(timed(lambda: (hire.Value, document.calculate(), coverage.Value)) for _ in range(ONE))
    return {
        "hard_ms": statistics.median(hard),
        "changed_hire_ms": max(statistics.median(one) - idle, 0.0),
        "asking_ms": idle,
        "coverage": found,
    }


def main():
    book, region, role, quarter, hires = sys.argv[1:]
    folder = tempfile.mkdtemp(prefix="muster-compare-")
    pipe = pathlib.Path(folder).name
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{folder}/profile",
         f"--accept=pipe,name={pipe};urp"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connected(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        hidden = PropertyValue()
        hidden.Name, hidden.Value = "Hidden", True
        document = desktop.loadComponentFromURL(pathlib.Path(book).resolve().as_uri(), "_blank", 0, (hidden,))
        print(json.dumps(measure(document, region, role, int(quarter), float(hires))))
        document.close(True)
        try:
            desktop.terminate()
        except Exception:  # It is gone before it answers.
            pass
    finally:
        try:
            office.wait(timeout=20)
        except subprocess.TimeoutExpired:
            office.terminate()
        shutil.rmtree(folder, ignore_errors=True)


main()
