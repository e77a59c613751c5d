# The prompt, and how its line editor differs from what PSReadLine does by itself.
using namespace Microsoft.PowerShell
using namespace Bastion.Console.Prompt

function global:prompt {
    $folder = $ExecutionContext.SessionState.Path.CurrentLocation.Path
    if ($folder -ceq $HOME -or $folder.StartsWith($HOME + [IO.Path]::DirectorySeparatorChar)) { $folder = '~' + $folder.Substring($HOME.Length) }
    "PS bastion $folder$('>' * ($NestedPromptLevel + 1)) "
}

# A terminal that cannot move its cursor gets plain lines
if ($env:TERM -eq 'dumb') {
    function global:Read-BastionLine { [Console]::In.ReadLine() ?? 'exit' }
    Set-Alias -Scope Global -Name PSConsoleHostReadLine -Value Read-BastionLine
    Export-ModuleMember
    return
}

# What PSReadLine's PSConsoleHostReadLine does, with the terminal told to mark pasted text while a line is read.
# Behind an alias, as the host imports PSReadLine once more and its function would take ours away.
function global:Read-BastionLine {
    [Diagnostics.DebuggerHidden()]
    param()
    $lastRunStatus = $?
    Set-StrictMode -Off
    [PastedText]::Ask($true)
    try { [PSConsoleReadLine]::ReadLine($Host.Runspace, $ExecutionContext, $lastRunStatus) }
    finally { [PastedText]::Ask($false) }
}

Set-Alias -Scope Global -Name PSConsoleHostReadLine -Value Read-BastionLine

Set-PSReadLineOption -HistorySavePath ([HistoryFile]::Prepare()) -AddToHistoryHandler { [HistoryFilter]::Keeps($args[0]) }

if ($env:NO_COLOR) {
    $colors = @{ Selection = "`e[7m"; ListPredictionSelected = "`e[7m"; InlinePrediction = "`e[2m" }
    foreach ($name in 'Command', 'Comment', 'ContinuationPrompt', 'Default', 'Emphasis', 'Error', 'Keyword', 'ListPrediction',
        'ListPredictionTooltip', 'Member', 'Number', 'Operator', 'Parameter', 'String', 'Type', 'Variable') { $colors[$name] = "`e[0m" }
    Set-PSReadLineOption -Colors $colors
}

Set-PSReadLineKeyHandler -Key Tab, Ctrl+Spacebar -Function MenuComplete
Set-PSReadLineKeyHandler -Key Shift+Tab -Function TabCompletePrevious

if (-not $IsWindows) {
    Set-PSReadLineKeyHandler -Key Ctrl+LeftArrow, Alt+LeftArrow -Function BackwardWord
    Set-PSReadLineKeyHandler -Key Ctrl+RightArrow, Alt+RightArrow -Function ForwardWord
    Set-PSReadLineKeyHandler -Key Ctrl+Delete -Function KillWord
    Set-PSReadLineKeyHandler -Chord 'Escape,[' -BriefDescription InsertPastedText -Description 'Insert what the terminal pastes' -ScriptBlock {
        [PSConsoleReadLine]::Insert([PastedText]::Read([PSConsoleReadLine]))
    }
}

# One key, one character as it is seen: emoji and letters with marks are several of .NET's
function Add-ClusterKey([string[]] $Key, [string] $Function, [scriptblock] $Act) {
    $plain = [PSConsoleReadLine].GetMethod($Function)
    Set-PSReadLineKeyHandler -Key $Key -BriefDescription $Function -Description "$Function, by whole characters" -ScriptBlock {
        param($pressed, $argument)
        $line = $null
        $cursor = 0
        [PSConsoleReadLine]::GetBufferState([ref] $line, [ref] $cursor)
        $span = if ($Function -like 'Backward*') { [Cluster]::Before($line, $cursor) } else { [Cluster]::After($line, $cursor) }
        if ($span -lt 2 -or $null -ne $argument) { $plain.Invoke($null, @($pressed, $argument)) }
        else { & $Act $cursor $span }
    }.GetNewClosure()
}

Add-ClusterKey LeftArrow, Ctrl+b BackwardChar { [PSConsoleReadLine]::SetCursorPosition($args[0] - $args[1]) }
Add-ClusterKey RightArrow, Ctrl+f ForwardChar { [PSConsoleReadLine]::SetCursorPosition($args[0] + $args[1]) }
Add-ClusterKey Backspace, Ctrl+h BackwardDeleteChar { [PSConsoleReadLine]::Delete($args[0] - $args[1], $args[1]) }
Add-ClusterKey Delete DeleteChar { [PSConsoleReadLine]::Delete($args[0], $args[1]) }

Export-ModuleMember
