# Loads the module when the session opens. A broken one ends the process, as nothing that follows would work.
$manifest = [Bastion.Console.Host.ModuleLocator]::Find()
try { Import-Module $manifest -Global -ErrorAction Stop }
catch {
    [Console]::Error.WriteLine("bastion: The module '$manifest' cannot be loaded: $_")
    [Environment]::Exit(1)
}

Export-ModuleMember
