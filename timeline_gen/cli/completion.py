"""``timeline-gen completion``."""

from __future__ import annotations

import os
from typing import Final

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

from timeline_gen.cli.options import COMPLETE_VARIABLE
from timeline_gen.messages import say

_PROGRAM: Final = "timeline-gen"
_WHERE: Final = {
    "bash": f'in ~/.bashrc: eval "$({_PROGRAM} completion bash)"',
    "fish": f"{_PROGRAM} completion fish > ~/.config/fish/completions/{_PROGRAM}.fish",
    "powershell": f"in $PROFILE: {_PROGRAM} completion powershell | Out-String | Invoke-Expression",
    "zsh": f'in ~/.zshrc, after compinit: eval "$({_PROGRAM} completion zsh)"',
}


@add_completion_class
class PowerShellComplete(ShellComplete):
    """Completion for PowerShell, which click does not know; Windows has it, and so has every other system.

    ``Register-ArgumentCompleter -Native`` hands over the word that is begun, and the words of the line as
    they are typed; ``CompletionResult`` takes what is inserted, what is listed, its kind and its help.
    """

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($begun, $line, $cursor)
    $words = $line.CommandElements | Where-Object { $_.Extent.EndOffset -le $cursor }
    $env:COMP_WORDS = ($words | ForEach-Object { $_.Extent.Text }) -join "`n"
    $env:COMP_BEGUN = $begun
    $env:%(complete_var)s = 'powershell_complete'
    try {
        %(prog_name)s | ForEach-Object {
            $value, $about = $_ -split "`t", 2
            if (-not $about) { $about = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
        }
    } finally {
        Remove-Item Env:COMP_WORDS, Env:COMP_BEGUN, Env:%(complete_var)s -ErrorAction SilentlyContinue
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words that are typed, but for the program's name, and the one that is begun."""
        begun = os.environ.get("COMP_BEGUN", "")
        # PowerShell has the word that is begun among the words of the line, and click wants it apart.
        words = [_unquoted(word) for word in os.environ["COMP_WORDS"].split("\n")][1:]
        return (words[:-1] if begun and words and words[-1] == _unquoted(begun) else words), _unquoted(begun)

    def format_completion(self, item: CompletionItem) -> str:
        """Return the line of *item*: what it completes to, a tab, and what it is."""
        return f"{item.value}\t{' '.join((item.help or '').split())}"


def _unquoted(word: str) -> str:
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] and word[0] in "'\"" else word


@click.command(epilog="\b\nWhere it goes:\n" + "\n".join(f"  {line}" for line in _WHERE.values()))
@click.argument("shell", type=click.Choice(sorted(_WHERE)))
def command(shell: str) -> None:
    """Print what lets SHELL complete the commands of this program."""
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(say("there is no completion for {shell}", shell=shell))
    click.echo(found(click.Group(), {}, _PROGRAM, COMPLETE_VARIABLE).source())
