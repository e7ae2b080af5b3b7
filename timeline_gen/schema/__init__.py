"""The keys of front matter and of the site's YAML files, and what is reported of everything else.

Values arrive as the text that was typed, in dicts and lists, without positions. So what is wrong comes back
as *faults*, each with the path to it (``("events", 0, "date")``), which ``reading`` turns into problems with
line and column. Ids, dates and languages are checked where they are read; here they are text.
"""
