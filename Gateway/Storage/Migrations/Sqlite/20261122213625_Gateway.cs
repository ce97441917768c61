using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Gateway : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Texts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sealed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StoredAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Texts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Tickets",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    CallerSubject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Caller = table.Column<string>(type: "TEXT", nullable: false),
                    InteractionId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Route = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Model = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Streams = table.Column<bool>(type: "INTEGER", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    BodyDigest = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    PolicyVersion = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Score = table.Column<int>(type: "INTEGER", nullable: false),
                    Findings = table.Column<string>(type: "TEXT", nullable: false),
                    Stages = table.Column<string>(type: "TEXT", nullable: false),
                    Excerpt = table.Column<string>(type: "TEXT", nullable: false),
                    UndoWindow = table.Column<long>(type: "INTEGER", nullable: false),
                    ForwardedHeaders = table.Column<string>(type: "TEXT", nullable: false),
                    RequestText = table.Column<Guid>(type: "TEXT", nullable: false),
                    ParkedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    JoinKey = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Async = table.Column<bool>(type: "INTEGER", nullable: false),
                    Background = table.Column<bool>(type: "INTEGER", nullable: false),
                    Joins = table.Column<int>(type: "INTEGER", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ResultStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    ResultType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    ResultText = table.Column<Guid>(type: "TEXT", nullable: true),
                    LivesUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AnnounceAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tickets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Trail",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FactId = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    InteractionId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    TicketId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Route = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Model = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Score = table.Column<int>(type: "INTEGER", nullable: true),
                    FindingTypes = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Findings = table.Column<string>(type: "TEXT", nullable: true),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    PolicyVersion = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    StatusCode = table.Column<int>(type: "INTEGER", nullable: true),
                    RequestDigest = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    AnswerDigest = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    RequestText = table.Column<Guid>(type: "TEXT", nullable: true),
                    AnswerText = table.Column<Guid>(type: "TEXT", nullable: true),
                    ElapsedMs = table.Column<double>(type: "REAL", nullable: true),
                    UpstreamMs = table.Column<double>(type: "REAL", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Trail", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Webhooks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TicketId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CallerSubject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    DeliveredAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Webhooks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_DueAt_Id",
                table: "Outbox",
                columns: new[] { "DueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_AnnounceAt",
                table: "Tickets",
                column: "AnnounceAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_CallerSubject_Status",
                table: "Tickets",
                columns: new[] { "CallerSubject", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_JoinKey",
                table: "Tickets",
                column: "JoinKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_LivesUntil",
                table: "Tickets",
                column: "LivesUntil");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Rule_DecidedAt",
                table: "Tickets",
                columns: new[] { "Rule", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Status_Async",
                table: "Tickets",
                columns: new[] { "Status", "Async" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Status_ParkedAt",
                table: "Tickets",
                columns: new[] { "Status", "ParkedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Trail_At",
                table: "Trail",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Trail_FactId",
                table: "Trail",
                column: "FactId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Trail_InteractionId",
                table: "Trail",
                column: "InteractionId");

            migrationBuilder.CreateIndex(
                name: "IX_Trail_TicketId",
                table: "Trail",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_Webhooks_DueAt",
                table: "Webhooks",
                column: "DueAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "Texts");

            migrationBuilder.DropTable(
                name: "Tickets");

            migrationBuilder.DropTable(
                name: "Trail");

            migrationBuilder.DropTable(
                name: "Webhooks");
        }
    }
}
