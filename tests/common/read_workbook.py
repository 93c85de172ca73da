"""Reads every table of a workbook with openpyxl and pandas and holds its types against the data dictionary."""

import datetime
import sys

import openpyxl
import pandas

path = sys.argv[1]
book = openpyxl.load_workbook(path, data_only=True)
tables = {table.name: (sheet, table) for sheet in book for table in sheet.tables.values()}


def frame(sheet, table):
    cells = [[cell.value for cell in row] for row in sheet[table.ref]]
    return pandas.DataFrame(cells[1:], columns=cells[0])


sheet, table = tables["Data_dictionary"]
dictionary = frame(sheet, table)
types = {(row["Sheet"], row["Column"]): row["Type"] for _, row in dictionary.iterrows()}
allowed = {
    "number": (int, float),
    "whole number": (int,),
    "text": (str,),
    "link": (str,),
    "true or false": (bool,),
    "date": (datetime.datetime, str),
}
wrong = []
for name, (sheet, table) in tables.items():
    data = frame(sheet, table)
    start = openpyxl.utils.cell.range_boundaries(table.ref)
    again = pandas.read_excel(path, sheet_name=sheet.title, header=start[1] - 1, dtype=object)
    if list(again.columns) != list(data.columns) or len(again) != len(data):
        wrong.append(f"{name}: pandas reads {again.shape}, the table has {data.shape}")
    for column in data.columns:
        kind = types.get((sheet.title, column))
        if kind is None:
            continue
        for value in data[column]:
            mark = isinstance(value, str) and (value.startswith("[") or value in (":", "m", "C", "0n"))
            if value is None or mark or (isinstance(value, allowed[kind]) and (kind == "true or false") == isinstance(value, bool)):
                continue
            wrong.append(f"{sheet.title}, {column}: {value!r} is no {kind}")
print("\n".join(wrong[:20]))
sys.exit(1 if wrong else 0)
