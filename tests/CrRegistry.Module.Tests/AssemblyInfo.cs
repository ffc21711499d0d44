// The module's context and the hook of its loading are the process's own.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
