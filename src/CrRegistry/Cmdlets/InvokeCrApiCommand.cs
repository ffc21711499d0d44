using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Calls any operation of the API.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CrApi", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-overview")]
[OutputType(typeof(PSObject))]
public sealed class InvokeCrApiCommand : ServiceCmdlet
{
    private readonly ListingProgress _progress;
    private Operation _operation = null!;

    /// <summary>Initializes the cmdlet.</summary>
    public InvokeCrApiCommand() => _progress = new ListingProgress("rows", () => Elapsed);

    /// <summary>The operation, for example <c>ListNamespace</c>.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ActionCompleter))]
    [NameArgument]
    public string Action { get; set; } = string.Empty;

    /// <summary>The parameters of the operation, by name. $null counts as not specified.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ApiParameterCompleter))]
    public IDictionary Parameter { get; set; } = new Hashtable();

    /// <summary>Returns the rows of all pages of a list, or an error.</summary>
    [Parameter]
    public SwitchParameter Paginate { get; set; }

    /// <summary>Sends operations and parameters that are not known, and omits required ones.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The parameter InstanceId of the operation, if -Parameter does not contain it. The default is that of the context.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument]
    public string? InstanceId { get; set; }

    /// <summary>The region of the service, and the parameter RegionId of the operation, if -Parameter does not contain it. The default is that of the context.</summary>
    [Parameter]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    private protected override void BeginInput()
    {
        RejectEmpty(InstanceId, RegionId);
        if (Session.Format == CrFormat.Xml)
            Terminate(FailureRecord.OfArgument("Invoke-CrApi reads replies in JSON only, but the connection uses XML. Use Connect-CrRegistry without -Format.", "FormatNotSupported", Session.Format));
        _operation = ApiArgument.FindOperation(Action, Force, Terminate)!;
        if (Paginate && ApiArgument.ValidatePaging(_operation) is { } problem) Terminate(problem);
        if (IsSpecified(nameof(InstanceId)) && !Force && !ApiArgument.Has(_operation, nameof(InstanceId)))
            Terminate(FailureRecord.OfArgument($"{_operation.Name} has no parameter 'InstanceId'. Omit -InstanceId.", "ParameterUnknown", InstanceId));
    }

    private protected override void AddInput()
    {
        // An error of a piped item concerns that item only.
        Action<ErrorRecord> reject = MyInvocation.ExpectingInput ? WriteErrorInTurn : Terminate;
        var region = EffectiveRegion(RegionId);
        if (ApiArgument.Read(_operation, Parameter, Force, reject) is not { } values || !ApiArgument.ValidateValues(_operation, values, reject) || !AddDefaults(values, region, reject) || !ApiArgument.Validate(_operation, values, Paginate, Force, reject)) return;
        if (Send(values, reject) is not { } parameters) return;
        if (FindEndpoint(region, out var noEndpoint) is not { } endpoint)
        {
            reject(noEndpoint!);
            return;
        }

        var name = Describe(parameters) is { Length: > 0 } description ? description : endpoint.Authority;
        if (_operation.Writes && !ShouldProcess(name, _operation.Name)) return;
        Jobs.Add(
            new JobInput(name),
            Paginate ? Session.Connection.CallPages(endpoint, _operation, parameters, PageSize(parameters)) : Session.Connection.Call(endpoint, _operation, parameters));
    }

    private protected override void Receive(JobInput input, JobMessage message)
    {
        switch (message)
        {
            case RowFound<ApiObject> reply:
                WriteObject(ApiOutput.Of(reply.Row));
                break;
            case Page<ApiRow> page:
                _progress.PageBegins();
                foreach (var row in page.Rows)
                {
                    WriteObject(ApiOutput.Of(row.Value));
                    Show(_progress.RowWritten());
                }

                Show(_progress.Next(input, page.Rows.Count, page.TotalCount));
                break;
        }
    }

    private protected override void JobEnded() => Show(_progress.End());

    /// <summary>Adds the instance and the region, if the operation has such parameters and they are not specified.</summary>
    private bool AddDefaults(Dictionary<string, object?> values, string? region, Action<ErrorRecord> reject)
    {
        if (NeedsDefault(nameof(RegionId))) values[nameof(RegionId)] = region;
        // An unknown operation may have the parameter. Only -InstanceId then adds it.
        if ((NeedsDefault(nameof(InstanceId)) ? InstanceId ?? Session.InstanceId : InstanceId) is not { } instanceId || IsSpecifiedIn(values, nameof(InstanceId))) return true;
        values[nameof(InstanceId)] = instanceId;
        if (ValidateInstance(instanceId) is not { } problem) return true;
        reject(problem);
        return false;

        bool NeedsDefault(string name) => ApiArgument.Has(_operation, name) && !IsSpecifiedIn(values, name);
    }

    private static bool IsSpecifiedIn(Dictionary<string, object?> values, string name) => values.TryGetValue(name, out var value) && value is not null;

    /// <summary>Returns the parameters in the form in which they are sent; null if a value is invalid.</summary>
    private Dictionary<string, string>? Send(Dictionary<string, object?> values, Action<ErrorRecord> reject)
    {
        try
        {
            return WireParameters.Of(_operation, values);
        }
        catch (ArgumentException exception)
        {
            reject(FailureRecord.OfArgument(exception.Message, "ParameterInvalid", Action));
            return null;
        }
    }

    /// <summary>Returns the parameters as text, for a question and for errors. Values that may not be shown are masked.</summary>
    private string Describe(Dictionary<string, string> parameters) =>
        string.Join(", ", parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => $"{parameter.Key}={(_operation.Shows(parameter.Key) ? parameter.Value : "***")}"));

    private int? PageSize(Dictionary<string, string> parameters) =>
        parameters.TryGetValue(nameof(PageSize), out var size) ? int.Parse(size, CultureInfo.InvariantCulture) : null;
}
