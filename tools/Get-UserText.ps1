#Requires -Version 7.4
<#
.SYNOPSIS
Lists the texts of the product that users read, for a review.

.DESCRIPTION
Returns one line for each string in the C# sources that contains words: the file, the line number, and the text, with {} for each value that
is inserted. Strings that are joined by + are one text. PowerShell scripts, doc comments and the help are not included: docs/CrRegistry
has the help as Markdown.

.PARAMETER Path
The folders to search.

.EXAMPLE
dotnet pwsh -NoProfile -File tools/Get-UserText.ps1

Prints the list.
#>
[CmdletBinding()]
param(
    [string[]] $Path = @('src')
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Join-Path $PSScriptRoot '..' -Resolve

function Get-Text ($Node) {
    # Returns the text of a string expression, with {} for each inserted value.
    switch ($Node.GetType().Name) {
        'LiteralExpressionSyntax' { $Node.Token.ValueText }
        'InterpolatedStringExpressionSyntax' { -join $Node.Contents.ForEach({ $_ -is [Microsoft.CodeAnalysis.CSharp.Syntax.InterpolatedStringTextSyntax] ? $_.TextToken.ValueText : '{}' }) }
        'BinaryExpressionSyntax' { (Get-Text $Node.Left) + (Get-Text $Node.Right) }
        default { '{}' }
    }
}

function Test-IsOutermost ($Node) {
    # Excludes a text within another one or within an attribute.
    for ($parent = $Node.Parent; $parent; $parent = $parent.Parent) {
        $type = $parent.GetType().Name
        if ($type -eq 'AttributeSyntax') { return $false }
        if ($type -eq 'BinaryExpressionSyntax' -and $parent.OperatorToken.Text -eq '+') { return $false }
        if ($type -match 'Statement|Member|Declaration|Argument|ArrowExpression') { return $true }
    }
    $true
}

Get-ChildItem -Path $Path.ForEach({ Join-Path $root $_ }) -Recurse -Filter *.cs |
    Where-Object FullName -NotMatch '[/\\](obj|bin)[/\\]' |
    Sort-Object FullName |
    ForEach-Object {
        $file = [System.IO.Path]::GetRelativePath($root, $_.FullName)
        $tree = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText([System.IO.File]::ReadAllText($_.FullName))
        foreach ($node in $tree.GetRoot().DescendantNodes()) {
            $isText = $node -is [Microsoft.CodeAnalysis.CSharp.Syntax.InterpolatedStringExpressionSyntax] -or
                ($node -is [Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax] -and $node.Token.Value -is [string]) -or
                ($node -is [Microsoft.CodeAnalysis.CSharp.Syntax.BinaryExpressionSyntax] -and $node.OperatorToken.Text -eq '+')
            if (-not $isText -or -not (Test-IsOutermost $node)) { continue }
            $text = Get-Text $node
            # At least two words of letters, because shorter texts are names.
            if ($text -notmatch '\p{Ll}+[,:;.]? \p{L}*') { continue }
            '{0}:{1}: {2}' -f $file, ($tree.GetLineSpan($node.Span).StartLinePosition.Line + 1), $text.Replace("`n", '\n')
        }
    }
