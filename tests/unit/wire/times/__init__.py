"""The grammar of dates and times of reports."""
