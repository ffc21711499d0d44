using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Documents;

/// <summary><c>Get-Help -Online</c> must open a page in English for each cmdlet. PowerShell opens pages by <c>xdg-open</c>.</summary>
public sealed class OnlineHelpTests
{
    private const string Documentation = "https://www.alibabacloud.com/help/en/acr/";

    [Fact]
    public async Task Opens_a_page_for_each_cmdlet()
    {
        var run = await PowerShellRun.WithModuleAsync(
            """
            $opened = Join-Path $PWD 'opened'
            Set-Content -LiteralPath xdg-open -Value "#!/bin/sh`necho `"`$1`" > '$opened'"
            chmod +x xdg-open
            $env:PATH = "${PWD}:$env:PATH"
            foreach ($command in Get-Command -Module CrRegistry) {
                Get-Help $command.Name -Online
                while (-not (Test-Path -LiteralPath $opened) -or -not (Get-Content -LiteralPath $opened)) { Start-Sleep -Milliseconds 50 }
                "$($command.Name) $(Get-Content -LiteralPath $opened)"
                Remove-Item -LiteralPath $opened
            }
            """);
        var pages = run.Succeeded().TrimEnd().Split('\n').Select(line => line.Split(' ')).ToDictionary(line => line[0], line => line[1]);
        Assert.All(pages.Values, page => Assert.StartsWith(Documentation, page));
        Assert.Equal(Documentation + "developer-reference/api-cr-2018-12-01-listrepotag", pages["Get-CrRepoTag"]);
        Assert.Equal(Documentation + "developer-reference/api-cr-2018-12-01-listrepository", pages["Get-CrRepository"]);
        Assert.Contains("Connect-CrRegistry", pages);
    }
}
