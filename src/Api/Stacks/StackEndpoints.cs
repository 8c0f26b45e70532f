using NeetoDeploy.Api.Contracts.Stacks;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;

namespace NeetoDeploy.Api.Stacks;

/// <summary><c>/stacks</c>.</summary>
internal static class StackEndpoints
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ListShape<StackResource> Shape = new(
        new ListField<StackResource>("id", stack => stack.Id.ToString()),
        new ListField<StackResource>("name", stack => stack.Name)
    );

    public static void MapStacks(this ApiRoutes api)
    {
        api.Get("/stacks", List);
        api.Get("/apps/{app}/available-stacks", List);
        api.Get("/stacks/{stack}", Get);
    }

    private static Task<IResult> List(ApiRequest request) => Task.FromResult(Shape.Answer(request, All(request.Options), stack => stack));

    private static Task<IResult> Get(ApiRequest request)
    {
        var key = request.Segment("stack");
        var found = All(request.Options).FirstOrDefault(stack => stack.Name == key || stack.Id.ToString() == key);
        return Task.FromResult(Answer.Ok(found ?? throw ApiRefusal.NotFound("stack")));
    }

    private static IEnumerable<StackResource> All(ApiOptions options) =>
        options.Stacks.Select(
            (name, index) => new StackResource(Default: index == 0, Epoch, StableIds.Of("stack", name), name, "public", Epoch)
        );
}
