using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator;

/// <summary>How an emulator starts.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The number of tags of <c>team/app</c>, which is then the only repository. Null for the sample registry, which has
    /// several repositories with a history. Not used with a <see cref="SeedFile"/>.
    /// </summary>
    public int? TagCount { get; init; } = 30;

    /// <summary>A file of the JSON that <c>Get-CrRepoTag -All | ConvertTo-Json</c> writes, to start with instead of made-up tags.</summary>
    public string? SeedFile { get; init; }

    /// <summary>How long each reply is held.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The order in which tags are listed.</summary>
    public TagOrder Order { get; init; }

    /// <summary>Makes the shuffles of <see cref="TagOrder.Unstable"/> and the changes of <see cref="Churn"/> the same in each run.</summary>
    public int RandomSeed { get; init; }

    /// <summary>How many requests are let through in a second; what is more is throttled, with <c>x-acs-retry-after</c>. All when null.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>
    /// The faults that the first tries of every call are given, in turn; the try after the last one is answered.
    /// A call is the same by its operation and parameters, so each page of a list has its own first tries.
    /// </summary>
    public IReadOnlyList<Fault> FirstTries { get; init; } = [];

    /// <summary>How likely a tag is pushed or deleted after a page of tags was read, from 0 to 1.</summary>
    public double Churn { get; init; }

    /// <summary>How much the TotalCount of lists of tags is too high; below zero, too low.</summary>
    public int TotalOffset { get; init; }

    /// <summary>The most rows that a page of any list has, from 1 to 100: a larger PageSize is cut down to it, and the reply says so.</summary>
    public int LargestPageSize { get; init; } = Paging.LargestPageSize;

    /// <summary>The id of the access key; made at random when null.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The secret of the access key; made at random when null.</summary>
    public string? AccessKeySecret { get; init; }

    /// <summary>The clock that dates of requests are held against, that pushes are dated by and that rates are measured with.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
