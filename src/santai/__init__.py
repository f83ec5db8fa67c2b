"""Santai 三台: a digital-government platform for a city or district. The house is drawn in docs/architecture.md."""

__version__ = "0.1.0"
