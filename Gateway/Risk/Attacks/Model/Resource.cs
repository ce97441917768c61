using System.Reflection;

namespace Gateway.Risk.Attacks.Model;

/// <summary>What is compiled into the gateway beside its code.</summary>
internal static class Resource
{
    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    public static Stream Open(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} was not compiled into the gateway.");
}
