using System.Net.WebSockets;
using System.Text;
using NeetoDeploy.Dashboard.Runs;

namespace NeetoDeploy.Dashboard.Tests.Runs;

public sealed class ConsoleSocketTests : IAsyncLifetime
{
    private BrowserSocket browser = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ConsoleSocket Server => browser.Server;

    public async ValueTask InitializeAsync() => browser = await BrowserSocket.ConnectAsync();

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Bytes_are_input_and_text_is_said()
    {
        byte[] input = [0, 3, 255, 27];
        await browser.SendAsync(input, WebSocketMessageType.Binary);
        await browser.SendAsync("""{"columns": 120, "lines": 40}"""u8.ToArray(), WebSocketMessageType.Text);

        Assert.Equal(input, (await Server.ReceiveAsync(Cancel))!.Input);
        Assert.Equal(new ConsoleWord(null, null, 120, 40, null, null), (await Server.ReceiveAsync(Cancel))!.Word);
    }

    [Theory, InlineData("no json"), InlineData("[1]"), InlineData("""{"columns": "wide"}""")]
    public async Task A_page_that_says_nonsense_is_gone(string nonsense)
    {
        await browser.SendAsync(Encoding.UTF8.GetBytes(nonsense), WebSocketMessageType.Text);

        Assert.Null(await Server.ReceiveAsync(Cancel));
    }

    [Fact]
    public async Task A_page_that_does_not_stop_saying_something_is_gone()
    {
        await browser.SendAsync(Encoding.UTF8.GetBytes($$"""{"command": "{{new string('x', 100_000)}}"}"""), WebSocketMessageType.Text);

        Assert.Null(await Server.ReceiveAsync(Cancel));
    }

    [Fact]
    public async Task A_page_that_has_gone_need_not_hear_how_it_ended()
    {
        browser.Dispose();
        Assert.Null(await Server.ReceiveAsync(Cancel));

        await Server.SayAsync(new { exit = 0 });
        await Server.CloseAsync();
    }

    [Fact]
    public async Task Output_waits_for_a_page_that_has_not_shown_what_it_was_sent()
    {
        var output = new ConsoleOutput(Server, TimeProvider.System);
        var reading = browser.CountAsync();
        await output.OutputAsync(new byte[900_000]);

        var more = output.OutputAsync(new byte[900_000]);
        Assert.False(more.IsCompleted);
        output.Took(900_000);

        await more;
        await Server.CloseAsync();
        Assert.Equal(1_800_000, await reading);
    }
}
