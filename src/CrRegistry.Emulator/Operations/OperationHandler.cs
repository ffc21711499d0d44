using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>Executes a call on the store, and returns the fields of the reply without its envelope.</summary>
internal delegate JsonObject OperationHandler(RegistryStore store, CallParameters parameters);
