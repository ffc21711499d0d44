using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Faults;

/// <summary>Changes a repository during a listing: sometimes pushes or deletes a tag.</summary>
/// <param name="chance">The probability of a change after a page was read, from 0 to 1.</param>
/// <param name="seed">The seed of the changes, which are the same in each run with the same seed.</param>
/// <param name="clock">The clock for the times of pushes.</param>
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
