# How blocks nest, what each sees, and in which order things run.
BeforeAll {
    $fromFile = 'file'
    $log = [Collections.Generic.List[string]]::new()
    function Get-Helper { "helped $args" }
}

Describe 'Scopes' {
    BeforeAll {
        $fromBlock = 'block'
        $changed = 1
    }

    BeforeEach { $each = "$fromBlock again" }

    It 'sees what BeforeAll made, of the file and of the block' {
        $fromFile | Should -Be 'file'
        $fromBlock | Should -Be 'block'
        $each | Should -Be 'block again'
        Get-Helper you | Should -Be 'helped you'
    }

    It 'can change a variable for itself' {
        $changed = 2
        $changed | Should -Be 2
    }

    It 'does not see what another test changed' { $changed | Should -Be 1 }

    Context 'inside' {
        BeforeAll { $fromContext = "$fromBlock and context" }

        It 'sees outwards' { $fromContext | Should -Be 'block and context' }
    }

    It 'does not see inwards' { $fromContext | Should -BeNullOrEmpty }
}

Describe 'Order' {
    BeforeAll { $log.Add('BeforeAll') }
    BeforeEach { $log.Add('BeforeEach') }
    AfterEach { $log.Add('AfterEach') }

    It 'comes first' { $log.Add('one') }

    Context 'inner' {
        BeforeEach { $log.Add('inner BeforeEach') }
        AfterEach { $log.Add('inner AfterEach') }

        It 'comes second' { $log.Add('two') }
    }
}

Describe 'After it' {
    It 'has run outermost BeforeEach first and innermost AfterEach first' {
        $log -join ', ' | Should -Be 'BeforeAll, BeforeEach, one, AfterEach, BeforeEach, inner BeforeEach, two, inner AfterEach, AfterEach'
    }
}

Describe 'Rows' {
    It 'takes <a> and <b.c>' -TestCases @(@{ a = 1; b = @{ c = 2 } }, @{ a = 3; b = @{ c = 4 } }) {
        param($a, $b)
        $b.c | Should -Be ($a + 1)
    }

    It 'takes <_>' -ForEach 'x', 'y' { $_ | Should -BeIn 'x', 'y' }

    Context 'of a block, <name>' -ForEach @{ name = 'one' }, @{ name = 'two' } {
        BeforeAll { $made = "made $name" }

        It 'sees <name> and what was made of it' {
            $made | Should -Be "made $name"
            $name | Should -BeIn 'one', 'two'
        }
    }
}

Describe 'TestDrive' {
    Context 'one block' {
        It 'keeps a file within the block' {
            Set-Content "$TestDrive/kept.txt" 'x'
            'TestDrive:/kept.txt' | Should -Exist
        }

        It 'still has it' { "$TestDrive/kept.txt" | Should -Exist }
    }

    Context 'another block' {
        It 'does not find it' { 'TestDrive:/kept.txt' | Should -Not -Exist }
    }
}
