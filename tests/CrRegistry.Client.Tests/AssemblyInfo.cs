// The environment variables of the credential tests are the process's own.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
