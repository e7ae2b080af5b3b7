"""Static files: names that carry a hash, and stylesheets that follow."""

from __future__ import annotations

from pathlib import PurePosixPath

from timeline_gen.errors import Place, Problem
from timeline_gen.keys import content_hash
from timeline_gen.rendering.assets import Assets, make_assets

FOLDER = PurePosixPath("themes/x/static")


def made(**files: str) -> tuple[Assets, tuple[Problem, ...]]:
    """Return the assets of *files*; in a name two underscores stand for a dot and three for a slash."""
    named = {name.replace("___", "/").replace("__", "."): text for name, text in files.items()}
    return make_assets({PurePosixPath(name): text.encode() for name, text in named.items()}, FOLDER)


def written(assets: Assets, name: str) -> str:
    """Return the bytes of the file *name* as text."""
    outputs = {output.path: output.data or b"" for output in assets.outputs}
    return outputs[assets.addresses[name]].decode()


def test_names() -> None:
    """A file stands under its name with the hash of its content, in its own folder."""
    assets, problems = made(a__js="1", fonts___b__woff2="2")

    digest = content_hash(b"1")
    assert problems == ()
    assert assets.addresses["a.js"] == f"assets/a.{digest[:10]}.js"
    assert assets.addresses["fonts/b.woff2"].startswith("assets/fonts/b.")
    assert {output.hash for output in assets.outputs} == {content_hash(b"1"), content_hash(b"2")}


def test_references() -> None:
    """A stylesheet refers to other files by their hashed names, from wherever it lies."""
    css = 'a { background: url("../i/x.svg#dot") } b { background: url(y.svg) } @import "z.css";'

    assets, problems = made(css___a__css=css, i___x__svg="x", css___y__svg="y", css___z__css="z {}")

    text = written(assets, "css/a.css")
    assert problems == ()
    for name, tail in (("i/x.svg", "#dot"), ("css/y.svg", ""), ("css/z.css", "")):
        assert f"../{assets.addresses[name].removeprefix('assets/')}{tail}" in text


def test_a_change_inside_changes_the_name_outside() -> None:
    """A stylesheet whose picture has changed has another name."""
    names = {made(a__css="a { src: url(x.svg) }", x__svg=text)[0].addresses["a.css"] for text in "xy"}

    assert len(names) == 2


def test_other_addresses_stay() -> None:
    """Data, other hosts and comments are left as they are."""
    css = "/* url(gone.svg) */ a { src: url(data:image/gif;base64,R0); b: url(#c); d: url(/e.svg) }"

    assets, problems = made(a__css=css)

    assert problems == ()
    assert written(assets, "a.css") == css


def test_missing() -> None:
    """A stylesheet that refers to a file that is not there is told where."""
    _, problems = made(a__css="\n\na { src: url('fonts/b.woff2') }")

    assert [(one.code, one.place) for one in problems] == [("TG706", Place(FOLDER / "a.css", 3))]


def test_circle() -> None:
    """Two stylesheets that import each other cannot both carry a hash of their content."""
    assets, problems = made(a__css='@import "b.css";', b__css='@import "a.css";')

    assert [one.code for one in problems] == ["TG707"]
    assert assets.outputs == ()


def test_no_stylesheet() -> None:
    """Only stylesheets are looked into."""
    assets, problems = made(a__js="url(gone.svg)")

    assert problems == ()
    assert written(assets, "a.js") == "url(gone.svg)"
