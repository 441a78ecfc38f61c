"""The only home of iCalendar: dataclasses in, bytes out."""
