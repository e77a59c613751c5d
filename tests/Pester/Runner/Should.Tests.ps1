# Every operator of the runner passes when it should and fails when it should: a runner that cannot fail proves nothing.
Describe 'Should' {
    It '<operator> holds for <actual> and <expected>' -TestCases @(
        @{ operator = 'Be'; actual = 'Text'; expected = 'tEXT' }
        @{ operator = 'Be'; actual = 5; expected = 5 }
        @{ operator = 'Be'; actual = 1, 2, 'x'; expected = 1, 2, 'X' }
        @{ operator = 'Be'; actual = $null; expected = $null }
        @{ operator = 'BeExactly'; actual = 'Text'; expected = 'Text' }
        @{ operator = 'BeGreaterThan'; actual = 2; expected = 1 }
        @{ operator = 'BeGreaterOrEqual'; actual = 2; expected = 2 }
        @{ operator = 'BeLessThan'; actual = 1; expected = 2 }
        @{ operator = 'BeLessOrEqual'; actual = 2; expected = 2 }
        @{ operator = 'BeLike'; actual = 'Bastion'; expected = 'bas*' }
        @{ operator = 'BeLikeExactly'; actual = 'Bastion'; expected = 'Bas*' }
        @{ operator = 'Match'; actual = 'web-01'; expected = '^WEB-\d+$' }
        @{ operator = 'MatchExactly'; actual = 'web-01'; expected = '^web-\d+$' }
        @{ operator = 'Contain'; actual = 1, 2, 3; expected = 2 }
        @{ operator = 'BeIn'; actual = 'a'; expected = 'a', 'b' }
        @{ operator = 'HaveCount'; actual = 1, 2, 3; expected = 3 }
        @{ operator = 'BeOfType'; actual = 5; expected = [int] }
        @{ operator = 'BeOfType'; actual = 'x'; expected = 'string' }
    ) {
        $how = @{ $operator = $true }
        $actual | Should @how $expected
        $failure = { $actual | Should @how $expected -Not } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'PesterAssertionFailed*'
    }

    It '<operator> fails for <actual> and <expected>' -TestCases @(
        @{ operator = 'Be'; actual = 'Text'; expected = 'Texts' }
        @{ operator = 'Be'; actual = 1, 2; expected = 2, 1 }
        @{ operator = 'Be'; actual = 1, 2; expected = 1, 2, 3 }
        @{ operator = 'BeExactly'; actual = 'Text'; expected = 'text' }
        @{ operator = 'BeGreaterThan'; actual = 2; expected = 2 }
        @{ operator = 'BeGreaterOrEqual'; actual = 1; expected = 2 }
        @{ operator = 'BeLessThan'; actual = 2; expected = 2 }
        @{ operator = 'BeLessOrEqual'; actual = 3; expected = 2 }
        @{ operator = 'BeLike'; actual = 'Bastion'; expected = 'as*' }
        @{ operator = 'BeLikeExactly'; actual = 'Bastion'; expected = 'bas*' }
        @{ operator = 'Match'; actual = 'web-01'; expected = '^db' }
        @{ operator = 'MatchExactly'; actual = 'web-01'; expected = 'WEB' }
        @{ operator = 'Contain'; actual = 1, 2, 3; expected = 4 }
        @{ operator = 'BeIn'; actual = 'c'; expected = 'a', 'b' }
        @{ operator = 'HaveCount'; actual = 1, 2, 3; expected = 2 }
        @{ operator = 'BeOfType'; actual = 5; expected = [string] }
    ) {
        $how = @{ $operator = $true }
        $actual | Should @how $expected -Not
        { $actual | Should @how $expected } | Should -Throw -ErrorId 'PesterAssertionFailed*'
    }

    It 'knows true from false' {
        1 | Should -BeTrue
        0 | Should -BeFalse
        { $false | Should -BeTrue } | Should -Throw
        { 'text' | Should -BeFalse } | Should -Throw
    }

    It 'knows what is empty' {
        $null | Should -BeNullOrEmpty
        '' | Should -BeNullOrEmpty
        @() | Should -BeNullOrEmpty
        0 | Should -Not -BeNullOrEmpty
        { 'x' | Should -BeNullOrEmpty } | Should -Throw
        { @() | Should -Not -BeNullOrEmpty } | Should -Throw
    }

    It 'counts nothing as none and one as one' {
        @() | Should -HaveCount 0
        'one' | Should -HaveCount 1
        { 'one' | Should -HaveCount 0 } | Should -Throw
    }

    It 'says why' {
        $failure = { 1 | Should -Be 2 -Because 'the store says so' } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike '*because the store says so*'
    }

    It 'refuses an operator or a parameter that it does not know' {
        { 1 | Should -BeWonderful 1 } | Should -Throw
        { 1 | Should -Be 1 -Loudly } | Should -Throw
        { 1 | Should Be 1 } | Should -Throw
    }
}

Describe 'Should -Throw' {
    It 'fails when nothing is thrown' {
        { { 1 } | Should -Throw } | Should -Throw -ErrorId 'PesterAssertionFailed*'
    }

    It 'fails under -Not when something is' {
        { { throw 'x' } | Should -Not -Throw } | Should -Throw -ErrorId 'PesterAssertionFailed*'
        { 1 } | Should -Not -Throw
    }

    It 'compares the error id as a pattern' {
        $block = { Get-Item (Join-Path $TestDrive 'none') -ErrorAction Stop }
        $block | Should -Throw -ErrorId 'PathNotFound*'
        $block | Should -Throw -ErrorId 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand'
        { $block | Should -Throw -ErrorId 'PathNotFound' } | Should -Throw
        { $block | Should -Throw -ErrorId 'SomethingElse*' } | Should -Throw
    }

    It 'compares the message as a pattern' {
        { throw 'a bad thing' } | Should -Throw '*bad*'
        { { throw 'a bad thing' } | Should -Throw 'bad' } | Should -Throw
    }

    It 'compares the type of the exception' {
        { throw [ArgumentException]'x' } | Should -Throw -ExceptionType ([ArgumentException])
        { { throw [ArgumentException]'x' } | Should -Throw -ExceptionType ([IO.IOException]) } | Should -Throw
    }

    It 'passes the error on' {
        $thrown = { Write-Error 'gone' -ErrorId Gone -Category ObjectNotFound -TargetObject 'web-01' -ErrorAction Stop } | Should -Throw -PassThru
        $thrown.CategoryInfo.Category | Should -Be ObjectNotFound
        $thrown.TargetObject | Should -Be 'web-01'
    }

    It 'takes nothing but a script block' {
        { 'text' | Should -Throw } | Should -Throw
    }
}

Describe 'Should on files' {
    BeforeAll { Set-Content 'TestDrive:/note.txt' 'first line', 'second line' }

    It 'knows what exists' {
        'TestDrive:/note.txt' | Should -Exist
        'TestDrive:/none.txt' | Should -Not -Exist
        { 'TestDrive:/none.txt' | Should -Exist } | Should -Throw
    }

    It 'reads what is in it' {
        'TestDrive:/note.txt' | Should -FileContentMatch 'second'
        { 'TestDrive:/note.txt' | Should -FileContentMatch 'third' } | Should -Throw
        'TestDrive:/note.txt' | Should -Not -FileContentMatch 'third'
    }
}

Describe 'Should -HaveParameter' {
    BeforeAll {
        function Get-Sample { param([Parameter(Mandatory)][Alias('N')][string] $Name, [int] $Count) "$Name $Count" }
    }

    It 'knows the parameters of a command' {
        Get-Command Get-Sample | Should -HaveParameter Name -Mandatory -Type string
        Get-Command Get-Sample | Should -HaveParameter Count -Type ([int])
        Get-Command Get-Sample | Should -HaveParameter Name -Alias N
        Get-Command Get-Sample | Should -Not -HaveParameter Size
    }

    It 'fails for what is not so' {
        { Get-Command Get-Sample | Should -HaveParameter Size } | Should -Throw
        { Get-Command Get-Sample | Should -HaveParameter Count -Mandatory } | Should -Throw
        { Get-Command Get-Sample | Should -HaveParameter Count -Type string } | Should -Throw
        { Get-Command Get-Sample | Should -HaveParameter Count -HasArgumentCompleter } | Should -Throw
    }
}
