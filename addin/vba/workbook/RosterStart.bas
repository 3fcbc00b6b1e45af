Attribute VB_Name = "RosterStart"
' The one way into Python. A button pressed while another one runs does nothing, and what Excel
' was set to is set back whatever happens: Python sets it back itself, unless it was ended.
' Layer: middle. Called by: RosterRibbon, RosterSheetButtons. Calls: xlwings.
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

Private isRunning As Boolean

Public Sub RunButton(ByVal functionName As String)
    Dim hadEvents As Boolean
    Dim hadScreen As Boolean
    Dim hadCalculation As Long
    Dim problem As String

    If isRunning Then Exit Sub
    If Not IsPlain(ThisWorkbook.FullName) Then
        ShowError "", REFUSED
        Exit Sub
    End If
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

Private Function IsPlain(ByVal bookPath As String) As Boolean
    Dim live As String
    Dim position As Long

    live = LIVE_SIGNS & vbCr & vbLf
    For position = 1 To Len(live)
        If InStr(1, bookPath, Mid$(live, position, 1), vbBinaryCompare) > 0 Then Exit Function
    Next position
    IsPlain = True
End Function
