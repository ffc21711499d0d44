# Shows replies with terminal control characters in every field. Terminal.Tests.ps1 runs it in a terminal, and reads the screen.

param([string] $ErrorView = 'ConciseView')

$ErrorActionPreference = 'Continue'
Import-Module -Name "$PSScriptRoot/TestSupport.psm1"
Import-ModuleUnderTest
$e = [char] 27

# Moves the cursor, writes to the clipboard, rings, begins a line, overwrites, and changes the order of characters.
function Get-Hostile {
    param([string] $Name, [string] $Last = [char]::ConvertFromUtf32(0xE0041))
    $Name + "$e[7777m$e]52;c;eA==$([char] 7)$([char] 0x9B)31m$([char] 0x9D)52;c;eA==$([char] 0x9C)" + "`r`nFORGED $Name`b`b$([char] 127)" +
        (-join [char[]] (0x202E, 0x2066, 0x200F, 0x2028, 0x2029, 0xFEFF, 0x200B, 0x00AD)) + $Last + 'end'
}

function ConvertTo-Reply {
    param([System.Collections.IDictionary] $Fields)
    '{' + (@($Fields.GetEnumerator() | ForEach-Object {
        $value = $_.Value
        $json = if ($value -isnot [string]) { $value | ConvertTo-Json -Compress }
        elseif ($value.StartsWith('[')) { $value }
        else { '"' + (-join ($value.ToCharArray() | ForEach-Object { '\u{0:x4}' -f [int] $_ })) + '"' }
        '"' + $_.Key + '":' + $json
    }) -join ',') + '}'
}

function New-Answer {
    param([string] $Action, [System.Collections.IDictionary] $Fields, [int] $Status = 200, [System.Collections.IDictionary] $More = @{})
    $stub = New-StubService -Tags 0
    $stub.RequestIdHeader = (Get-Hostile HeaderId -Last ([char] 0xD800)) -replace '[\r\n]'
    $stub.Answer($Action, 0, $Status, 'application/json', (ConvertTo-Reply $Fields))
    foreach ($other in $More.Keys) { $stub.Answer($other, 0, 200, 'application/json', (ConvertTo-Reply $More[$other])) }
    Connect-StubService -Stub $stub
}

$success = [ordered]@{ IsSuccess = $true; Code = 'success'; PageNo = 1; PageSize = 30; TotalCount = '1' }

'== tags'
$row = [ordered]@{ ImageSize = 5; ImageUpdate = '' }
foreach ($field in 'Tag', 'Digest', 'ImageId', 'Status') { $row[$field] = Get-Hostile $field }
$envelope = $success + @{ RequestId = Get-Hostile BodyId; Message = Get-Hostile Message }
New-Answer ListRepoTag ($envelope + @{ Images = "[$(ConvertTo-Reply $row)]" })
& { $VerbosePreference = $DebugPreference = 'Continue'; Get-CrRepoTag crr-app } | Format-Table
Get-CrRepoTag crr-app -WarningAction Ignore | Format-List
Get-CrRepoTag crr-app -WarningAction Ignore | Format-Wide -Column 1
$tag = Get-CrRepoTag crr-app -WarningAction Ignore
"original: $($tag.Tag -ceq (Get-Hostile Tag))"
[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($tag)) | Format-Table

'== a tag with an invalid value'
$row['ImageUpdate'] = Get-Hostile Time
New-Answer ListRepoTag ($envelope + @{ Images = "[$(ConvertTo-Reply $row)]" })
Get-CrRepoTag crr-app
Get-Error

'== evaluated tags'
$evaluated = [CrRegistry.EvaluatedTag]@{ Tag = Get-Hostile Tag; Verdict = Get-Hostile Verdict; Reason = Get-Hostile Reason; Digest = Get-Hostile Digest; RepoId = Get-Hostile RepoId }
$evaluated | Format-Table
$evaluated | Format-List
$evaluated | Format-Wide -Column 1
$evaluated | Select-CrStaleTag -KeepLatest 1
$tag = [CrRegistry.ImageTag]@{ Tag = Get-Hostile Tag; RepoId = Get-Hostile RepoId; InstanceId = 'cri-test' }
$tag | Select-CrStaleTag -KeepLatest 1 -Protect (Get-Hostile Pattern) -Explain
$tag | Select-CrStaleTag -KeepLatest 1 -InUse (Get-Hostile Reference)

'== removed tags'
$removed = [CrRegistry.RemovedTag]@{ Tag = Get-Hostile Tag; Result = Get-Hostile Result; Reason = Get-Hostile Reason; Digest = Get-Hostile Digest; RepoId = Get-Hostile RepoId }
$removed | Format-Table
$removed | Format-List
$removed | Format-Wide -Column 1
$removed | Remove-CrRepoTag -WhatIf
[pscustomobject]@{ Tag = Get-Hostile Tag; RepoId = 'crr-app'; Digest = 'a' } | Remove-CrRepoTag -WhatIf

'== scans'
$row = [ordered]@{}
foreach ($field in 'CveName', 'CveLink', 'CveLocation', 'Severity', 'ScanType', 'Feature', 'Version', 'VersionFixed', 'VersionFormat', 'AddedBy', 'Description', 'FixCmd', 'AliasName') { $row[$field] = Get-Hostile $field }
New-Answer ListRepoTagScanResult ($envelope + @{ Vulnerabilities = "[$(ConvertTo-Reply $row)]" }) -More @{ GetRepoTagScanStatus = [ordered]@{ Code = 'success'; Status = 'COMPLETE' } }
$tag = [CrRegistry.ImageTag]@{ Tag = 'v1'; RepoId = 'crr-app' }
$tag | Get-CrRepoTagVulnerability | Format-Table
$tag | Get-CrRepoTagVulnerability | Format-List
$tag | Get-CrRepoTagVulnerability | Format-Wide -Column 1
$tag | Get-CrRepoTagVulnerability -Severity High
New-Answer GetRepoTagScanStatus ([ordered]@{ Code = 'success'; Status = Get-Hostile ScanStatus; ScanService = Get-Hostile ScanService })
$scan = $tag | Get-CrRepoTagScan
$scan | Format-Table
$scan | Format-List
$scan | Format-Wide -Column 1
$scan | Get-CrRepoTagVulnerability
$scan | Start-CrRepoTagScan -WhatIf
$scan | Start-CrRepoTagScan -Wait -TimeoutSeconds 1
[CrRegistry.TagScan]@{ Tag = Get-Hostile Tag; RepoId = 'crr-app' } | Get-CrRepoTagScan
[CrRegistry.TagScan]@{ Tag = Get-Hostile Tag; RepoId = Get-Hostile RepoId }

'== repositories'
$row = [ordered]@{ CreateTime = 0 }
foreach ($field in 'RepoId', 'RepoName', 'RepoNamespaceName', 'RepoStatus', 'RepoType', 'RepoBuildType', 'Summary', 'Detail', 'TagImmutability', 'ResourceGroupId') { $row[$field] = Get-Hostile $field }
New-Answer ListRepository ($envelope + @{ Repositories = "[$(ConvertTo-Reply $row)]" })
Get-CrRepository | Format-Table
Get-CrRepository | Format-List
Get-CrRepository | Format-Wide -Column 1
Get-CrRepository | Get-CrRepoTag

'== measured repositories'
$measured = [CrRegistry.MeasuredRepository]@{ Problem = Get-Hostile Problem; RepoName = Get-Hostile RepoName; RepoNamespaceName = Get-Hostile RepoNamespaceName; RepoId = Get-Hostile RepoId; InstanceId = Get-Hostile InstanceId; RegionId = Get-Hostile RegionId }
$measured | Format-Table
$measured | Format-List
$measured | Format-Wide -Column 1
$measured | Measure-CrRepository
Measure-CrRepository -All -Verbose
Measure-CrRepository (Get-Hostile MeasuredName), "$(Get-Hostile MeasuredName)*["
New-Answer ListRepoTag @{ Code = 'NoPrivilege'; Message = Get-Hostile MeasuredProblem } -Status 403
Measure-CrRepository crr-app

'== namespaces'
$row = [ordered]@{ AutoCreateRepo = $true }
foreach ($field in 'NamespaceId', 'NamespaceName', 'NamespaceStatus', 'DefaultRepoType', 'ResourceGroupId') { $row[$field] = Get-Hostile $field }
New-Answer ListNamespace ($envelope + @{ Namespaces = "[$(ConvertTo-Reply $row)]" })
Get-CrNamespace | Format-Table
Get-CrNamespace | Format-List
Get-CrNamespace | Format-Wide -Column 1
Get-CrNamespace | Get-CrRepository

'== instances'
$row = [ordered]@{ CreateTime = '0' }
foreach ($field in 'InstanceId', 'InstanceName', 'InstanceStatus', 'InstanceSpecification', 'InstanceIssue', 'RegionId', 'ResourceGroupId') { $row[$field] = Get-Hostile $field }
New-Answer ListInstance ($envelope + @{ Instances = "[$(ConvertTo-Reply $row)]" })
Get-CrInstance | Format-Table
Get-CrInstance | Format-List
Get-CrInstance | Format-Wide -Column 1
Get-CrInstance | Get-CrNamespace

'== login tokens'
$row = [ordered]@{ EndpointType = 'internet'; Domains = "[$(ConvertTo-Reply @{ Domain = Get-Hostile Domain })]" }
New-Answer ListInstanceEndpoint ($envelope + @{ Endpoints = "[$(ConvertTo-Reply $row)]" })
Get-CrLoginToken
$login = [CrRegistry.LoginToken]@{ Server = Get-Hostile Server; UserName = Get-Hostile UserName; InstanceId = Get-Hostile InstanceId; RegionId = Get-Hostile RegionId }
$login | Format-Table
$login | Format-List
$login | Format-Wide -Column 1

'== any operation'
New-Answer GetChain ($envelope + [ordered]@{ Name = Get-Hostile AnyText; ChainConfig = "[$(ConvertTo-Reply @{ Nested = Get-Hostile AnyNested })]" })
$reply = Invoke-CrApi GetChain @{ ChainId = Get-Hostile AnyParameter } -Verbose
$reply
$reply | Format-List
$reply | Format-Table
$reply | Format-Wide -Column 1
$reply.ChainConfig
"same: $($reply.Name -ceq (Get-Hostile AnyText))"
[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($reply))
Invoke-CrApi DeleteChain @{ ChainId = 'x' } -WhatIf
Invoke-CrApi DeleteNamespace @{ NamespaceName = Get-Hostile AnyName } -WhatIf
Invoke-CrApi DeleteNamespace @{ NamespaceName = Get-Hostile AnyName }
Invoke-CrApi (Get-Hostile AnyAction)
Invoke-CrApi GetChain @{ (Get-Hostile AnyKey) = 1 }

'== rejections'
$rejection = [ordered]@{}
foreach ($field in 'Code', 'Message', 'RequestId', 'Recommend') { $rejection[$field] = Get-Hostile "Rejection$field" }
foreach ($status in 403, 500) {
    New-Answer ListRepoTag $rejection -Status $status
    Get-CrRepoTag crr-app
    Get-Error
}

New-Answer ListRepoTag ($rejection + @{ IsSuccess = $false }) -Status 200
Get-CrRepoTag crr-app -Verbose
New-Answer ListRepoTag @{ Description = Get-Hostile Description } -Status 502
Get-CrRepoTag crr-app
$stub = New-StubService -Tags 0
$stub.Answer('ListRepoTag', 0, 200, 'text/html', "<html>$(Get-Hostile Page)</html>")
Connect-StubService -Stub $stub
Get-CrRepoTag crr-app
foreach ($body in "<a>$(Get-Hostile Xml)</a>", "{$(Get-Hostile Json)") {
    $stub = New-StubService -Tags 0
    $stub.Answer('ListRepoTag', 0, 200, 'text/plain', $body)
    Connect-StubService -Stub $stub
    Get-CrRepoTag crr-app
    Get-Error
}

'== input from elsewhere'
Connect-StubService -Stub (New-StubService -Tags 1)
[pscustomobject]@{ RepoId = 'crr-app'; Tag = Get-Hostile InputTag -Last ([char] 0xD800) } | Get-CrRepoTag
[pscustomobject]@{ RepoId = Get-Hostile InputId } | Get-CrRepoTag
[pscustomobject]@{ RepoId = 'crr-app'; InstanceId = Get-Hostile InputInstance } | Get-CrRepoTag
[pscustomobject]@{ RepoId = 'crr-app'; RegionId = Get-Hostile InputRegion } | Get-CrRepoTag
Get-CrRepoTag (Get-Hostile InputRepository)
Get-CrRepository -Namespace (Get-Hostile InputNamespace)
Get-CrRepoTag crr-app -Tag "$(Get-Hostile InputWildcard)["
Connect-CrRegistry -InstanceId (Get-Hostile InputInstance)
'== end'
