namespace Gateway.Outlets.Kinds;

/// <summary>What an item is called where events have types.</summary>
internal static class TrailEvent
{
    public static string TypeOf(OutletItem item) => item switch
    {
        OutletItem.Entry => "approvals.trail.entry",
        OutletItem.Signed => "approvals.trail.checkpoint",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
