using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Fingerprints",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    InteractionId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Hash = table.Column<long>(type: "INTEGER", nullable: false),
                    Went = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fingerprints", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PromptWords",
                columns: table => new
                {
                    InteractionId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Words = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromptWords", x => x.InteractionId);
                });

            migrationBuilder.CreateTable(
                name: "SearchCursor",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Checkpoint = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchCursor", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Fingerprints_Hash_At",
                table: "Fingerprints",
                columns: new[] { "Hash", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Fingerprints_InteractionId",
                table: "Fingerprints",
                column: "InteractionId");

            migrationBuilder.CreateIndex(
                name: "IX_Fingerprints_Type_At",
                table: "Fingerprints",
                columns: new[] { "Type", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_PromptWords_At",
                table: "PromptWords",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Fingerprints");

            migrationBuilder.DropTable(
                name: "PromptWords");

            migrationBuilder.DropTable(
                name: "SearchCursor");
        }
    }
}
