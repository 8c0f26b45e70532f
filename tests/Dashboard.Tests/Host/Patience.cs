using System.Runtime.CompilerServices;
using Bunit;

namespace NeetoDeploy.Dashboard.Tests.Host;

/// <summary>A test that waits for a component may be one of many on a busy machine.</summary>
internal static class Patience
{
    [ModuleInitializer]
    public static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(60);
}
