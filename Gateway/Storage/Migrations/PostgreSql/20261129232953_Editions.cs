using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Editions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "CallerUntil",
                schema: "gateway",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Cause",
                schema: "gateway",
                table: "Tickets",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecidedDigest",
                schema: "gateway",
                table: "Tickets",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Editions",
                schema: "gateway",
                table: "Tickets",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "Length",
                schema: "gateway",
                table: "Tickets",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Pattern",
                schema: "gateway",
                table: "Tickets",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Questions",
                schema: "gateway",
                table: "Tickets",
                type: "text",
                nullable: false,
                defaultValue: "[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "CallerUntil",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Cause",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "DecidedDigest",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Editions",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Length",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Pattern",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Questions",
                schema: "gateway",
                table: "Tickets");
        }
    }
}
