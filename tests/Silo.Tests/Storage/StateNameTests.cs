using System.Reflection;
using NeetoDeploy.Grains;
using Orleans;
using Orleans.Runtime;

namespace NeetoDeploy.Silo.Tests.Storage;

/// <summary>A stored row is found by state name and grain key alone: two kinds of grain with one name would read each other's state.</summary>
public sealed class StateNameTests
{
    private static readonly (Type Grain, string State)[] States =
    [
        .. from grain in typeof(GrainsRegistration).Assembly.GetTypes()
        where typeof(Grain).IsAssignableFrom(grain) && !grain.IsAbstract
        from constructor in grain.GetConstructors()
        from parameter in constructor.GetParameters()
        let state = parameter.GetCustomAttribute<PersistentStateAttribute>()
        where state is not null
        select (grain, state.StateName),
    ];

    [Fact]
    public void No_two_grains_share_a_state_name()
    {
        Assert.NotEmpty(States);
        var shared = States.GroupBy(state => state.State).Where(group => group.Count() > 1).Select(group => group.Key);

        Assert.Empty(shared);
    }

    [Fact]
    public void No_grain_keeps_state_outside_the_attribute()
    {
        var offenders = typeof(GrainsRegistration)
            .Assembly.GetTypes()
            .Where(type => type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(Grain<>));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Every_state_survives_a_version_that_does_not_know_all_of_it()
    {
        var offenders =
            from grain in typeof(GrainsRegistration).Assembly.GetTypes()
            from constructor in grain.GetConstructors()
            from parameter in constructor.GetParameters()
            where parameter.GetCustomAttribute<PersistentStateAttribute>() is not null
            let state = parameter.ParameterType.GetGenericArguments()[0]
            where !typeof(NeetoDeploy.Grains.Storage.StoredState).IsAssignableFrom(state)
            select $"{grain.Name}: {state.Name}";

        Assert.Empty(offenders);
    }
}
