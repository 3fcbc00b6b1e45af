Attribute VB_Name = "RosterSheetButtons"
' What the buttons on the sheets run; the same functions as the ribbon's buttons.
' Layer: top. Called by: the buttons drawn on the sheets. Calls: RosterStart.
Option Explicit

Public Sub Button_Export()
    RunButton "export"
End Sub

Public Sub Button_Validate()
    RunButton "validate"
End Sub

Public Sub Button_Import()
    RunButton "import_"
End Sub

Public Sub Button_Undo()
    RunButton "undo"
End Sub

Public Sub Button_History()
    RunButton "history"
End Sub

Public Sub Button_StartImport()
    RunButton "start_import"
End Sub

Public Sub Button_AddIds()
    RunButton "add_ids"
End Sub

Public Sub Button_NewUsernames()
    RunButton "new_usernames"
End Sub

Public Sub Button_NextFinding()
    RunButton "next_finding"
End Sub

Public Sub Button_ApplyFix()
    RunButton "apply_fix"
End Sub

Public Sub Button_ApplyAllFixes()
    RunButton "apply_all_fixes"
End Sub

Public Sub Button_OpenCsv()
    RunButton "open_csv"
End Sub

Public Sub Button_SaveCsv()
    RunButton "save_csv"
End Sub

Public Sub Button_Settings()
    RunButton "settings"
End Sub

Public Sub Button_Help()
    RunButton "help"
End Sub
