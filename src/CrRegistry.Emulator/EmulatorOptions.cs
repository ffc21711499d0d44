using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator;

/// <summary>How an emulator starts.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How many tags the repository <c>team/app</c> has. Not used with a <see cref="SeedFile"/>.</summary>
    public int TagCount { get; init; } = 30;

    /// <summary>A file of the JSON that <c>Get-CrRepoTag -All | ConvertTo-Json</c> writes, to start with instead of made-up tags.</summary>
    public string? SeedFile { get; init; }

    /// <summary>How long each reply is held.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The order in which tags are listed.</summary>
    public TagOrder Order { get; init; }

    /// <summary>Makes the shuffles of <see cref="TagOrder.Unstable"/> the same in each run.</summary>
    public int ShuffleSeed { get; init; }

    /// <summary>The id of the access key; made at random when null.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The secret of the access key; made at random when null.</summary>
    public string? AccessKeySecret { get; init; }

    /// <summary>The clock that dates of requests are held against.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
