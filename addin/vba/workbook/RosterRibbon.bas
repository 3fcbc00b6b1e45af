Attribute VB_Name = "RosterRibbon"
' The workbook's ribbon: its loading and the state of its buttons, then one callback for each
' button, in the order of the ribbon.
' Layer: top. Called by: workbook ribbon XML. Calls: RosterStart.
Option Explicit

Public Sub Roster_OnLoad(ribbon As IRibbonUI)
    KeepRibbon ribbon
End Sub

Public Sub Roster_GetEnabled(control As IRibbonControl, ByRef enabled)
    enabled = IsIdle()
End Sub

Public Sub Roster_Export(control As IRibbonControl)
    RunButton "export"
End Sub

Public Sub Roster_Validate(control As IRibbonControl)
    RunButton "validate"
End Sub

Public Sub Roster_Import(control As IRibbonControl)
    RunButton "import_"
End Sub

Public Sub Roster_Undo(control As IRibbonControl)
    RunButton "undo"
End Sub

Public Sub Roster_History(control As IRibbonControl)
    RunButton "history"
End Sub

Public Sub Roster_StartImport(control As IRibbonControl)
    RunButton "start_import"
End Sub

Public Sub Roster_AddIds(control As IRibbonControl)
    RunButton "add_ids"
End Sub

Public Sub Roster_NewUsernames(control As IRibbonControl)
    RunButton "new_usernames"
End Sub

Public Sub Roster_NextFinding(control As IRibbonControl)
    RunButton "next_finding"
End Sub

Public Sub Roster_ApplyFix(control As IRibbonControl)
    RunButton "apply_fix"
End Sub

Public Sub Roster_ApplyAllFixes(control As IRibbonControl)
    RunButton "apply_all_fixes"
End Sub

Public Sub Roster_OpenCsv(control As IRibbonControl)
    RunButton "open_csv"
End Sub

Public Sub Roster_SaveCsv(control As IRibbonControl)
    RunButton "save_csv"
End Sub

Public Sub Roster_Settings(control As IRibbonControl)
    RunButton "settings"
End Sub

Public Sub Roster_Help(control As IRibbonControl)
    RunButton "help"
End Sub
