using CrRegistry.Benchmarks;

return await BenchmarkCommand.Create().Parse(args).InvokeAsync();
