using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class BrokenGlass : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Glass",
                schema: "approvals",
                table: "Reviews",
                type: "nvarchar(max)",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Glass",
                schema: "approvals",
                table: "Reviews");
        }
    }
}
