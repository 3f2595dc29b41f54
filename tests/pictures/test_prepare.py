"""Crop, resolution, ink, cache, threads."""

import hashlib
import json
import zlib
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

import soak
from layout.checks import Severity
from layout.errors import Faults, LayoutError
from layout.painted import SoftMask, Stencil
from layout.pictures import PictureRequest, ink_limit, making, prepare_many
from layout.pictures.crop import crop, pixels_for
from layout.pictures.ink_limit import limited_jpeg, reduced
from layout.press import PressProfile
from pictures.support import four_corners, inks, most_ink, ready, saved


@given(
    st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    st.floats(0.05, 20),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_the_crop_is_the_largest_that_fits_and_holds_the_focus(size, aspect, focus):
    left, top, right, bottom = crop(size, aspect, focus)
    assert -1e-6 <= left < right <= size[0] + 1e-6
    assert -1e-6 <= top < bottom <= size[1] + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(aspect)
    assert right - left == pytest.approx(size[0]) or bottom - top == pytest.approx(size[1])
    assert left - 1e-6 <= focus[0] * size[0] <= right + 1e-6
    assert top - 1e-6 <= focus[1] * size[1] <= bottom + 1e-6


@given(st.tuples(st.integers(2, 4000), st.integers(2, 4000)), st.floats(0.5, 10), st.floats(0.5, 10))
def test_pixels_never_grow_and_never_exceed_the_target(size, width, height):
    shown = crop(size, width / height, (0.5, 0.5))
    pixels, box = pixels_for(shown, (width, height), 200)
    assert pixels[0] <= max(1, round(min(shown[2] - shown[0], width * 200)))
    assert pixels[0] / width <= 200 + 1 / width
    assert box[2] <= size[0] + 1e-6
    assert box[3] <= size[1] + 1e-6


@pytest.mark.parametrize(("focus", "hue"), [((0, 0), 1), ((1, 0), 0)])
def test_focus_decides_what_is_cut(focus, hue: int, tmp_path: Path, newsprint: PressProfile, store: Path):
    picture = ready(saved(tmp_path, four_corners(), "f.png"), newsprint, store, width=20, height=48, focus=focus)
    spot = inks(picture, (0.5, 0.2))
    assert spot[hue] > spot[1 - hue]
    assert picture.crop[0] == (0 if hue else 43)


def test_reduced_to_the_press_and_never_enlarged(tmp_path: Path, newsprint: PressProfile, store: Path):
    large = ready(saved(tmp_path, four_corners(1500, 1000), "l.jpg"), newsprint, store)
    assert large.pixels == (200, 133)
    assert large.effective_ppi == pytest.approx(1500)
    small = ready(saved(tmp_path, four_corners(90, 60), "s.jpg"), newsprint, store)
    assert small.pixels == (90, 60)
    assert small.effective_ppi == pytest.approx(90)


@pytest.mark.parametrize(
    ("width", "severity"), [(200, None), (150, None), (149, "WARNING"), (100, "WARNING"), (99, "ERROR")]
)
def test_low_resolution_is_told(width: int, severity, tmp_path: Path, newsprint: PressProfile, store: Path):
    path = saved(tmp_path, four_corners(width, 1000), "r.png")
    found = [item for item in ready(path, newsprint, store, height=7).findings if item.check == "picture.resolution"]
    assert [item.severity.name for item in found] == ([severity] if severity else [])
    for item in found:
        assert item.amount["effective_ppi"] == width
        assert f"印 25 mm 宽要 150 像素，这一块只有 {width}。" in item.message.zh
        assert item.hint is not None


def test_line_art_is_judged_by_its_own_measure(tmp_path: Path, newsprint: PressProfile, store: Path):
    art = four_corners(600, 400).convert("1")
    (found,) = ready(saved(tmp_path, art, "a.png"), newsprint, store).findings
    assert (found.check, found.severity) == ("picture.resolution", Severity.WARNING)


# -- ink ----------


@given(st.binary(min_size=64, max_size=64), st.integers(110, 400))
def test_reduction_is_exact_and_keeps_black(data: bytes, limit: int):
    image = Image.frombytes("CMYK", (4, 4), data)
    levels = int(limit * 2.55)
    after = reduced(image, levels)
    for before, now in zip(image.get_flattened_data(), after.get_flattened_data(), strict=True):
        assert sum(now) <= levels
        assert now[3] == before[3]
        assert now == before or sum(before) > levels
        assert all(one <= other for one, other in zip(now, before, strict=True))
        part = sum(now[:3]) / max(sum(before[:3]), 1)  # in proportion, but for rounding
        assert now[:3] == pytest.approx([value * part for value in before[:3]], abs=2)


@soak.examples(sample=10, full=25)
@given(st.integers(0, 2**32), st.sampled_from([200, 230, 240, 310]), st.integers(1, 40))
def test_no_pixel_of_the_jpeg_exceeds_the_limit(seed: int, limit: int, grain: int):
    from random import Random

    size = (40 + grain, 40)
    grains = max(1, size[0] // grain), max(1, size[1] // grain)
    noise = Image.frombytes("CMYK", grains, Random(seed).randbytes(grains[0] * grains[1] * 4))
    image = noise.resize(size, Image.Resampling.NEAREST)
    result = limited_jpeg(image, limit)
    assert result.max_ink == pytest.approx(most_ink(result.data))
    assert result.max_ink <= limit


def test_hard_edges_of_full_black_hold_the_limit():
    image = Image.new("CMYK", (160, 160))
    for step in range(0, 160, 7):
        image.paste((255, 255, 255, 255), (step, 0, step + 2, 160))
        image.paste((255, 0, 255, 255), (0, step, 160, step + 1))
    for limit in (110, 200, 240, 310):
        assert most_ink(limited_jpeg(image, limit).data) <= limit


def test_shadows_far_from_edges_keep_their_depth():
    image = Image.new("CMYK", (160, 160), (200, 190, 180, 180))
    image.paste((0, 0, 0, 0), (3, 3, 7, 150))
    result = limited_jpeg(image, 240)
    with Image.open(BytesIO(result.data)) as jpeg:
        assert sum(jpeg.getpixel((120, 80))) / 2.55 > 234
    assert most_ink(result.data) <= 240


def test_a_tighter_press_gets_less_ink(tmp_path: Path, newsprint: PressProfile, store: Path):
    dark = Image.effect_noise((300, 200), 30).point(lambda value: value // 3)
    path = saved(tmp_path, Image.merge("RGB", (dark, dark.rotate(180), dark.rotate(180))), "d.png")
    for limit in (240, 200):
        picture = ready(path, replace(newsprint, ink_limit=limit), store)
        assert picture.max_ink <= limit
        assert most_ink(picture.path.read_bytes()) == pytest.approx(picture.max_ink)


def test_the_jpeg_is_plain(tmp_path: Path, newsprint: PressProfile, store: Path):
    picture = ready(saved(tmp_path, four_corners(), "p.jpg", dpi=(72, 72), comment=b"secret"), newsprint, store)
    data = picture.path.read_bytes()
    assert b"secret" not in data
    with Image.open(BytesIO(data)) as image:
        assert image.mode == "CMYK"
        assert not image.info.get("progressive")
        assert "icc_profile" not in image.info
        assert not image.getexif()
        assert {layer[1:3] for layer in image.layer} == {(1, 1)}  # no ink is subsampled


def test_the_page_takes_it_as_it_is(tmp_path: Path, newsprint: PressProfile, store: Path):
    import pikepdf
    import weasyprint

    picture = ready(saved(tmp_path, four_corners(), "w.jpg"), newsprint, store)
    pdf = weasyprint.HTML(string=f'<img src="{picture.path.as_uri()}">').write_pdf()
    with pikepdf.open(BytesIO(pdf)) as opened:
        (image,) = opened.pages[0].get_images().values()
        assert image.read_raw_bytes() == picture.path.read_bytes()
        assert image.ColorSpace == pikepdf.Name.DeviceCMYK


# -- cache ----------


def test_a_hit_decodes_nothing(tmp_path: Path, newsprint: PressProfile, store: Path, monkeypatch):
    path = saved(tmp_path, four_corners(), "h.png")
    first = ready(path, newsprint, store)
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("decoded"))
    assert ready(path, newsprint, store) == first
    assert [item.name for item in store.iterdir() if item.name.startswith(".")] == []


def test_same_input_same_bytes(tmp_path: Path, newsprint: PressProfile):
    path = saved(tmp_path, four_corners(900, 600), "b.jpg")
    one, other = ready(path, newsprint, tmp_path / "one"), ready(path, newsprint, tmp_path / "other")
    assert one.content_hash == other.content_hash
    assert one.path.read_bytes() == other.path.read_bytes()


def test_everything_that_matters_is_in_the_key(tmp_path: Path, newsprint: PressProfile, store: Path):
    path = saved(tmp_path, four_corners(900, 600), "k.jpg")
    keys = {
        ready(path, profile, store, **box).content_hash
        for profile, box in [
            (newsprint, {}), (newsprint, {"width": 80}), (newsprint, {"focus": (0, 0)}),
            (replace(newsprint, ink_limit=230), {}), (replace(newsprint, rendering_intent="perceptual"), {}),
            (replace(newsprint, sharpen=replace(newsprint.sharpen, percent=0)), {}),
            (replace(newsprint, black_point_compensation=False), {}),
        ]
    }  # fmt: skip
    assert len(keys) == 7
    assert ready(path, replace(newsprint, name="other"), store, name="elsewhere").content_hash in keys


@pytest.mark.parametrize("damage", ["jpeg cut", "json cut", "json other", "jpeg gone", "json gone"])
def test_a_damaged_entry_is_made_again(damage: str, tmp_path: Path, newsprint: PressProfile, store: Path):
    path = saved(tmp_path, four_corners(), "d.png")
    first = ready(path, newsprint, store)
    good = first.path.read_bytes()
    file = first.path if damage.startswith("jpeg") else first.path.with_suffix(".json")
    if damage.endswith("gone"):
        file.unlink()
    elif damage.endswith("other"):
        file.write_text(json.dumps({"facts": {}, "restored": None, "sha256": {"jpeg": 3}}))
    else:
        file.write_bytes(file.read_bytes()[:40])
    assert ready(path, newsprint, store) == first
    assert first.path.read_bytes() == good


def _line_art() -> Image.Image:
    return four_corners(900, 600).convert("1")


def _with_clear_parts() -> Image.Image:
    image = four_corners(900, 600)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


@pytest.mark.parametrize("damage", ["cut", "gone", "another's"])
@pytest.mark.parametrize(
    ("image", "kind"), [(_line_art(), Stencil), (_with_clear_parts(), SoftMask)], ids=["line art", "transparency"]
)
def test_what_finishing_restores_is_cached_and_checked(
    image: Image.Image, kind: type, damage: str, tmp_path: Path, newsprint: PressProfile, store: Path
):
    path = saved(tmp_path, image, "d.png")
    first = ready(path, newsprint, store)
    assert isinstance(first.restored, kind)
    assert ready(path, newsprint, store) == first
    (file,) = (each for each in store.iterdir() if each.suffix not in (".jpg", ".json"))
    good = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(good[:40] if damage == "cut" else zlib.compress(b"\xff" * 67_500))
    assert ready(path, newsprint, store) == first
    assert file.read_bytes() == good


def test_an_entry_that_an_earlier_version_wrote_is_made_again(tmp_path: Path, newsprint: PressProfile, store: Path):
    """In that, line art lay in segments of the JPEG."""
    path = saved(tmp_path, _line_art(), "old.png")
    first = ready(path, newsprint, store)
    old = {"facts": asdict(first.facts), "jpeg_sha256": hashlib.sha256(first.path.read_bytes()).hexdigest()}
    first.path.with_suffix(".json").write_text(json.dumps(old))
    assert ready(path, newsprint, store) == first


def test_a_cached_picture_is_not_silent(tmp_path: Path, newsprint: PressProfile, store: Path):
    path = saved(tmp_path, four_corners(), "q.png")
    ready(path, newsprint, store)
    again = ready(path, newsprint, store, name="photos/q.png")
    assert {str(item.place) for item in again.findings} == {"photos/q.png"}
    assert len(again.findings) == 2


# -- many ----------


def test_many_in_order_and_faults_together(tmp_path: Path, newsprint: PressProfile, store: Path):
    paths = [saved(tmp_path, four_corners(60 + 3 * number, 40 + 2 * number), f"{number}.png") for number in range(4)]
    requests = [PictureRequest(path, 72, 48) for path in paths]
    ready: list[int] = []
    made = prepare_many([*requests, requests[0]], profile=newsprint, cache_dir=store, ready=ready.append)
    assert [picture.source_pixels[0] for picture in made] == [60, 63, 66, 69, 60]
    assert sorted(set(ready)) == ready  # one after the other, and at last all; one is ready for two boxes
    assert (len(ready), ready[-1]) == (4, 5)
    (tmp_path / "bad.png").write_bytes(b"bad")
    bad = [PictureRequest(tmp_path / "bad.png", 72, 48), requests[1], PictureRequest(tmp_path / "none.png", 72, 48)]
    with pytest.raises(Faults) as caught:
        prepare_many(bad, profile=newsprint, cache_dir=store)
    assert {str(fault.place) for fault in caught.value.faults()} == {"bad.png", "none.png"}
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("size", [(61, 47), (7, 5), (200, 133), (333, 9)])
@pytest.mark.parametrize("black", [0, 255])
def test_blocks_tried_again_by_themselves_come_out_as_with_the_whole(
    size: tuple[int, int], black: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left of a picture after most of its blocks are right is packed together; not one byte may tell."""
    noise = [Image.effect_noise(size, 60).point(lambda value, by=by: max(0, value + by)) for by in (40, 30, 60, -20)]
    image = Image.merge("CMYK", noise)
    together = ink_limit.limited_jpeg(image.copy(), 240, least_black=black)
    monkeypatch.setattr(ink_limit, "_FEW", 10**9)
    assert ink_limit.limited_jpeg(image.copy(), 240, least_black=black) == together


def test_black_over_a_part_is_reckoned_with_there_and_nowhere_else(tmp_path: Path, newsprint, store: Path) -> None:
    path = saved(tmp_path, Image.new("RGB", (600, 400), (160, 30, 30)), "red.png")
    requests = [PictureRequest(path, 144, 96, under=under) for under in ((), ((0.0, 0.0, 0.5, 1.0),))]
    bare, under = prepare_many(requests, profile=newsprint, cache_dir=store)
    assert inks(bare, (0.9, 0.5)) == inks(under, (0.9, 0.5))
    *colours, _ = inks(under, (0.1, 0.5))
    assert 125 < sum(colours) <= newsprint.ink_limit - 100


def test_threads_and_one_by_one_give_the_same(tmp_path: Path, newsprint, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [saved(tmp_path, four_corners(90 + n, 60), f"{n}.png") for n in range(5)]
    requests = [PictureRequest(path, 72, 48) for path in paths]
    found = []
    for hands in (1, 2):
        monkeypatch.setattr(making, "TOGETHER", hands)
        ready_ones = prepare_many(requests, profile=newsprint, cache_dir=tmp_path / f"cache{hands}")
        found.append([(each.path.name, each.path.read_bytes(), each.facts) for each in ready_ones])
    assert found[0] == found[1]


def test_a_cut_off_picture_is_refused_also_by_threads(tmp_path: Path, newsprint, store: Path) -> None:
    """Pillow's own setting, which WeasyPrint changes, is one for all threads."""
    whole = saved(tmp_path, Image.effect_noise((300, 200), 50).convert("RGB"), "whole.jpg")
    (tmp_path / "cut.jpg").write_bytes(whole.read_bytes()[:-2000])
    monkey = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        requests = [PictureRequest(tmp_path / name, 72, 48) for name in ("whole.jpg", "cut.jpg", "whole.jpg")] * 3
        with pytest.raises(LayoutError):
            prepare_many(requests, profile=newsprint, cache_dir=store)
        assert ImageFile.LOAD_TRUNCATED_IMAGES
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = monkey
