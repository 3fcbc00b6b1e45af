Attribute VB_Name = "RosterRibbon"
' The workbook's ribbon: one callback for each button, in the order of the ribbon.
' Layer: top. Called by: workbook ribbon XML. Calls: RosterStart.
Option Explicit

Public Sub Roster_Export(ByVal control As IRibbonControl)
    RunButton "export"
End Sub

Public Sub Roster_Validate(ByVal control As IRibbonControl)
    RunButton "validate"
End Sub

Public Sub Roster_Import(ByVal control As IRibbonControl)
    RunButton "import_"
End Sub

Public Sub Roster_Undo(ByVal control As IRibbonControl)
    RunButton "undo"
End Sub

Public Sub Roster_History(ByVal control As IRibbonControl)
    RunButton "history"
End Sub

Public Sub Roster_NextFinding(ByVal control As IRibbonControl)
    RunButton "next_finding"
End Sub

Public Sub Roster_ApplyFix(ByVal control As IRibbonControl)
    RunButton "apply_fix"
End Sub

Public Sub Roster_ApplyAllFixes(ByVal control As IRibbonControl)
    RunButton "apply_all_fixes"
End Sub

Public Sub Roster_OpenCsv(ByVal control As IRibbonControl)
    RunButton "open_csv"
End Sub

Public Sub Roster_SaveCsv(ByVal control As IRibbonControl)
    RunButton "save_csv"
End Sub

Public Sub Roster_Settings(ByVal control As IRibbonControl)
    RunButton "settings"
End Sub

Public Sub Roster_Help(ByVal control As IRibbonControl)
    RunButton "help"
End Sub
