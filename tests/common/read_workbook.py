"""Reads every table of a workbook with openpyxl and pandas and holds its types against the data dictionary."""

import datetime
import sys

import openpyxl
import pandas

path = sys.argv[1]
book = openpyxl.load_workbook(path, data_only=True)
tables = {table.name: (sheet, table) for sheet in book for table in sheet.tables.values()}


def rows(sheet, table):
    return [[cell.value for cell in row] for row in sheet[table.ref]]


head, *lines = rows(*tables["Data_dictionary"])
types = {(line[0], line[1]): line[head.index("Type")] for line in lines}
allowed = {
    "number": (int, float),
    "whole number": (int,),
    "text": (str,),
    "link": (str,),
    "true or false": (bool,),
    "date": (datetime.datetime, str),
}
wrong = []
sheets = pandas.read_excel(path, sheet_name=None, header=5, dtype=object)
for name, (sheet, table) in tables.items():
    head, *lines = rows(sheet, table)
    if sheet.title in sheets and sheet.title != "Cover":
        again = sheets[sheet.title]
        if list(again.columns) != head or (len(again) != len(lines) and any(any(line) for line in lines)):
            wrong.append(f"{name}: pandas reads {again.shape}, the table has {len(lines)} rows of {head}")
    for at, column in enumerate(head):
        kind = types.get((sheet.title, column))
        if kind is None:
            continue
        for line in lines:
            value = line[at]
            mark = isinstance(value, str) and (value.startswith("[") or value in (":", "m", "C", "0n"))
            if value is None or mark or (isinstance(value, allowed[kind]) and (kind == "true or false") == isinstance(value, bool)):
                continue
            wrong.append(f"{sheet.title}, {column}: {value!r} is no {kind}")
print("\n".join(wrong[:20]))
sys.exit(1 if wrong else 0)
