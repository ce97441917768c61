using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Proof : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "Chain",
                schema: "gateway",
                table: "Trail",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Hash",
                schema: "gateway",
                table: "Trail",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Position",
                schema: "gateway",
                table: "Trail",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Checkpoints",
                schema: "gateway",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Line = table.Column<string>(type: "text", nullable: false),
                    Signatures = table.Column<string>(type: "text", nullable: false),
                    Leaves = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Checkpoints", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "TrailChains",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<long>(type: "bigint", nullable: false),
                    Head = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Covered = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrailChains", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Trail_Chain_Position",
                schema: "gateway",
                table: "Trail",
                columns: new[] { "Chain", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Checkpoints_At",
                schema: "gateway",
                table: "Checkpoints",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Checkpoints",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "TrailChains",
                schema: "gateway");

            migrationBuilder.DropIndex(
                name: "IX_Trail_Chain_Position",
                schema: "gateway",
                table: "Trail");

            migrationBuilder.DropColumn(
                name: "Chain",
                schema: "gateway",
                table: "Trail");

            migrationBuilder.DropColumn(
                name: "Hash",
                schema: "gateway",
                table: "Trail");

            migrationBuilder.DropColumn(
                name: "Position",
                schema: "gateway",
                table: "Trail");
        }
    }
}
