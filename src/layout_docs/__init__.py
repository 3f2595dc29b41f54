"""Writes the pages of docs/ that are made from the program's tables. It is no part of the program."""
