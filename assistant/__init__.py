"""The welfare counselling assistant: dated, cited answers from a city's own guidelines and notices."""

__version__ = "0.1.0"
