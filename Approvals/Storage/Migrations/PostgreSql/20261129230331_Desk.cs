using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Cause",
                schema: "approvals",
                table: "Votes",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CallerSubject",
                schema: "approvals",
                table: "Reviews",
                type: "character varying(256)",
                maxLength: 256,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Cause",
                schema: "approvals",
                table: "Reviews",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ClaimedForWriting",
                schema: "approvals",
                table: "Reviews",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "ClaimedSince",
                schema: "approvals",
                table: "Reviews",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Edition",
                schema: "approvals",
                table: "Reviews",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Length",
                schema: "approvals",
                table: "Reviews",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Notes",
                schema: "approvals",
                table: "Reviews",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Pattern",
                schema: "approvals",
                table: "Reviews",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("UPDATE approvals.\"Reviews\" SET \"CallerSubject\" = \"Caller\"::json ->> 'subject'");

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_CallerSubject_Number",
                schema: "approvals",
                table: "Reviews",
                columns: new[] { "CallerSubject", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Pattern_Number",
                schema: "approvals",
                table: "Reviews",
                columns: new[] { "Pattern", "Number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Reviews_CallerSubject_Number",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropIndex(
                name: "IX_Reviews_Pattern_Number",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Cause",
                schema: "approvals",
                table: "Votes");

            migrationBuilder.DropColumn(
                name: "CallerSubject",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Cause",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "ClaimedForWriting",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "ClaimedSince",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Edition",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Length",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Notes",
                schema: "approvals",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Pattern",
                schema: "approvals",
                table: "Reviews");
        }
    }
}
