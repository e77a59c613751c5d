# The prompt and the reader of its lines.

function global:prompt {
    $folder = $ExecutionContext.SessionState.Path.CurrentLocation.Path
    if ($folder -ceq $HOME -or $folder.StartsWith($HOME + [IO.Path]::DirectorySeparatorChar)) { $folder = '~' + $folder.Substring($HOME.Length) }
    "PS bastion $folder$('>' * ($NestedPromptLevel + 1)) "
}

if ($env:TERM -eq 'dumb') {
    # It cannot move its cursor: plain lines
    function global:Read-BastionLine { [Console]::In.ReadLine() ?? 'exit' }
}
else {
    $prompter = [Bastion.Console.Prompt.Prompter]::new({ prompt })
    function global:Read-BastionLine { $prompter.Read() }
    $ExecutionContext.SessionState.Module.OnRemove = { $prompter.Dispose() }
}

# The host asks PSConsoleHostReadLine for a line, and by itself loads PSReadLine's. An alias goes before that function.
Set-Alias -Scope Global -Name PSConsoleHostReadLine -Value Read-BastionLine
Export-ModuleMember
