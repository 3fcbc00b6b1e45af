Attribute VB_Name = "RosterSheetButtons"
' What the buttons on the sheets run; the same functions as the ribbon's buttons.
' Layer: top. Called by: the buttons drawn on the sheets. Calls: RosterStart.
Option Explicit

Public Sub PressExport()
    RunButton "export"
End Sub

Public Sub PressValidate()
    RunButton "validate"
End Sub

Public Sub PressImport()
    RunButton "import_"
End Sub

Public Sub PressUndo()
    RunButton "undo"
End Sub

Public Sub PressHistory()
    RunButton "history"
End Sub

Public Sub PressNextFinding()
    RunButton "next_finding"
End Sub

Public Sub PressApplyFix()
    RunButton "apply_fix"
End Sub

Public Sub PressApplyAllFixes()
    RunButton "apply_all_fixes"
End Sub

Public Sub PressOpenCsv()
    RunButton "open_csv"
End Sub

Public Sub PressSaveCsv()
    RunButton "save_csv"
End Sub

Public Sub PressSettings()
    RunButton "settings"
End Sub

Public Sub PressHelp()
    RunButton "help"
End Sub
