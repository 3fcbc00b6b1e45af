Attribute VB_Name = "RosterAddinRibbon"
' The add-in's ribbon: its loading and the state of its buttons, then one callback for each
' button, in the order of the ribbon.
' Layer: top. Called by: addin ribbon XML. Calls: RosterAddinStart.
Option Explicit

Public Sub RosterAddin_OnLoad(ribbon As IRibbonUI)
    KeepAddinRibbon ribbon
End Sub

Public Sub RosterAddin_GetEnabled(control As IRibbonControl, ByRef enabled)
    enabled = IsAddinIdle()
End Sub

Public Sub RosterAddin_Export(control As IRibbonControl)
    RunAddinButton "export"
End Sub

Public Sub RosterAddin_Validate(control As IRibbonControl)
    RunAddinButton "validate"
End Sub

Public Sub RosterAddin_Import(control As IRibbonControl)
    RunAddinButton "import_"
End Sub

Public Sub RosterAddin_Undo(control As IRibbonControl)
    RunAddinButton "undo"
End Sub

Public Sub RosterAddin_History(control As IRibbonControl)
    RunAddinButton "history"
End Sub

Public Sub RosterAddin_StartImport(control As IRibbonControl)
    RunAddinButton "start_import"
End Sub

Public Sub RosterAddin_AddIds(control As IRibbonControl)
    RunAddinButton "add_ids"
End Sub

Public Sub RosterAddin_NewUsernames(control As IRibbonControl)
    RunAddinButton "new_usernames"
End Sub

Public Sub RosterAddin_NextFinding(control As IRibbonControl)
    RunAddinButton "next_finding"
End Sub

Public Sub RosterAddin_ApplyFix(control As IRibbonControl)
    RunAddinButton "apply_fix"
End Sub

Public Sub RosterAddin_ApplyAllFixes(control As IRibbonControl)
    RunAddinButton "apply_all_fixes"
End Sub

Public Sub RosterAddin_OpenCsv(control As IRibbonControl)
    RunAddinButton "open_csv"
End Sub

Public Sub RosterAddin_SaveCsv(control As IRibbonControl)
    RunAddinButton "save_csv"
End Sub

Public Sub RosterAddin_Settings(control As IRibbonControl)
    RunAddinButton "settings"
End Sub

Public Sub RosterAddin_Help(control As IRibbonControl)
    RunAddinButton "help"
End Sub
