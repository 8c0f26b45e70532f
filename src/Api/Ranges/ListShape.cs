using System.Collections.Immutable;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Ranges;

/// <summary>How clients may page through a list: the fields they can order it by, the first being what they get unasked.</summary>
public sealed class ListShape<T>(params ListField<T>[] fields)
{
    private readonly string[] names = [.. fields.Select(field => field.Name)];

    /// <summary>The part of the list that a request asks for.</summary>
    /// <exception cref="ApiRefusal">416: its Range header cannot be understood.</exception>
    public PageRange Read(ApiRequest request) =>
        RangeHeader.TryParse(request.Http.Request.Headers.Range, names, out var range)
            ? range
            : throw new ApiRefusal(
                StatusCodes.Status416RangeNotSatisfiable,
                "requested_range_not_satisfiable",
                $"The Range header is not understood. This list is ordered by {string.Join(" or ", names)}: `Range: {names[0]} ..; max=200`."
            );

    /// <summary>Cuts the part out of rows that are all at hand.</summary>
    public Page<T> Cut(IEnumerable<T> rows, PageRange range)
    {
        var field = FieldOf(range);
        int Order(string left, string right) => range.Descending ? field.Compare(right, left) : field.Compare(left, right);
        var after = range.FromIsExclusive ? 0 : -1;
        var wanted = rows.Where(row => range.From is null || Order(field.Text(row), range.From) > after)
            .Where(row => range.To is null || Order(field.Text(row), range.To) <= 0)
            .Order(Comparer<T>.Create((left, right) => Order(field.Text(left), field.Text(right))))
            .Take(range.Max + 1)
            .ToImmutableArray();
        return wanted.Length > range.Max ? new(wanted.RemoveAt(range.Max), true) : new(wanted, false);
    }

    /// <summary>Answers a page: 206 and where to go on when more rows follow, 200 otherwise.</summary>
    public IResult Answer<TResource>(ApiRequest request, PageRange range, Page<T> page, Func<T, TResource> map)
    {
        var text = FieldOf(range).Text;
        var headers = request.Http.Response.Headers;
        headers.AcceptRanges = string.Join(", ", names);
        headers.ContentRange = page.Rows.IsEmpty ? $"{range.Field} .." : $"{range.Field} {text(page.Rows[0])}..{text(page.Rows[^1])}";
        if (page.HasMore)
            headers["Next-Range"] = RangeHeader.Next(range, text(page.Rows[^1]));
        TResource[] resources = [.. page.Rows.Select(map)];
        return Http.Answer.Write(resources, page.HasMore ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK);
    }

    /// <summary>Answers the part of these rows that the request asks for.</summary>
    public IResult Answer<TResource>(ApiRequest request, IEnumerable<T> rows, Func<T, TResource> map)
    {
        var range = Read(request);
        return Answer(request, range, Cut(rows, range), map);
    }

    private ListField<T> FieldOf(PageRange range) => fields.First(field => field.Name == range.Field);
}
