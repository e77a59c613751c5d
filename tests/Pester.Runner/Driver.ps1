# Walks the tree of blocks: every block and every test is a function call, so each has a scope of its own under its
# parent's; the user's script blocks are dot-sourced into it. Names begin with ______ to keep out of the specs' way.
param($______specs)

function ______Discover {
    param($______path)
    try { . $______path } catch { $______specs.DiscoveryFailed($_) }
}

function ______Block {
    param($______block)
    if (-not $______block.HasWork) { return }
    try {
        try {
            foreach ($______pair in $______block.Data) { $ExecutionContext.SessionState.PSVariable.Set("local:$($______pair.Key)", $______pair.Value) }
            if ($______block.HasItem) { $_ = $______block.Item }
            foreach ($______step in $______block.BeforeAll) { $null = . $______step }
        }
        catch {
            $______block.SetupFailed($_)
            return
        }
        foreach ($______child in $______block.Children) {
            if ($______child.IsBlock) { ______Block $______child } else { ______Test $______child }
        }
    }
    finally {
        try { foreach ($______step in $______block.AfterAll) { $null = . $______step } } catch { $______block.TeardownFailed($_) }
        $______block.Leave()
    }
}

function ______Test {
    param($______test)
    if (-not $______test.IsSelected -or $______test.IsSkipped) { return }
    $______test.Start()
    try {
        foreach ($______pair in $______test.Data) { $ExecutionContext.SessionState.PSVariable.Set("local:$($______pair.Key)", $______pair.Value) }
        if ($______test.HasItem) { $_ = $______test.Item }
        $______test.ExpandName($ExecutionContext.SessionState)
        try {
            foreach ($______step in $______test.BeforeEach) { $null = . $______step }
            $______splat = $______test.Parameters
            $null = . $______test.Body @______splat
            $______test.Passed()
        }
        finally {
            foreach ($______step in $______test.AfterEach) { $null = . $______step }
        }
    }
    catch { $______test.Failed($_) }
}

foreach ($______file in $______specs.Files) { ______Discover $______file }
$______specs.EndDiscovery()
foreach ($______root in $______specs.Roots) { ______Block $______root }
