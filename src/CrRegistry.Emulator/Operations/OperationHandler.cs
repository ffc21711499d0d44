using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>Does what a call asks of the store, and gives the fields of the reply beside its envelope.</summary>
internal delegate JsonObject OperationHandler(RegistryStore store, CallParameters parameters);
