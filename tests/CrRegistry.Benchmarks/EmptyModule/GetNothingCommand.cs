using System.Management.Automation;

namespace EmptyModule;

/// <summary>The one cmdlet of a binary module that does nothing: what the import of any module costs.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet;
