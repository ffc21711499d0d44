using CrRegistry.Emulator;

return await EmulatorCommand.Create().Parse(args).InvokeAsync();
