using System.ComponentModel.DataAnnotations;

namespace Gateway.Storage;

internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>ADO.NET connection string of the gateway's store (SQLite).</summary>
    [Required]
    public string Connection { get; set; } = "Data Source=gateway.db";
}
