"""The instants and days that factories write: fixed, so that no test hangs on today."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When everything that factories make happened: a Monday, 10:00 in Paris."""

TODAY = date(2026, 3, 2)
"""The day of NOW."""
