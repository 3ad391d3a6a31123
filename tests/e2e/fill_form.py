# Fills a form as another spreadsheet program does: reads and writes the whole file with openpyxl.
# fill_form.py IN OUT '{"B1": {"answer": 3}, …}': by key of the row, then by column.
import json
import sys

import openpyxl

columns = {'answer': 6, 'unit': 7, 'state': 8, 'reason': 9, 'comment': 10}
source, target, wishes = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
workbook = openpyxl.load_workbook(source)
for sheet in workbook:
    for row in range(1, sheet.max_row + 1):
        for column, value in wishes.pop(str(sheet.cell(row, 1).value), {}).items():
            sheet.cell(row, columns[column]).value = value
assert not wishes, f'rows that the form lacks: {list(wishes)}'
workbook.save(target)
