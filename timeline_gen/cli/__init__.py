"""The command line: one module for each command, and the options, listings and exits that they share.

Exit status 0 is success, 1 means problems in the content, 2 that the command was used wrongly or could not
run. Results go to stdout, everything else to stderr.
"""

from timeline_gen.cli.main import main, program, run

__all__ = ["main", "program", "run"]
