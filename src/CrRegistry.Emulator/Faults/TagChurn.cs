using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Faults;

/// <summary>Changes a repository while it is listed: now and then a tag is pushed or one is deleted.</summary>
/// <param name="chance">How likely a change is after a page was read, from 0 to 1.</param>
/// <param name="seed">Makes the changes the same in each run.</param>
/// <param name="clock">When a tag is pushed.</param>
internal sealed class TagChurn(double chance, int seed, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private int _pushed;

    public void AfterPage(RegistryRepository repository)
    {
        lock (_gate)
        {
            if (_random.NextDouble() >= chance)
                return;
            if (repository.TagCount == 0 || _random.Next(2) == 0)
                repository.Put(GeneratedTag.Of($"{repository.NamespaceName}/{repository.RepoName}", $"pushed-{_pushed}", _pushed++, clock.GetUtcNow()));
            else if (repository.Page(_random.Next(repository.TagCount), 1).Tags is [var any])
                repository.Remove(any.Tag);
        }
    }
}
