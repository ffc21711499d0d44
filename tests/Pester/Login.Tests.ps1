# Login tokens of Get-CrLoginToken: the input of a program that logs in, and the output that must not contain the token.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Support/Emulator.psm1" -Force
    Import-ModuleUnderTest
    $emulator = Start-Emulator
    $secret = ConvertTo-SecureString -String $emulator.AccessKeySecret -AsPlainText -Force
    Connect-CrRegistry $emulator.RegionId $emulator.InstanceId -Endpoint $emulator.Address -Credential (New-Object -TypeName pscredential -ArgumentList $emulator.AccessKeyId, $secret)
}

AfterAll {
    Disconnect-CrRegistry
    Stop-Emulator -Emulator $emulator
}

Describe 'The input of docker login' {
    It 'is the token and one line break' {
        $login = Get-CrLoginToken
        $shell = (Get-Process -Id $PID).Path
        $assembly = @(if ([System.IO.Path]::GetFileNameWithoutExtension($shell) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
        $reader = @'
$bytes = New-Object -TypeName System.IO.MemoryStream
[Console]::OpenStandardInput().CopyTo($bytes)
[BitConverter]::ToString($bytes.ToArray())
'@
        $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($reader))

        $received = $login.Credential.GetNetworkCredential().Password | & $shell @assembly -NoProfile -NonInteractive -EncodedCommand $encoded

        $expected = [System.Text.Encoding]::ASCII.GetBytes($login.Credential.GetNetworkCredential().Password + [Environment]::NewLine)
        $received | Should -BeExactly ([BitConverter]::ToString($expected))
    }
}

Describe 'The output of a login token' {
    It 'does not contain the token' {
        $transcript = Join-Path $TestDrive 'transcript.txt'
        $file = Join-Path $TestDrive 'login.xml'
        $null = Start-Transcript -Path $transcript
        $login = Get-CrLoginToken -Verbose -Debug 4>&1 5>&1 | ForEach-Object { if ($_ -is [CrRegistry.LoginToken]) { $_ } else { "$_" | Out-Host } }
        $output = @(
            $login | Out-String
            $login | Format-Table | Out-String
            $login | Format-Table -Property * | Out-String
            $login | Format-List | Out-String
            $login | Format-List -Property * | Out-String
            $login | Format-Wide | Out-String
            $login | Format-Custom | Out-String
            $login | Format-Custom -Property * | Out-String
            $login | ConvertTo-Json -Depth 5
            $login | ConvertTo-Csv
            "$login"
            $login | Export-Clixml -Path $file -Depth 5
            Get-Content -LiteralPath $file
            Import-Clixml -Path $file | Format-List | Out-String
        ) -join "`n"
        $output | Out-Host
        $null = Stop-Transcript

        $token = $login.Credential.GetNetworkCredential().Password
        $hexadecimal = [BitConverter]::ToString([System.Text.Encoding]::Unicode.GetBytes($token)) -replace '-'
        foreach ($text in $output, (Get-Content -LiteralPath $transcript -Raw)) {
            $text | Should -BeLike "*$($login.Server)*"
            $text.Contains($token.Substring(9)) | Should -BeFalse
            # The form of a SecureString in CLIXML, except on Windows.
            $text.ToUpperInvariant().Contains($hexadecimal) | Should -BeFalse
        }
        Get-Content -LiteralPath $transcript -Raw | Should -BeLike '*GetAuthorizationToken, as it was signed:*'
    }
}
