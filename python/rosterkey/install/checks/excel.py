"""What can keep Excel from running the buttons: macros, Defender, permissions; and lost zeros."""

from __future__ import annotations

from rosterkey.install.checks.answer import Answer, Scene, ok, trouble, unknown
from rosterkey.install.system import Kind

_SECURITY = r"Microsoft\Office\16.0\Excel\Security"
_MACRO_KEYS = (rf"HKCU\Software\Policies\{_SECURITY}", rf"HKCU\Software\{_SECURITY}")
"""A policy of the organisation comes before the choice of the user."""
_ONLY_SIGNED, _NONE = 3, 4
"""Values of VBAWarnings: macros without a signature, and all macros, are off without a question."""

_RULE = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
"""Microsoft's rule "Block all Office applications from creating child processes"."""
_DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
_RULE_KEY = rf"{_DEFENDER}\Windows Defender Exploit Guard\ASR\Rules"
_MANAGED_KEY = rf"{_DEFENDER}\Policy Manager"
_BLOCKS, _WARNS = "1", "6"


def check_macros(scene: Scene) -> Answer | None:
    """Excel's setting for macros, as far as Windows shows it."""
    if not scene.system.has_excel:
        return None
    name = "macros"
    found = (scene.system.registry(key, "VBAWarnings") for key in _MACRO_KEYS)
    setting = next((value for value in found if value is not None), None)
    if setting in (_ONLY_SIGNED, _NONE):
        return trouble(
            name,
            "Excel is set to switch macros off without a question, so the workbook's buttons do "
            "nothing. The add-in runs, as long as trusted locations are allowed.",
            "Excel: File, Options, Trust Center, Trust Center Settings, Macro Settings: choose "
            '"Disable VBA macros with notification". If it is grey, ask your IT department to '
            "make the workbook's folder a trusted location.",
        )
    return unknown(
        name,
        "Whether macros are allowed is seen in Excel.",
        'Open the workbook. At a yellow bar press "Enable Content". A red bar means that the file '
        "came from elsewhere: see mark-of-the-web.",
    )


def check_defender(scene: Scene) -> Answer | None:
    """Microsoft Defender's rule against programs that Office starts."""
    if scene.system.kind is not Kind.WINDOWS:
        return None
    name = "defender"
    rule = str(scene.system.registry(_RULE_KEY, _RULE) or _managed(scene))
    ask = (
        f"Ask your IT department to leave this out for Excel (rule {_RULE}, attack surface "
        "reduction). Until then use the command line: export, validate, import do the same."
    )
    if rule in (_BLOCKS, _WARNS):
        said = "Microsoft Defender is set to keep Excel from starting other programs, so no button"
        return trouble(name, f"{said} can start Python.", ask)
    return unknown(
        name,
        "No such rule is seen here, but Defender may have rules that are not shown.",
        'If a button ends in "Permission denied", look at Windows Security, Virus & threat '
        f"protection, Protection history. {ask}",
    )


def check_permissions(scene: Scene) -> Answer | None:
    """On a Mac, whether Python may control Excel."""
    if scene.system.kind is not Kind.MACOS:
        return None
    return unknown(
        "mac-permissions",
        "macOS asks once whether Excel may be controlled, and does not tell what was answered.",
        "Answer OK. If it was refused: System Settings, Privacy & Security, Automation, switch on "
        "Microsoft Excel below the program that asked. A button that is pressed for the first "
        "time may ask for access to the workbook's folder too.",
    )


def check_lost_zeros(scene: Scene) -> Answer | None:
    """IDs such as 01 that Excel turns into 1."""
    if not scene.system.has_excel:
        return None
    return ok(
        "lost-zeros",
        "The workbook keeps IDs as text. Excel turns 01 into 1 where a CSV is opened by a double "
        "click: use the button Open CSV. Validate notices zeros that were lost.",
    )


def _managed(scene: Scene) -> str:
    """The rule's value in the list that device management writes: `guid=1|guid=2`."""
    rules = str(scene.system.registry(_MANAGED_KEY, "ASRRules") or "")
    for rule in rules.split("|"):
        identifier, _, value = rule.partition("=")
        if identifier.strip("{} ").upper() == _RULE:
            return value.strip()
    return ""
