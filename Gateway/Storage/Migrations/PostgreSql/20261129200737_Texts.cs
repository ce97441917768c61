using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations.PostgreSql
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
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "KeyId",
                schema: "gateway",
                table: "Texts",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "TextKeys",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Owner = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Class = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    StoredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    MasterKey = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Wrapped = table.Column<byte[]>(type: "bytea", nullable: false)
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
