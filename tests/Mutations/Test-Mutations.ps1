#Requires -Version 7.4
<#
.SYNOPSIS
Checks that a property test fails if any rule of complete lists or of removal is missing.

.DESCRIPTION
mutations.json contains the name of each rule, its text in the source, and a replacement. This script copies the repository
to a temporary folder, applies one mutation at a time, builds, and runs the tests that the rule names, which must fail. It ends with an error
if the tests pass with a mutation, or fail before any mutation. A rule without names is tested by ListingPropertyTests of CrRegistry.Client.Tests.

Run it in a separate process: 'dotnet pwsh -NoProfile -File tests/Mutations/Test-Mutations.ps1'.

.PARAMETER Rule
The rules to test, with wildcards. The default is all rules.

.PARAMETER Runs
The simulated runs of each situation.
#>
[CmdletBinding()]
param(
    [SupportsWildcards()]
    [string[]] $Rule = '*',

    [ValidateRange(1, 10000)]
    [int] $Runs = 20
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Join-Path $PSScriptRoot '../..' -Resolve
$scratch = Join-Path ([System.IO.Path]::GetTempPath()) "CrRegistry-mutations-$PID"
$log = Join-Path $scratch 'output.log'

function Copy-Source {
    # Copies the working tree, including uncommitted files, without build output.
    $files = git -C $root ls-files --cached --others --exclude-standard
    if ($LASTEXITCODE -ne 0) { throw "'git ls-files' ended with exit code $LASTEXITCODE." }
    foreach ($file in $files) {
        $source = Join-Path $root $file
        if (-not (Test-Path -LiteralPath $source -PathType Leaf)) { continue }
        $target = Join-Path $scratch $file
        $null = New-Item -ItemType Directory -Force -Path (Split-Path $target)
        Copy-Item -LiteralPath $source -Destination $target
    }
}

function Invoke-Build {
    param([psobject] $Target)
    $project = Join-Path $scratch "tests/$($Target.Project)/$($Target.Project).csproj"
    # Only compiler errors are relevant, because a mutation may leave a variable unused.
    dotnet build $project -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false *> $log
    if ($LASTEXITCODE -ne 0) { throw "The build failed:`n$((Get-Content $log | Select-String ': error ' | Select-Object -First 3) -join "`n")" }
}

function Test-Property {
    # True if the tests ran and passed.
    param([psobject] $Target)
    $assembly = Join-Path $scratch "tests/$($Target.Project)/bin/Debug/net10.0/$($Target.Project).dll"
    dotnet test $assembly --filter "FullyQualifiedName~$($Target.Tests)" *> $log
    $passed = $LASTEXITCODE -eq 0
    if (-not (Select-String -LiteralPath $log -Pattern 'Passed:\s+\d+' -Quiet)) { throw "The tests did not run:`n$((Get-Content $log -Tail 5) -join "`n")" }
    $passed
}

function Get-FirstViolation {
    (Select-String -LiteralPath $log -Pattern '\bseed \d+, |errors in \d+ runs|Assert\.\w+\(\) Failure' | Select-Object -First 1)?.Line.Trim()
}

function Get-Target {
    # The tests of a rule. Most rules are those of complete lists.
    param([psobject] $Mutation)
    [pscustomobject]@{
        Project = $Mutation.PSObject.Properties['project']?.Value ?? 'CrRegistry.Client.Tests'
        Tests   = $Mutation.PSObject.Properties['tests']?.Value ?? 'ListingPropertyTests'
    }
}

$mutations = (Get-Content -Raw (Join-Path $PSScriptRoot 'mutations.json') | ConvertFrom-Json).Where({ $name = $_.rule; $Rule.Where({ $name -like $_ }) })
if (-not $mutations) { throw 'No rule has such a name.' }
$env:CRREGISTRY_SIMULATED_RUNS = $Runs
try {
    Copy-Source
    foreach ($target in $mutations | ForEach-Object { Get-Target $_ } | Sort-Object -Unique -Property Project, Tests) {
        Invoke-Build $target
        if (-not (Test-Property $target)) { throw "$($target.Tests) fail without any mutation: $(Get-FirstViolation)" }
    }

    $survivors = foreach ($mutation in $mutations) {
        $target = Get-Target $mutation
        $path = Join-Path $scratch $mutation.file
        $original = [System.IO.File]::ReadAllText($path)
        $places = $original.Split($mutation.text).Count - 1
        if ($places -ne 1) { throw "$($mutation.file) contains the text of '$($mutation.rule)' $places times." }
        [System.IO.File]::WriteAllText($path, $original.Replace($mutation.text, $mutation.replacement))
        Invoke-Build $target
        if (Test-Property $target) {
            Write-Host "SURVIVED: $($mutation.rule)"
            $mutation.rule
        }
        else {
            Write-Host "failed as expected: $($mutation.rule): $(Get-FirstViolation)"
        }

        [System.IO.File]::WriteAllText($path, $original)
    }

    if ($survivors) { throw "The tests pass without $(@($survivors).Count) of $($mutations.Count) rules." }
    Write-Host "The tests fail without each of $($mutations.Count) rules."
}
finally {
    Remove-Item -Recurse -Force -LiteralPath $scratch -ErrorAction Ignore
}
