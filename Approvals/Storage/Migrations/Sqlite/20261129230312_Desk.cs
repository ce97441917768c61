using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Cause",
                table: "Votes",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CallerSubject",
                table: "Reviews",
                type: "TEXT",
                maxLength: 256,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Cause",
                table: "Reviews",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ClaimedForWriting",
                table: "Reviews",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "ClaimedSince",
                table: "Reviews",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Edition",
                table: "Reviews",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Length",
                table: "Reviews",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Notes",
                table: "Reviews",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Pattern",
                table: "Reviews",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("UPDATE Reviews SET CallerSubject = json_extract(Caller, '$.subject')");

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_CallerSubject_Number",
                table: "Reviews",
                columns: new[] { "CallerSubject", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Pattern_Number",
                table: "Reviews",
                columns: new[] { "Pattern", "Number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Reviews_CallerSubject_Number",
                table: "Reviews");

            migrationBuilder.DropIndex(
                name: "IX_Reviews_Pattern_Number",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Cause",
                table: "Votes");

            migrationBuilder.DropColumn(
                name: "CallerSubject",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Cause",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "ClaimedForWriting",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "ClaimedSince",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Edition",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Length",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Notes",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Pattern",
                table: "Reviews");
        }
    }
}
