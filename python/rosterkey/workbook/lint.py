"""Whether a built workbook or add-in hangs together: what Excel would only tell in use.

Everything is compared from both sides: a button without its Sub is a fault, and so is a Sub that
no button calls. Each fault is one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from rosterkey.workbook.lint_sheets import repeated, sheet_faults
from rosterkey.workbook.macros import (
    python_function,
    ribbon_callback,
    ribbon_enabled,
    ribbon_loaded,
    sheet_macro,
)
from rosterkey.workbook.parts import xml_of
from rosterkey.workbook.ribbon import RIBBON_PART
from rosterkey.workbook.vba_project import Module, ModuleKind

ICONS = {
    "AutoCorrect",
    "ErrorChecking",
    "FileSaveAs",
    "FileVersionHistory",
    "FillDown",
    "GetExternalDataFromText",
    "Help",
    "NameManager",
    "PropertySheet",
    "ReviewAcceptOrRejectChangeDialog",
    "ReviewNextComment",
    "SheetInsert",
    "Undo",
    "XmlExport",
    "XmlImport",
}
"""Icons (`imageMso`) that the ribbon may show. Each is a control of Excel 2013, 2016, 2019 and 365
in Microsoft's own lists (`excelcontrols.xlsx` of the repository
OfficeDev/office-fluent-ui-command-identifiers). A name that does not exist shows an empty button.
"""

_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
_SUB = re.compile(r"^(?:Public )?Sub (\w+)\((.*)\)\r\n((?:.*\r\n)*?)End Sub\r$", re.MULTILINE)
_RIBBON_ARGUMENT = "control As IRibbonControl"
_LOADED = ("ribbon As IRibbonUI", re.compile(r"\A    Keep(?:Addin)?Ribbon ribbon\r\n\Z"))
_ENABLED = (
    f"{_RIBBON_ARGUMENT}, ByRef enabled",
    re.compile(r"\A    enabled = Is(?:Addin)?Idle\(\)\r\n\Z"),
)
"""The arguments and the one line of the two Subs that the whole ribbon has."""
_START = re.compile(r'\A    Run(?:Addin)?Button "(\w+)"\r\n\Z')
_MACRO = re.compile(r"<x:FmlaMacro>\s*\[0\]!(\w+)\s*</x:FmlaMacro>")
_PYTHON_LINE = re.compile(r'RunPython "([^"]*)"')
_PYTHON = "import rosterkey.excel.buttons as buttons; buttons."
_SHOWN = re.compile(r"\b(?:MsgBox|InputBox)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Sub:
    """A Sub of the project's own modules."""

    name: str
    arguments: str
    body: str


def lint(
    parts: Mapping[str, bytes],
    modules: Sequence[Module],
    *,
    buttons: Sequence[str],
    names: Sequence[str] = (),
    addin: bool = False,
) -> list[str]:
    """Every fault of a built file, each as a sentence; an empty list where there is none.

    Args:
        parts: of the package, by name.
        modules: what its VBA project was made from.
        buttons: the buttons that have to be there, as `layout.BUTTONS`.
        names: the defined names that have to be there, as `layout.NAMES`.
        addin: whether it is the add-in, which has no buttons on sheets.
    """
    subs = [sub for module in _own(modules) for sub in _subs(module)]
    controls = list(xml_of(parts[RIBBON_PART]).iter())
    faults = [
        *sheet_faults(parts, modules, names),
        *_ribbon_faults(controls),
        *_state_faults(controls, subs, addin),
        *_callback_faults(controls, _without_state(subs, addin), buttons, addin),
        *_source_faults(_own(modules), buttons),
    ]
    if not addin:
        faults += _sheet_button_faults(parts, subs, buttons)
    return faults


def _own(modules: Sequence[Module]) -> list[Module]:
    """The modules with our own code: not xlwings', not the empty ones behind the sheets."""
    standard = (module for module in modules if module.kind is ModuleKind.STANDARD)
    return [module for module in standard if module.name != "xlwings"]


def _subs(module: Module) -> list[_Sub]:
    return [_Sub(*found) for found in _SUB.findall(module.source)]


def _ribbon_faults(controls: Sequence[Element]) -> Iterator[str]:
    """Ids, key tips, icons and texts of the ribbon."""
    ids = [control.get("id", "") for control in controls if control.get("id") is not None]
    for repeat in repeated(ids):
        yield f"The ribbon has the id {repeat} twice."
    buttons = [control for control in controls if control.tag == f"{_UI}button"]
    for repeat in repeated([button.get("keytip", "") for button in buttons]):
        yield f"Two buttons of the ribbon have the key tip {repeat}."
    for button in buttons:
        name = button.get("id", "without id")
        if (icon := button.get("imageMso", "")) not in ICONS:
            yield f"The ribbon's {name} has the icon {icon}, which is not on the list of icons."
        for attribute in ("label", "keytip", "screentip", "supertip"):
            if not button.get(attribute):
                yield f"The ribbon's {name} has no {attribute}."


def _without_state(subs: Sequence[_Sub], addin: bool) -> list[_Sub]:
    """The Subs but the two that the whole ribbon has."""
    state = {ribbon_loaded(addin=addin), ribbon_enabled(addin=addin)}
    return [sub for sub in subs if sub.name not in state]


def _state_faults(controls: Sequence[Element], subs: Sequence[_Sub], addin: bool) -> Iterator[str]:
    """The ribbon is kept when it loads, and asks for the state of each button."""
    loaded, enabled = ribbon_loaded(addin=addin), ribbon_enabled(addin=addin)
    if controls[0].get("onLoad") != loaded:
        yield f"The ribbon does not call {loaded} when it loads."
    for control in controls:
        if control.tag == f"{_UI}button" and control.get("getEnabled") != enabled:
            yield f"The ribbon's {control.get('id')} does not ask {enabled} for its state."
    there = {sub.name: sub for sub in subs}
    for name, (arguments, line) in ((loaded, _LOADED), (enabled, _ENABLED)):
        sub = there.get(name)
        if sub is None:
            yield f"There is no Sub {name}."
        elif sub.arguments != arguments or not line.match(sub.body):
            yield f"The Sub {name} does not take ({arguments}) and do its one thing."


def _callback_faults(
    controls: Sequence[Element], subs: Sequence[_Sub], buttons: Sequence[str], addin: bool
) -> Iterator[str]:
    """Buttons of the ribbon against their Subs, both ways."""
    called = [action for control in controls if (action := control.get("onAction"))]
    expected = {ribbon_callback(button, addin=addin): button for button in buttons}
    taking = {sub.name: sub for sub in subs if "IRibbonControl" in sub.arguments}
    for name in sorted(set(called) - set(taking)):
        yield f"The ribbon calls {name}, and no Sub of this name takes an IRibbonControl."
    for name in sorted(set(taking) - set(called)):
        yield f"Nothing on the ribbon calls the Sub {name}."
    for name in sorted(set(expected) - set(called)):
        yield f"The button {expected[name]} is not on the ribbon: nothing calls {name}."
    for name in repeated(called):
        yield f"Two buttons of the ribbon call {name}."
    for name, sub in taking.items():
        if sub.arguments != _RIBBON_ARGUMENT:
            yield f"The Sub {name} takes ({sub.arguments}), not ({_RIBBON_ARGUMENT})."
        yield from _body_faults(sub, expected.get(name))


def _sheet_button_faults(
    parts: Mapping[str, bytes], subs: Sequence[_Sub], buttons: Sequence[str]
) -> Iterator[str]:
    """Buttons drawn on sheets against their Subs, both ways."""
    drawings = [part for name, part in parts.items() if name.endswith(".vml")]
    drawn = {macro for part in drawings for macro in _MACRO.findall(part.decode("utf-8"))}
    expected = {sheet_macro(button): button for button in buttons}
    plain = {sub.name: sub for sub in subs if not sub.arguments}
    for name in sorted(drawn - set(plain)):
        yield f"A button on a sheet runs {name}, and no Sub of this name is without arguments."
    for name in sorted(set(plain) - set(expected)):
        yield f"The Sub {name} belongs to no button."
    for name in sorted(set(expected) - set(plain)):
        yield f"The button {expected[name]} has no Sub {name} for the sheets."
    for name, sub in plain.items():
        yield from _body_faults(sub, expected.get(name))


def _body_faults(sub: _Sub, button: str | None) -> Iterator[str]:
    """A Sub of a button is one line that starts the function of that button."""
    started = _START.match(sub.body)
    if not started:
        yield f"The Sub {sub.name} is not one line that starts a button."
    elif button is not None and started[1] != python_function(button):
        yield f"The Sub {sub.name} starts {started[1]}, not {python_function(button)}."


def _source_faults(modules: Sequence[Module], buttons: Sequence[str]) -> Iterator[str]:
    """What holds for every module of ours, and that Python is started in one place only."""
    functions = {python_function(button) for button in buttons}
    lines = [line for module in modules for line in _PYTHON_LINE.findall(module.source)]
    if lines != [_PYTHON]:
        yield f"RunPython is not called once with {_PYTHON!r}: {lines}."
    for module in modules:
        if not re.search(r"^Option Explicit\r$", module.source, re.MULTILINE):
            yield f"The module {module.name} has no Option Explicit."
        if shown := _SHOWN.search(module.source):
            yield f"The module {module.name} has a {shown[0]}: Python shows every dialog."
        for started in re.findall(r'Run(?:Addin)?Button "(\w+)"', module.source):
            if started not in functions:
                yield f"The module {module.name} starts {started}, which is no button."
