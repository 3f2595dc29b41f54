"""Copyfit and all that it stands on know no engine."""

from fresh_process import run_alone

_ENGINE = ("weasyprint", "cffi", "_cffi_backend", "layout.engine", "pydyf")


def test_copyfit_loads_no_engine() -> None:
    run_alone(
        "import pkgutil, sys\n"
        "from importlib import import_module\n"
        "import layout.copyfit, layout.galley, layout.page\n"
        "for room in (layout.copyfit, layout.galley, layout.page):\n"
        "    for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "        import_module(module.name)\n"
        f"assert not [name for name in sys.modules if name.startswith({_ENGINE!r})]\n"
        "mapped = open('/proc/self/maps').read()\n"
        "assert 'libpango' not in mapped, mapped\n"
    )
