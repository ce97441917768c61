using System.Reflection;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using WholePath.Support;

namespace WholePath;

/// <summary>Who may open whose door: README's table, held against the compiled code.</summary>
public sealed partial class Doors_Tests
{
    private static readonly Dictionary<string, Assembly> Projects = new()
    {
        ["Gateway"] = Assembly.Load("Gateway"), ["Approvals"] = Assembly.Load("Approvals"), ["ApprovalsUI"] = Assembly.Load("ApprovalsUI"),
    };

    private static readonly IReadOnlyDictionary<string, string[]> Table = File.ReadLines(Path.Combine(Product.Metadata("Root"), "README.md"))
        .Select(line => Row().Match(line)).Where(row => row.Success)
        .ToDictionary(row => row.Groups["room"].Value, row => row.Groups["opens"].Value is "–" ? [] : row.Groups["opens"].Value.Split(", "));

    public static TheoryData<string> Rooms => [.. Projects.Keys.SelectMany(Folders)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_opens_only_the_doors_in_the_table(string room)
    {
        Assert.True(Table.ContainsKey(room), $"README's table has no row for {room}.");
        var (project, name) = (room.Split('/')[0], room.Split('/')[1]);
        var closed = Folders(project).Select(other => other.Split('/')[1]).Where(other => other != name && !Table[room].Contains(other))
            .Select(other => $"{project}.{other}").ToArray();

        var result = Types.InAssembly(Projects[project]).That().ResideInNamespaceMatching($@"^{project}\.{name}(\.|$)").ShouldNot().HaveDependencyOnAny(closed).GetResult();

        Assert.True(result.IsSuccessful, $"{room} opens a closed door in: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void The_table_names_no_room_that_is_not_there() =>
        Assert.Empty(Table.Keys.Except(Projects.Keys.SelectMany(Folders)));

    [Theory]
    [InlineData("Contracts", "Gateway", "Approvals", "ApprovalsUI")]
    [InlineData("Approvals", "Gateway", "ApprovalsUI")]
    [InlineData("ApprovalsUI", "Gateway", "Approvals")]
    public void Projects_see_contracts_and_not_each_other(string project, params string[] others) =>
        Assert.Empty(Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name).Intersect(others));

    [Fact]
    public void Only_the_embedded_room_knows_all_three_doors()
    {
        var result = Types.InAssembly(Projects["Gateway"]).That().DoNotResideInNamespace("Gateway.Embedded").And().DoNotHaveName("Program")
            .ShouldNot().HaveDependencyOnAny([.. new[] { "Approvals", "ApprovalsUI" }.SelectMany(project => Projects[project].GetExportedTypes()).Select(type => type.FullName)]).GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Contracts_has_no_packages() =>
        Assert.All(Assembly.Load("Contracts").GetReferencedAssemblies(), reference => Assert.StartsWith("System", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void Only_parking_hears_decisions_and_only_workflow_makes_them()
    {
        var decided = "Contracts.Messages.ReviewDecided";

        var listeners = Types.InAssembly(Projects["Gateway"]).That().HaveDependencyOn(decided).GetTypes()
            .Where(t => Outermost(t).Name is not "EmbeddedHost").Select(t => t.Namespace).Distinct().Where(n => n is not "Gateway"); // it puts the process together, and hands decisions to the room that hears them
        // The module hands them over within one process. Alerts hears of messages that nobody could handle, decisions among them, and makes none.
        var makers = Types.InAssembly(Projects["Approvals"]).That().HaveDependencyOn(decided).And().DoNotHaveName("MessageFaultConsumer").GetTypes().Where(t => Outermost(t).Name is not "ApprovalsModule").Select(t => t.Namespace).Distinct();

        Assert.Equal(["Gateway.Parking"], listeners);
        Assert.Equal(["Approvals.Workflow"], makers);
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<string> Folders(string project) =>
        Directory.EnumerateDirectories(Path.Combine(Product.Metadata("Root"), project)).Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj" or "wwwroot" or "data" or "Properties")).Select(name => $"{project}/{name}");

    [GeneratedRegex(@"^\| (?<room>(Gateway|Approvals|ApprovalsUI)/\w+) \| [^|]+ \| (?<opens>[^|]+) \|$")]
    private static partial Regex Row();
}
