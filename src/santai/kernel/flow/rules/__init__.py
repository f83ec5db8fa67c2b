"""Pure functions over process files, decision tables, expressions and pictures: no Django, no clock."""
