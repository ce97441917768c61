using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Gateway.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Gateway : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "gateway");

            migrationBuilder.CreateTable(
                name: "Keys",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FriendlyName = table.Column<string>(type: "text", nullable: true),
                    Xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    TraceParent = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Texts",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Sealed = table.Column<byte[]>(type: "bytea", nullable: false),
                    StoredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Texts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Tickets",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    CallerSubject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Caller = table.Column<string>(type: "text", nullable: false),
                    InteractionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Route = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Model = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Streams = table.Column<bool>(type: "boolean", nullable: false),
                    Digest = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    BodyDigest = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    PolicyVersion = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Rule = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Score = table.Column<int>(type: "integer", nullable: false),
                    Findings = table.Column<string>(type: "text", nullable: false),
                    Stages = table.Column<string>(type: "text", nullable: false),
                    Excerpt = table.Column<string>(type: "text", nullable: false),
                    UndoWindow = table.Column<long>(type: "bigint", nullable: false),
                    ForwardedHeaders = table.Column<string>(type: "text", nullable: false),
                    RequestText = table.Column<Guid>(type: "uuid", nullable: false),
                    ParkedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    TraceParent = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    JoinKey = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Async = table.Column<bool>(type: "boolean", nullable: false),
                    Background = table.Column<bool>(type: "boolean", nullable: false),
                    Joins = table.Column<int>(type: "integer", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DecidedBy = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ResultStatus = table.Column<int>(type: "integer", nullable: true),
                    ResultType = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    ResultText = table.Column<Guid>(type: "uuid", nullable: true),
                    LivesUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AnnounceAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tickets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Trail",
                schema: "gateway",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FactId = table.Column<Guid>(type: "uuid", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Kind = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Actor = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    ActorName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    InteractionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    TicketId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Route = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    Model = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    Score = table.Column<int>(type: "integer", nullable: true),
                    FindingTypes = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Findings = table.Column<string>(type: "text", nullable: true),
                    Rule = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    PolicyVersion = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Outcome = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    StatusCode = table.Column<int>(type: "integer", nullable: true),
                    RequestDigest = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    AnswerDigest = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    RequestText = table.Column<Guid>(type: "uuid", nullable: true),
                    AnswerText = table.Column<Guid>(type: "uuid", nullable: true),
                    ElapsedMs = table.Column<double>(type: "double precision", nullable: true),
                    UpstreamMs = table.Column<double>(type: "double precision", nullable: true),
                    Reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Trail", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Webhooks",
                schema: "gateway",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    CallerSubject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    DeliveredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Webhooks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_DueAt_Id",
                schema: "gateway",
                table: "Outbox",
                columns: new[] { "DueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_AnnounceAt",
                schema: "gateway",
                table: "Tickets",
                column: "AnnounceAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_CallerSubject_Status",
                schema: "gateway",
                table: "Tickets",
                columns: new[] { "CallerSubject", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_JoinKey",
                schema: "gateway",
                table: "Tickets",
                column: "JoinKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_LivesUntil",
                schema: "gateway",
                table: "Tickets",
                column: "LivesUntil");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Rule_DecidedAt",
                schema: "gateway",
                table: "Tickets",
                columns: new[] { "Rule", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Status_Async",
                schema: "gateway",
                table: "Tickets",
                columns: new[] { "Status", "Async" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Status_ParkedAt",
                schema: "gateway",
                table: "Tickets",
                columns: new[] { "Status", "ParkedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Trail_At",
                schema: "gateway",
                table: "Trail",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Trail_FactId",
                schema: "gateway",
                table: "Trail",
                column: "FactId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Trail_InteractionId",
                schema: "gateway",
                table: "Trail",
                column: "InteractionId");

            migrationBuilder.CreateIndex(
                name: "IX_Trail_TicketId",
                schema: "gateway",
                table: "Trail",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_Webhooks_DueAt",
                schema: "gateway",
                table: "Webhooks",
                column: "DueAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Keys",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "Outbox",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "Texts",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "Tickets",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "Trail",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "Webhooks",
                schema: "gateway");
        }
    }
}
