Attribute VB_Name = "RosterAddinStart"
' The one way into Python. A button pressed while another one runs does nothing, and what Excel
' was set to is set back whatever happens: Python sets it back itself, unless it was ended.
' Layer: middle. Called by: RosterAddinRibbon. Calls: xlwings.
Option Explicit

Private isRunning As Boolean

Public Sub RunAddinButton(ByVal functionName As String)
    Dim hadEvents As Boolean
    Dim hadScreen As Boolean
    Dim hadCalculation As Long
    Dim problem As String

    If isRunning Then Exit Sub
    If ActiveWorkbook Is Nothing Then Exit Sub
    isRunning = True
    hadEvents = Application.EnableEvents
    hadScreen = Application.ScreenUpdating
    hadCalculation = Application.Calculation
    On Error GoTo Failed
    RunPython "import rosterkey.excel.buttons as buttons; buttons." & functionName & "()"
SetBack:
    On Error Resume Next
    Application.Calculation = hadCalculation
    Application.ScreenUpdating = hadScreen
    Application.EnableEvents = hadEvents
    isRunning = False
    On Error GoTo 0
    If problem <> "" Then ShowError "", problem
    Exit Sub

Failed:
    problem = Err.Description
    Resume SetBack
End Sub
