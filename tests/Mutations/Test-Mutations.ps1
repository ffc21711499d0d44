#Requires -Version 7.4
<#
.SYNOPSIS
Checks that the property test of complete lists fails if any rule is missing.

.DESCRIPTION
mutations.json contains the name of each rule, its text in the source, and a replacement. This script copies the repository
to a temporary folder, applies one mutation at a time, builds, and runs the property test, which must fail. It ends with an error if the
test passes with a mutation, or fails before any mutation.

Run it in a separate process: 'dotnet pwsh -NoProfile -File tests/Mutations/Test-Mutations.ps1'.

.PARAMETER Rule
The rules to test, with wildcards. The default is all rules.

.PARAMETER Runs
The simulated runs of each situation.

.PARAMETER Filter
The tests that must fail.
#>
[CmdletBinding()]
param(
    [SupportsWildcards()]
    [string[]] $Rule = '*',

    [ValidateRange(1, 10000)]
    [int] $Runs = 20,

    [ValidateNotNullOrEmpty()]
    [string] $Filter = 'FullyQualifiedName~ListingPropertyTests'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Join-Path $PSScriptRoot '../..' -Resolve
$scratch = Join-Path ([System.IO.Path]::GetTempPath()) "CrRegistry-mutations-$PID"
$project = Join-Path $scratch 'tests/CrRegistry.Client.Tests/CrRegistry.Client.Tests.csproj'
$assembly = Join-Path $scratch 'tests/CrRegistry.Client.Tests/bin/Debug/net10.0/CrRegistry.Client.Tests.dll'
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
    # Only compiler errors are relevant, because a mutation may leave a variable unused.
    dotnet build $project -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false *> $log
    if ($LASTEXITCODE -ne 0) { throw "The build failed:`n$((Get-Content $log | Select-String ': error ' | Select-Object -First 3) -join "`n")" }
}

function Test-Property {
    # True if the tests ran and passed.
    dotnet test $assembly --filter $Filter *> $log
    $passed = $LASTEXITCODE -eq 0
    if (-not (Select-String -LiteralPath $log -Pattern 'Passed:\s+\d+' -Quiet)) { throw "The tests did not run:`n$((Get-Content $log -Tail 5) -join "`n")" }
    $passed
}

function Get-FirstViolation {
    (Select-String -LiteralPath $log -Pattern '\bseed \d+, |errors in \d+ runs|Assert\.\w+\(\) Failure' | Select-Object -First 1)?.Line.Trim()
}

$mutations = (Get-Content -Raw (Join-Path $PSScriptRoot 'mutations.json') | ConvertFrom-Json).Where({ $name = $_.rule; $Rule.Where({ $name -like $_ }) })
if (-not $mutations) { throw 'No rule has such a name.' }
$env:CRREGISTRY_SIMULATED_RUNS = $Runs
try {
    Copy-Source
    Invoke-Build
    if (-not (Test-Property)) { throw "The tests fail without any mutation: $(Get-FirstViolation)" }
    $survivors = foreach ($mutation in $mutations) {
        $path = Join-Path $scratch $mutation.file
        $original = [System.IO.File]::ReadAllText($path)
        $places = $original.Split($mutation.text).Count - 1
        if ($places -ne 1) { throw "$($mutation.file) contains the text of '$($mutation.rule)' $places times." }
        [System.IO.File]::WriteAllText($path, $original.Replace($mutation.text, $mutation.replacement))
        Invoke-Build
        if (Test-Property) {
            Write-Host "SURVIVED: $($mutation.rule)"
            $mutation.rule
        }
        else {
            Write-Host "failed as expected: $($mutation.rule): $(Get-FirstViolation)"
        }

        [System.IO.File]::WriteAllText($path, $original)
    }

    if ($survivors) { throw "The test passes without $(@($survivors).Count) of $($mutations.Count) rules." }
    Write-Host "The test fails without each of $($mutations.Count) rules."
}
finally {
    Remove-Item -Recurse -Force -LiteralPath $scratch -ErrorAction Ignore
}
