"""The next report: from its text to a draft workbook, and from the reviewed draft to data."""
