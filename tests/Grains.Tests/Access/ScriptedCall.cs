using System.Reflection;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace NeetoDeploy.Grains.Tests.Access;

/// <summary>A call from outside the silo that arrives at a grain's door.</summary>
public sealed class ScriptedCall(MethodInfo method, AppId app, object grain) : IIncomingGrainCallContext
{
    public bool WasInvoked { get; private set; }

    public object Grain => grain;

    public MethodInfo InterfaceMethod => method;

    public MethodInfo ImplementationMethod => method;

    public string InterfaceName => method.DeclaringType!.Name;

    public string MethodName => method.Name;

    public GrainInterfaceType InterfaceType => default;

    public GrainId? SourceId => null;

    public GrainId TargetId => GrainId.Create("any", app.ToString());

    public IInvokable Request => throw new NotSupportedException();

    public IGrainContext TargetContext => throw new NotSupportedException();

    public object? Result { get; set; }

    public Response? Response { get; set; }

    public Task Invoke()
    {
        WasInvoked = true;
        return Task.CompletedTask;
    }
}

/// <summary>An app that knows nothing but what the caller is to it.</summary>
public class ScriptedApp : DispatchProxy
{
    private AppRole role;

    public static IAppGrain WithRole(AppRole role)
    {
        var app = Create<IAppGrain, ScriptedApp>();
        ((ScriptedApp)app).role = role;
        return app;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == nameof(IAppGrain.GetRoleAsync) ? Task.FromResult(role) : throw new NotSupportedException();
}

/// <summary>A team that knows nothing but what the caller is to it.</summary>
public class ScriptedTeam : DispatchProxy
{
    private TeamRole role;

    public static ITeamGrain WithRole(TeamRole role)
    {
        var team = Create<ITeamGrain, ScriptedTeam>();
        ((ScriptedTeam)team).role = role;
        return team;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == nameof(ITeamGrain.GetRoleAsync) ? Task.FromResult(role) : throw new NotSupportedException();
}
