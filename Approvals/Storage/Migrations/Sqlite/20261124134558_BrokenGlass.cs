using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BrokenGlass : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Glass",
                table: "Reviews",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Glass",
                table: "Reviews");
        }
    }
}
