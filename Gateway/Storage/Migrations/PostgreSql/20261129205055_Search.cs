using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Gateway.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Fingerprints",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    InteractionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Hash = table.Column<long>(type: "bigint", nullable: false),
                    Went = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fingerprints", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PromptWords",
                schema: "gateway",
                columns: table => new
                {
                    InteractionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Words = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromptWords", x => x.InteractionId);
                });

            migrationBuilder.CreateTable(
                name: "SearchCursor",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Checkpoint = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchCursor", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Fingerprints_Hash_At",
                schema: "gateway",
                table: "Fingerprints",
                columns: new[] { "Hash", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Fingerprints_InteractionId",
                schema: "gateway",
                table: "Fingerprints",
                column: "InteractionId");

            migrationBuilder.CreateIndex(
                name: "IX_Fingerprints_Type_At",
                schema: "gateway",
                table: "Fingerprints",
                columns: new[] { "Type", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_PromptWords_At",
                schema: "gateway",
                table: "PromptWords",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Fingerprints",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "PromptWords",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "SearchCursor",
                schema: "gateway");
        }
    }
}
