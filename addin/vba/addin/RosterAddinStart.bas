Attribute VB_Name = "RosterAddinStart"
' The one way into Python. A button pressed while another one runs does nothing, the ribbon shows
' them grey so long, and what Excel was set to is set back whatever happens: Python sets it back
' itself, unless it was ended. Esc and Ctrl+Break end in the error handler here, never in a dialog
' that could end this project while the buttons are grey.
' Layer: middle. Called by: RosterAddinRibbon. Calls: xlwings.
Option Explicit

' What a shell or xlwings would take for more than a part of a name: xlwings puts the path of the
' workbook into a command line, so that a file's name could start a program.
#If Mac Then
Private Const LIVE_SIGNS As String = "^%&|$;`""<>!=\'"
#Else
Private Const LIVE_SIGNS As String = "^%&|$;`""<>!="
#End If
Private Const REFUSED As String = "Nothing was started, because the name of this workbook or of " & _
    "a folder above it holds a character that a command line may run (^ % & | $ ; ` "" < > ! =, a " & _
    "line break, on a Mac also \ and '): close it, rename the file or the folder, and open it again."

Private Const USER_INTERRUPT As Long = 18

Private isRunning As Boolean
Private ribbon As IRibbonUI

Public Sub KeepAddinRibbon(ByVal loaded As IRibbonUI)
    Set ribbon = loaded
End Sub

Public Function IsAddinIdle() As Boolean
    IsAddinIdle = Not isRunning
End Function

Public Sub RunAddinButton(ByVal functionName As String)
    Dim hadEvents As Boolean
    Dim hadScreen As Boolean
    Dim hadCalculation As Long
    Dim problem As String

    If isRunning Then Exit Sub
    If ActiveWorkbook Is Nothing Then Exit Sub
    If Not IsPlain(ActiveWorkbook.FullName) Then
        ShowError "", REFUSED
        Exit Sub
    End If
    hadEvents = Application.EnableEvents
    hadScreen = Application.ScreenUpdating
    On Error GoTo Failed
    hadCalculation = Application.Calculation
    Application.EnableCancelKey = xlErrorHandler
    SetRunning True
    RunPython "import rosterkey.excel.buttons as buttons; buttons." & functionName & "()"
SetBack:
    On Error Resume Next
    Application.Calculation = hadCalculation
    Application.ScreenUpdating = hadScreen
    Application.EnableEvents = hadEvents
    SetRunning False
    On Error GoTo 0
    If problem <> "" Then ShowError "", problem
    Exit Sub

Failed:
    If Err.Number <> USER_INTERRUPT Then problem = Err.Description
    Resume SetBack
End Sub

Private Sub SetRunning(ByVal running As Boolean)
    isRunning = running
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub

Private Function IsPlain(ByVal bookPath As String) As Boolean
    Dim live As String
    Dim position As Long

    live = LIVE_SIGNS & vbCr & vbLf
    For position = 1 To Len(live)
        If InStr(1, bookPath, Mid$(live, position, 1), vbBinaryCompare) > 0 Then Exit Function
    Next position
    IsPlain = True
End Function
