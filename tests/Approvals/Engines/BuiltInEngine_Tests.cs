using Tests.Servers;

namespace Approvals.Tests.Engines;

public sealed class BuiltInEngine_Tests : EngineConformance
{
    protected override string Engine => "BuiltIn";
}

public sealed class BuiltInEngineOnPostgreSql_Tests(Databases databases) : EngineConformance
{
    protected override string Engine => "BuiltIn";

    protected override int Racing => 2;

    protected override Task<TestDatabase> DatabaseAsync() => databases.NewAsync("PostgreSql");
}
