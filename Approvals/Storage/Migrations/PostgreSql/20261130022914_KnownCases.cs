using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class KnownCases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Looked",
                schema: "approvals",
                table: "Votes",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Known",
                schema: "approvals",
                table: "Reviews",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Looked",
                schema: "approvals",
                table: "Votes");

            migrationBuilder.DropColumn(
                name: "Known",
                schema: "approvals",
                table: "Reviews");
        }
    }
}
