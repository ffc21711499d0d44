// The credential tests change environment variables of the process, so that tests cannot run in parallel.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
