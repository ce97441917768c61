using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Policies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Decision",
                schema: "gateway",
                table: "Trail",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Judged",
                schema: "gateway",
                table: "Trail",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Subject",
                schema: "gateway",
                table: "Trail",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ContinuedBy",
                schema: "gateway",
                table: "Tickets",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "HeldText",
                schema: "gateway",
                table: "Tickets",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Origin",
                schema: "gateway",
                table: "Tickets",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PolicyDrafts",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Base = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    Status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Author = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    AuthorName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Shadow = table.Column<bool>(type: "boolean", nullable: false),
                    WhatIf = table.Column<string>(type: "text", nullable: true),
                    DecidedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    DecidedByName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    Became = table.Column<int>(type: "integer", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PolicyVersions",
                schema: "gateway",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Origin = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Author = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    AuthorName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Approver = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    ApproverName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    RolledBackTo = table.Column<int>(type: "integer", nullable: true),
                    DraftId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    ReviewedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    ReviewedByName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    ReviewedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyVersions", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "ShadowCounts",
                schema: "gateway",
                columns: table => new
                {
                    DraftId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Now = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Then = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Times = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ShadowCounts", x => new { x.DraftId, x.Now, x.Then });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Trail_Kind_At",
                schema: "gateway",
                table: "Trail",
                columns: new[] { "Kind", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_PolicyDrafts_ChangedAt",
                schema: "gateway",
                table: "PolicyDrafts",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_PolicyDrafts_Shadow",
                schema: "gateway",
                table: "PolicyDrafts",
                column: "Shadow");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PolicyDrafts",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "PolicyVersions",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "ShadowCounts",
                schema: "gateway");

            migrationBuilder.DropIndex(
                name: "IX_Trail_Kind_At",
                schema: "gateway",
                table: "Trail");

            migrationBuilder.DropColumn(
                name: "Decision",
                schema: "gateway",
                table: "Trail");

            migrationBuilder.DropColumn(
                name: "Judged",
                schema: "gateway",
                table: "Trail");

            migrationBuilder.DropColumn(
                name: "Subject",
                schema: "gateway",
                table: "Trail");

            migrationBuilder.DropColumn(
                name: "ContinuedBy",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "HeldText",
                schema: "gateway",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Origin",
                schema: "gateway",
                table: "Tickets");
        }
    }
}
