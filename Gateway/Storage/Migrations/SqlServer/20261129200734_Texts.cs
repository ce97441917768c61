using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Texts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "TextDigest",
                schema: "gateway",
                table: "Tickets",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "KeyId",
                schema: "gateway",
                table: "Texts",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateTable(
                name: "TextKeys",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Owner = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Class = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    StoredAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    MasterKey = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Wrapped = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TextKeys", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Texts_KeyId",
                schema: "gateway",
                table: "Texts",
                column: "KeyId");

            migrationBuilder.CreateIndex(
                name: "IX_TextKeys_Class_StoredAt",
                schema: "gateway",
                table: "TextKeys",
                columns: new[] { "Class", "StoredAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TextKeys",
                schema: "gateway");

            migrationBuilder.DropIndex(
                name: "IX_Texts_KeyId",
                schema: "gateway",
                table: "Texts");

            migrationBuilder.DropColumn(
                name: "TextDigest",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "KeyId",
                schema: "gateway",
                table: "Texts");
        }
    }
}
