namespace NeetoDeploy.Router.Forwarding;

/// <summary>Why a request was not answered by its app, in Heroku's codes and words.</summary>
/// <param name="Code">Such as <c>H12</c>.</param>
/// <param name="IsError">Whether the line says <c>at=error</c>; otherwise the platform or the client did as it pleased.</param>
/// <param name="Status">What the log says, and the client gets if its answer has not begun.</param>
internal sealed record RouterError(
    string Code,
    string Description,
    bool IsError = true,
    int Status = StatusCodes.Status503ServiceUnavailable
)
{
    public static readonly RouterError AppCrashed = new("H10", "App crashed");
    public static readonly RouterError BacklogTooDeep = new("H11", "Backlog too deep");
    public static readonly RouterError RequestTimeout = new("H12", "Request timeout");
    public static readonly RouterError ClosedWithoutResponse = new("H13", "Connection closed without response");
    public static readonly RouterError NoWebProcesses = new("H14", "No web processes running");
    public static readonly RouterError IdleConnection = new("H15", "Idle connection");
    public static readonly RouterError PoorlyFormattedResponse = new("H17", "Poorly formatted HTTP response");
    public static readonly RouterError ServerInterrupted = new("H18", "Server Request Interrupted");
    public static readonly RouterError ConnectTimeout = new("H19", "Backend connection timeout");
    public static readonly RouterError BootTimeout = new("H20", "App boot timeout");
    public static readonly RouterError ConnectRefused = new("H21", "Backend connection refused");
    public static readonly RouterError RequestError = new("H26", "Request Error", Status: StatusCodes.Status400BadRequest);
    public static readonly RouterError ClientInterrupted = new("H27", "Client Request Interrupted", IsError: false, Status: 499);
    public static readonly RouterError ClientIdle = new("H28", "Client Connection Idle", Status: StatusCodes.Status408RequestTimeout);
    public static readonly RouterError Maintenance = new("H80", "Maintenance mode", IsError: false);
    public static readonly RouterError BlankApp = new("H81", "Blank app", IsError: false);
    public static readonly RouterError Platform = new("H99", "Platform error");

    /// <summary>Nothing of the request has reached the dyno, so that another one may have it.</summary>
    public bool IsUnsent => ReferenceEquals(this, ConnectRefused) || ReferenceEquals(this, ConnectTimeout);
}
