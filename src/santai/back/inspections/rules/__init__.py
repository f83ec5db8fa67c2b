"""The law of penalties and inspections over plain values."""
