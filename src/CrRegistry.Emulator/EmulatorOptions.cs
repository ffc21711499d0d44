using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator;

/// <summary>The settings of an emulator.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The port on the loopback address; 0 for a free port.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The number of tags of <c>team/app</c>, which is then the only repository. Null for the sample registry, which has
    /// several repositories with a history. Not used with a <see cref="SeedFile"/>.
    /// </summary>
    public int? TagCount { get; init; } = 30;

    /// <summary>A file with the JSON output of <c>Get-CrRepoTag -All | ConvertTo-Json</c>. Its tags replace the generated tags.</summary>
    public string? SeedFile { get; init; }

    /// <summary>The time by which each reply is delayed.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The order in which tags are listed.</summary>
    public TagOrder Order { get; init; }

    /// <summary>The seed for the shuffles of <see cref="TagOrder.Unstable"/> and the changes of <see cref="Churn"/>. They are the same in each run with the same seed.</summary>
    public int RandomSeed { get; init; }

    /// <summary>The number of requests that are accepted per second; null for all. Further requests are throttled, with <c>x-acs-retry-after</c>.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>
    /// The faults of the first attempts of each call, in order. The attempt after the last fault succeeds.
    /// Calls are equal if their operations and parameters are equal, so that each page of a list has its own first attempts.
    /// </summary>
    public IReadOnlyList<Fault> FirstTries { get; init; } = [];

    /// <summary>The probability, from 0 to 1, that a tag is pushed or deleted after a page of tags was read.</summary>
    public double Churn { get; init; }

    /// <summary>A number that is added to TotalCount in lists of tags. It may be negative.</summary>
    public int TotalOffset { get; init; }

    /// <summary>The largest number of rows on a page of any list, from 1 to 100. A larger PageSize is reduced to it, and the reply contains the reduced PageSize.</summary>
    public int LargestPageSize { get; init; } = Paging.LargestPageSize;

    /// <summary>The ID of the AccessKey; null for a random one.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The secret of the AccessKey; null for a random one.</summary>
    public string? AccessKeySecret { get; init; }

    /// <summary>The clock for the dates of requests, the times of pushes, and the request rate.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
