using System.Management.Automation;

namespace EmptyModule;

/// <summary>The only cmdlet of an empty binary module. It shows the cost of the import of any module.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet;
