#!/usr/bin/env bash
# Makes up every password that docker-compose.yml needs, once: .env for the images of others, which take theirs from
# variables, and .secrets/ for our services, which read one file per setting. Neither is ever committed or copied into an
# image. To begin anew: docker compose down --volumes, delete both, run this again.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -e .env ] || [ -e .secrets ]; then
  echo "make-secrets.sh: .env or .secrets is there already; they are left as they are." >&2
  exit 1
fi

command -v openssl > /dev/null || { echo "make-secrets.sh: openssl is needed, to make the key that signs the trail." >&2; exit 1; }

# SQL Server wants small letters, capitals and digits.
random() { printf 'Aa1%s' "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"; }

umask 077
mkdir .secrets
# The containers' users are others than you: the files are readable, the folder around them is not.
secret() { printf '%s' "$2" > ".secrets/$1"; chmod 444 ".secrets/$1"; }

sql=$(random) bus=$(random) client=$(random) key="apk_$(random)" people=$(random)

secret storage-connection "Server=sqlserver;Database=approvals;User Id=approvals;Password=$sql;Encrypt=True;TrustServerCertificate=True"
secret bus-password "$bus"
secret client-secret "$client"
secret caller-key "$key"
# What the trail's checkpoints are signed with. Keep it, and give its public half to whoever is to check the trail.
secret signing-key "$(openssl ecparam -name prime256v1 -genkey -noout)"

cat > .env <<END
# SQL Server: its administrator, and the login that our services use.
APPROVALS_SQL_ADMIN_PASSWORD=$(random)
APPROVALS_SQL_PASSWORD=$sql
# RabbitMQ: the user that our services use.
APPROVALS_BUS_PASSWORD=$bus
# Keycloak: its administrator, the console as its client, and the people ada, riley and sam.
APPROVALS_KEYCLOAK_ADMIN_PASSWORD=$(random)
APPROVALS_CLIENT_SECRET=$client
APPROVALS_PEOPLE_PASSWORD=$people
# Traces, metrics and logs to the collector: both lines.
# COMPOSE_PROFILES=telemetry
# OTEL_EXPORTER_OTLP_ENDPOINT=http://otel-collector:4317
END

echo "Callers use the key:              $key"
echo "ada, riley and sam sign in with:  $people"
