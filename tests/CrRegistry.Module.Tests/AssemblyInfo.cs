// The contexts of the module and its assembly resolver belong to the process, so that tests cannot run in parallel.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
