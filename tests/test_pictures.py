"""Pictures: what they tell beside what they show stays behind, and no reader loads more than needed."""

from __future__ import annotations

import io
import re
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image, ImageCms, PngImagePlugin
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.store.pictures import keep_pictures
from timeline_gen.building.workspace import open_workspace
from timeline_gen.errors import ContentError
from timeline_gen.pages.parts.texts import with_files
from timeline_gen.pages.parts.widths import files_of, shown_size, with_widths
from timeline_gen.reading.pictures.raster_size import raster_size
from timeline_gen.rendering.pictures import make_picture, make_webp

SECRET = "Taken at 24.4539 N by A. Source"  # noqa: S105 - what must not be told


def scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red, with a soft change from top to bottom."""
    picture = Image.linear_gradient("L").resize((width, height))
    red = Image.new("L", (width, height), 0)
    red.paste(220, (0, 0, width // 2, height))
    return Image.merge("RGB", (red, picture, picture)).convert(mode)


def photo(width: int = 1200, height: int = 800, *, turned: int = 1) -> bytes:
    """Return a JPEG with place, owner, comment and thumbnail, lying on its side where *turned* says so."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x013B] = SECRET
    exif.get_ifd(0x8825)[2] = (24.0, 27.0, 14.0)
    out = io.BytesIO()
    scene(width, height).save(out, "JPEG", exif=exif, comment=SECRET.encode(), xmp=SECRET.encode())
    return out.getvalue()


def drawing(mode: str = "RGBA", width: int = 600) -> bytes:
    """Return a PNG with a text beside it."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET)
    out = io.BytesIO()
    scene(width, 300, mode).save(out, "PNG", pnginfo=told, dpi=(72, 72))
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return the picture in *data*, loaded."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("data", [photo(), drawing(), drawing("P"), drawing("L")])
@pytest.mark.parametrize("width", [480, 5000])
def test_nothing_is_told(data: bytes, width: int) -> None:
    """Neither place nor owner, comment or thumbnail is left, at any width."""
    made = make_picture(data, width)

    assert SECRET.encode() in data
    assert SECRET.encode() not in made
    assert b"Exif" not in made
    picture = opened(made)
    assert dict(picture.getexif()) == {}
    assert picture.info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


def test_same_bytes() -> None:
    """The same picture gives the same bytes."""
    assert make_picture(photo(), 480) == make_picture(photo(), 480)


@pytest.mark.parametrize(("width", "size"), [(480, (480, 320)), (1200, (1200, 800)), (1920, (1200, 800))])
def test_width(width: int, size: tuple[int, int]) -> None:
    """A picture is made narrower, never wider."""
    assert opened(make_picture(photo(), width)).size == size


def test_upright() -> None:
    """A picture taken with the camera on its side stands upright, and is measured so."""
    data = photo(400, 200, turned=6)

    made = opened(make_picture(data, 480))

    assert made.size == raster_size(data) == (200, 400)
    # What was left is now above.
    assert made.getpixel((100, 50))[0] > 150  # type: ignore[index]  # three bands
    assert made.getpixel((100, 350))[0] < 80  # type: ignore[index]


def test_colours() -> None:
    """Colours that a profile describes are told as every screen understands them, and the profile is gone."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    scene(60, 40).save(out, "PNG", icc_profile=profile)

    made = opened(make_picture(out.getvalue(), 60))

    assert "icc_profile" not in made.info
    assert made.getpixel((5, 20)) == scene(60, 40).getpixel((5, 20))


def test_damaged_profile() -> None:
    """A profile that cannot be read costs the profile, not the picture."""
    out = io.BytesIO()
    scene(60, 40).save(out, "PNG", icc_profile=b"nonsense")

    assert opened(make_picture(out.getvalue(), 60)).size == (60, 40)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_moving(form: str) -> None:
    """A picture that moves goes on moving, without its comment."""
    frames = [Image.new("RGB", (80, 40), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    more = {"comment": SECRET} if form == "GIF" else {}
    frames[0].save(
        out, form, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0, **more
    )

    made = make_picture(out.getvalue(), 40)

    picture = Image.open(io.BytesIO(made))
    assert getattr(picture, "n_frames", 1) == 3
    assert picture.size == (40, 20)
    assert SECRET.encode() not in made


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("width", [300, 600])
def test_every_kind_of_png(mode: str, width: int) -> None:
    """Black and white, grey, palettes and sixteen bits are all made narrower."""
    out = io.BytesIO()
    source = scene(600, 300, "L").convert("I;16") if mode == "I;16" else scene(600, 300, mode)
    source.save(out, "PNG")

    assert opened(make_picture(out.getvalue(), width)).size == (width, width // 2)


def test_for_print() -> None:
    """A JPEG made for print (CMYK) is shown in the colours of a screen."""
    out = io.BytesIO()
    scene(100, 50, "CMYK").save(out, "JPEG")

    assert opened(make_picture(out.getvalue(), 100)).mode == "RGB"


@pytest.mark.parametrize("data", [photo()[:3000], drawing()[:900], b"GIF89a", b"", b"RIFF\0\0\0\0WEBPVP8 "])
def test_damaged(data: bytes) -> None:
    """A damaged picture is said to be one."""
    with pytest.raises(ValueError, match="it is damaged"):
        make_picture(data, 480)


def test_drawing() -> None:
    """A drawing fits every width as it is."""
    data = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'

    assert make_picture(data, 10) == data


@pytest.mark.parametrize(
    ("name", "width", "widths"),
    [
        ("a.jpg", 300, [300]),
        ("a.jpg", 500, [500]),
        ("a.jpg", 700, [480, 700]),
        ("a.png", 1200, [480, 960, 1200]),
        ("a.webp", 1000, [480, 1000]),
        ("a.jpg", 6000, [480, 960, 1920]),
        ("a.svg", 6000, [6000]),
        ("a.gif", 2000, [2000]),
    ],
)
def test_widths(name: str, width: int, widths: list[int]) -> None:
    """A picture has up to three widths, none wider than itself, and the widest bears its own address."""
    address = PurePosixPath("media", name.replace(".", ".0123456789ab."))

    files = files_of(address, width, 100)

    assert [one.width for one in files] == widths
    assert files[-1].address == address
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", str(one.address)) for one in files)


def test_no_height_is_lost() -> None:
    """A picture wider than any that is written keeps its proportions."""
    assert shown_size(PurePosixPath("media/a.0123456789ab.jpg"), 4000, 3000) == (1920, 1440)


def test_in_a_text() -> None:
    """A picture in a text offers its widths; what is not a picture of the site is left alone."""
    html = (
        '<p><img src="site:media/a.0123456789ab.jpg" alt="x &gt; y" width="4000" height="3000" id="b">'
        '<img src="https://example.com/x.png" alt="" width="10" height="10"></p>'
    )

    shown = with_widths(html, "../../")

    assert 'srcset="../../media/a-480.0123456789ab.jpg 480w, ' in shown
    assert '1920w" sizes="' in shown
    assert 'alt="x &gt; y" width="1920" height="1440" id="b">' in shown
    assert shown.count("srcset") == 1


def test_photograph_in_a_text() -> None:
    """A photograph in a text is offered as WebP as well, in the same widths; feeds have the JPEG."""
    html = (
        '<p><img src="site:media/a.0123456789ab.jpg" alt="x" width="700" height="300" data-webp=""'
        ' loading="lazy"> and more</p>'
    )
    sizes = '"(min-width: 44rem) 42rem, 100vw"'

    assert with_files(with_widths(html, "../"), "../") == (
        '<p><picture><source type="image/webp" srcset="../media/a-480.0123456789ab.webp 480w,'
        f' ../media/a.0123456789ab.webp 700w" sizes={sizes}>'
        '<img src="../media/a.0123456789ab.jpg" srcset="../media/a-480.0123456789ab.jpg 480w,'
        f' ../media/a.0123456789ab.jpg 700w" sizes={sizes} alt="x" width="700" height="300" loading="lazy">'
        "</picture> and more</p>"
    )
    assert "webp" not in with_files(html, "https://records.org/")


@pytest.mark.parametrize("noise", [False, True])
@pytest.mark.parametrize("width", [480, 700])
def test_webp_is_smaller(width: int, *, noise: bool) -> None:
    """A photograph takes less room as WebP, even one of noise."""
    data = photo(700, 400)
    if noise:
        out = io.BytesIO()
        Image.effect_noise((700, 400), 90).save(out, "JPEG", quality=90)
        data = out.getvalue()
    made = make_webp(data, width)

    assert opened(made).format == "WEBP"
    assert opened(made).width == width
    assert len(made) < len(make_picture(data, width))


def site(folder: Path, data: bytes) -> Path:
    """Write a site whose article shows the picture *data* in its text and with its event."""
    body = "![A view](view.jpg)"
    told = article("One", "{id: a, date: 2017, title: A, media: {src: view.jpg, alt: A view}}", body=body)
    write_site(folder, {"content/articles/one.en.md": told})
    (folder / "content/articles/view.jpg").write_bytes(data)
    return folder


def test_in_a_site(tmp_path: Path) -> None:
    """The site has the picture in three widths, offers them where it shows it, and tells nothing of it."""
    build(site(tmp_path, photo(1600, 900)), Options(jobs=1))

    files = sorted((tmp_path / "output/media").iterdir())
    event = (tmp_path / "output/en/events/a/index.html").read_text("utf-8")
    text = (tmp_path / "output/en/articles/one/index.html").read_text("utf-8")
    sizes = sorted((one.suffix, opened(one.read_bytes()).width) for one in files)
    assert sizes == [(suffix, width) for suffix in (".jpg", ".webp") for width in (480, 960, 1600)]
    assert all(
        one.with_suffix(".webp").stat().st_size < one.stat().st_size for one in files if ".jpg" in one.name
    )
    assert not any(SECRET.encode() in one.read_bytes() for one in files)
    for one in files:
        assert f"../../../media/{one.name}" in event
        assert f"../../../media/{one.name}" in text
    assert 'width="1600" height="900"' in event
    assert 'loading="lazy"' not in event
    assert 'loading="lazy"' in text


@pytest.mark.parametrize("page", ["en", "en/articles", "en/people/mona", "en/articles/one"])
def test_lists_offer_webp(tmp_path: Path, page: str) -> None:
    """Small pictures in lists and in what a timeline opens with are offered as WebP, too."""
    events = [
        f"{{id: e{n}, date: 201{n}, title: E, media: {{src: view.jpg, alt: V}}, people: [Mona]}}"
        for n in range(4)
    ]
    told = article("One", *events, more="image: {src: view.jpg, alt: A view}\n")
    write_site(tmp_path, {"content/articles/one.en.md": told})
    (tmp_path / "content/articles/view.jpg").write_bytes(photo(1600, 900))

    build(tmp_path, Options(jobs=1))

    html = (tmp_path / "output" / page / "index.html").read_text("utf-8")
    assert html.count("<img") == html.count("<picture>") == html.count('type="image/webp"') > 0


def test_made_once(tmp_path: Path) -> None:
    """A picture that was made for one tree of the site is not made again for another."""
    root = site(tmp_path, photo(1600, 900))
    build(root, Options(jobs=1))
    first = {one.name: one.read_bytes() for one in (root / "output/media").iterdir()}
    address = next(name for name in first if "-480" in name)

    with open_workspace(root, Options()) as opened:
        keep_pictures(opened.store, [(f"media/{address}", b"as it was kept")])
    (root / ".timeline-gen/preview").mkdir()

    build(root, Options(jobs=1, output="preview", tree="preview", work_dir=".timeline-gen/preview"))

    again = {one.name: one.read_bytes() for one in (root / "preview/media").iterdir()}
    assert again == first | {address: b"as it was kept"}


def test_damaged_in_a_site(tmp_path: Path) -> None:
    """A picture whose end is missing stops the build, and is named."""
    root = site(tmp_path, photo(1600, 900)[:4000])

    with pytest.raises(ContentError) as caught:
        build(root, Options(jobs=1))

    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place.path)) == ("TG407", "content/articles/view.jpg")
    assert not (root / "output").exists()
