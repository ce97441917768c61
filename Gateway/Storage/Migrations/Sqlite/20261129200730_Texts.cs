using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Texts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "TextDigest",
                table: "Tickets",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "KeyId",
                table: "Texts",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "TextKeys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Class = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    StoredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    MasterKey = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TextKeys", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Texts_KeyId",
                table: "Texts",
                column: "KeyId");

            migrationBuilder.CreateIndex(
                name: "IX_TextKeys_Class_StoredAt",
                table: "TextKeys",
                columns: new[] { "Class", "StoredAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TextKeys");

            migrationBuilder.DropIndex(
                name: "IX_Texts_KeyId",
                table: "Texts");

            migrationBuilder.DropColumn(
                name: "TextDigest",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "KeyId",
                table: "Texts");
        }
    }
}
