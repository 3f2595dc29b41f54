"""Runs the ink walk over a whole PDF: pages, the forms and patterns they use, pictures, gradients."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from layout.errors import Faults, Hint, Message, PrintError
from layout.geometry import Matrix, multiply
from layout.outcome_cache import OutcomeCache, key_of
from layout.prepress.content import MalformedContentError
from layout.prepress.ink_state import GraphicsEntry, InkState, OverprintLimits
from layout.prepress.inks import OVERPRINT_OFF, OVERPRINT_ON, InkWalk

# The default colour of PDF is gray black; said in CMYK first, a stream that sets none prints K as any other black.
_BLACK_FIRST = b"0 0 0 1 k 0 0 0 1 K\n"
_PRINTABLE = ("DeviceCMYK", "DeviceGray")
OPACITY = {"/Type", "/ca", "/CA"}
"""Keys of the graphics states of a drawing that can be walked by itself."""
_COMPONENTS = {"DeviceCMYK": 4, "DeviceGray": 1}
_HINT = Message(
    "请在 CSS 里用 device-cmyk() 写颜色；SVG 的每个图形都要写明 fill 与 stroke。",
    "Write colours as device-cmyk() in the CSS; give every SVG shape its fill and stroke.",
)


class DocumentWalk:
    """Mends the colours of *pdf* in place, and sets overprint.

    One form used twice is walked once, at the size of its first use. *known* are the drawings that were walked before.
    """

    def __init__(self, pdf: Pdf, limits: OverprintLimits, known: OutcomeCache[bytes] | None = None):
        self.pdf = pdf
        self.limits = limits
        self.known = known
        self.page_no = 0
        self._seen: set[tuple[int, int]] = set()
        self._faults: dict[tuple[int, str], PrintError] = {}

    def walk(self) -> None:
        """Walk every page. Raises ``PrintError``, or ``Faults`` of several, naming page and operator."""
        for page_no, page in enumerate(self.pdf.pages, start=1):
            self.page_no = page_no
            data = b"\n".join(_contents(page.obj))
            scope = ResourceScope(self, page.obj.get(Name.Resources, Dictionary()))
            page.obj.Contents = self.pdf.make_stream(
                _BLACK_FIRST + self.rewritten(data, scope, InkState(), self.limits)
            )
        faults = list(self._faults.values())
        if faults:
            raise faults[0] if len(faults) == 1 else Faults(faults)

    def rewritten(self, data: bytes, scope: ResourceScope, state: InkState, limits: OverprintLimits) -> bytes:
        """The stream after its walk, or as it was when it cannot be read: then that is a fault of the page."""
        try:
            return InkWalk(data, scope, state, limits).rewritten()
        except (MalformedContentError, ValueError, IndexError) as error:
            self.fault(
                str(error),
                Message(
                    f"第 {self.page_no} 页的绘图指令读不懂：{error}。",
                    f"Page {self.page_no}: unreadable painting: {error}.",
                ),
            )
            return data

    @property
    def fault_count(self) -> int:
        """How many faults were noted."""
        return len(self._faults)

    def fault(self, key: str, message: Message, hint: Message | None = None) -> None:
        """Note a fault of the present page, once for each key."""
        self._faults.setdefault((self.page_no, key), PrintError(message, hint=Hint(designer=hint) if hint else None))

    def first_visit(self, obj: Object) -> bool:
        """Whether an indirect object is met for the first time; direct objects always are."""
        identity = obj.objgen
        if identity == (0, 0):
            return True
        new = identity not in self._seen
        self._seen.add(identity)
        return new


class ResourceScope:
    """The resources of one content stream, looked up for the ink walk."""

    def __init__(self, document: DocumentWalk, resources: Object):
        self._document = document
        self._resources = resources
        self._states: dict[str, GraphicsEntry] = {}

    def graphics_state(self, name: str) -> GraphicsEntry:
        """See ``Scope``."""
        if name not in self._states:
            self._states[name] = _graphics_entry(self._find(Name.ExtGState, name))
        return self._states[name]

    def colour_space(self, name: str) -> str:
        """See ``Scope``."""
        if name.startswith("Device") or name == "Pattern":
            return name
        found = self._find(Name.ColorSpace, name)
        return _family(found) if found is not None else name

    def walk_form(self, form: object, state: InkState, limits: OverprintLimits) -> None:
        """See ``Scope``."""
        if not isinstance(form, Stream) or not self._document.first_visit(form):
            return
        group = form.get(Name.Group)
        if group is not None and group.get(Name.CS) not in (None, Name.DeviceGray):
            group.CS = Name.DeviceCMYK
        state.ctm = multiply(_matrix_of(form), state.ctm)
        state.overprint = False
        self._rewrite_form(form, state, limits)

    def walk_object(self, name: str, state: InkState, limits: OverprintLimits) -> None:
        """See ``Scope``."""
        found = self._find(Name.XObject, name)
        if not isinstance(found, Stream):
            return
        if found.get(Name.Subtype) == Name.Image:
            self._check_picture(found, name)
        else:
            self.walk_form(found, state, limits)

    def stencil(self, name: str) -> bool:
        """See ``Scope``."""
        found = self._find(Name.XObject, name)
        return isinstance(found, Stream) and bool(found.get(Name.ImageMask, False))

    def walk_pattern(self, name: str, written: str) -> None:
        """See ``Scope``."""
        pattern = self._find(Name.Pattern, name)
        if isinstance(pattern, Stream):
            if self._document.first_visit(pattern):
                self._rewrite(pattern, InkState(ctm=_matrix_of(pattern)), self._document.limits, _BLACK_FIRST)
        elif pattern is not None and Name.Shading in pattern:
            self._check_gradient(pattern.Shading, written)

    def check_shading(self, name: str, written: str) -> None:
        """See ``Scope``."""
        shading = self._find(Name.Shading, name)
        if shading is not None:
            self._check_gradient(shading, written)

    def refuse(self, space: str, written: str) -> None:
        """See ``Scope``."""
        page_no = self._document.page_no
        self._document.fault(
            written,
            Message(f"第 {page_no} 页有不能上机的颜色：{space}（{written}）。",
                    f"Page {page_no} has a colour the press cannot print: {space} ({written})."),
            _HINT,
        )  # fmt: skip

    def need_overprint_states(self) -> None:
        """See ``Scope``."""
        if Name.ExtGState not in self._resources:
            self._resources.ExtGState = Dictionary()
        states = self._resources.ExtGState
        for name, on in ((OVERPRINT_ON, True), (OVERPRINT_OFF, False)):
            if f"/{name}" not in states:
                states[f"/{name}"] = Dictionary(Type=Name.ExtGState, OP=on, op=on, OPM=int(on))

    def _rewrite_form(self, form: Stream, state: InkState, limits: OverprintLimits) -> None:
        """A drawing that was walked before in the same state becomes what it came to then."""
        known, states = self._document.known, plain_states(form)
        if known is None or states is None:
            self._rewrite(form, state, limits, b"")
            return
        key = key_of(form.read_bytes(), states, repr((state, limits)))
        after = known.get(key)
        if after is None:
            faults = self._document.fault_count
            self._rewrite(form, state, limits, b"")
            if self._document.fault_count == faults:
                after = form.read_bytes()
                known.put(key, after, len(after))
            return
        if any(f"/{name} gs".encode() in after for name in (OVERPRINT_ON, OVERPRINT_OFF)):
            ResourceScope(self._document, form.Resources).need_overprint_states()
        form.write(after)

    def _rewrite(self, stream: Stream, state: InkState, limits: OverprintLimits, prefix: bytes) -> None:
        scope = ResourceScope(self._document, stream.get(Name.Resources, self._resources))
        before = stream.read_bytes()
        after = prefix + self._document.rewritten(before, scope, state, limits)
        if after != before:
            stream.write(after)

    def _check_picture(self, picture: Stream, name: str) -> None:
        if not self._document.first_visit(picture):
            return
        space = _family(picture.get(Name.ColorSpace, Name.DeviceGray))  # a stencil mask has none
        if space not in _PRINTABLE:
            page_no = self._document.page_no
            self._document.fault(
                f"picture {name}",
                Message(f"第 {page_no} 页的图片 {name} 是 {space}，不是印刷色（{name} Do）。",
                        f"Page {page_no}: picture {name} is {space}, not press colour ({name} Do)."),
                Message("图片要经过 data-picture 框，由程序转成 CMYK。", "Place pictures in a data-picture box."),
            )  # fmt: skip

    def _check_gradient(self, shading: Object, written: str) -> None:
        space = _family(shading.ColorSpace)
        if space not in _PRINTABLE or any(size != _COMPONENTS[space] for size in _outputs(shading.get(Name.Function))):
            self.refuse(f"gradient {space}", written)

    def _find(self, kind: Name, name: str) -> Object | None:
        entries = self._resources.get(kind)
        return None if entries is None else entries.get(f"/{name}")


def plain_states(form: Stream) -> str | None:
    """The graphics states of a form that leads to no other object, as they are written: those of a drawing of paths,
    whose walk depends on nothing else. ``None`` of a form that names more.
    """
    resources = form.get(Name.Resources)
    if not isinstance(resources, Dictionary) or set(resources.keys()) - {"/ExtGState", "/ProcSet"}:
        return None
    states = resources.get(Name.ExtGState, Dictionary())
    entries = [(name, dict(state.items())) for name, state in states.items() if isinstance(state, Dictionary)]
    if len(entries) < len(states) or any(set(state) - OPACITY for _, state in entries):
        return None
    return repr(sorted((name, sorted((key, str(value)) for key, value in state.items())) for name, state in entries))


def _contents(page: Object) -> Iterator[bytes]:
    contents = page.get(Name.Contents)
    for part in contents if isinstance(contents, Array) else [contents]:
        if isinstance(part, Stream):
            yield part.read_bytes()


def _family(space: Object) -> str:
    """``DeviceCMYK`` of a name or of an array that begins with it."""
    return str(space[0] if isinstance(space, Array) else space).removeprefix("/")


def _graphics_entry(entry: Object | None) -> GraphicsEntry:
    if entry is None:
        return GraphicsEntry()
    for key in (Name.OP, Name.op, Name.OPM):  # overprint is ours alone: nothing white or tinted may bring its own
        if key in entry:
            del entry[key]
    mask = entry.get(Name.SMask)
    group = mask.get(Name.G) if mask is not None and isinstance(mask, Dictionary) else None
    if mask is not None and group is not None and mask.get(Name.S) == Name.Luminosity and Name.Group in group:
        group.Group.CS = Name.DeviceGray  # how much shows through is a number, whatever the press's black looks like
    fill, stroke = entry.get(Name.ca), entry.get(Name.CA)
    return GraphicsEntry(
        None if fill is None else float(fill),
        None if stroke is None else float(stroke),
        None if mask is None else isinstance(mask, Dictionary),
        group,
    )


def _matrix_of(stream: Stream) -> Matrix:
    values = [float(value) for value in stream.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0]))]
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _outputs(function: Object | None) -> Iterator[int]:
    """How many values each function of a shading gives."""
    if function is None:
        return
    if isinstance(function, Array):
        yield len(function)
    elif function.FunctionType == 2:
        yield len(function.get(Name.C0, [0]))
    elif function.FunctionType == 3:
        for inner in function.Functions:
            yield from _outputs(inner)
    elif Name.Range in function:
        yield len(function.Range) // 2
