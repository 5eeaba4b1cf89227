#!/usr/bin/env bash
# Makes deploy/docker/secrets: passwords, certificates, service keys. What is there already stays.
#   deploy/docker/prepare.sh && docker compose --env-file deploy/docker/secrets/.env -f deploy/docker/compose.yaml up --build
set -euo pipefail
cd "$(dirname "$0")"
umask 077
mkdir -p secrets/keys
cd secrets

secret() { openssl rand -hex 32; }

if [ ! -e .env ]; then
  {
    for login in GATE_OWNER GATE_APP AUDIT_OWNER AUDIT_APP BILLING_OWNER BILLING_APP; do
      echo "${login}_PASSWORD=$(secret)"
    done
    echo "POSTGRES_PASSWORD=$(secret)"
    echo "REDIS_PASSWORD=$(secret)"
    echo "GRAFANA_PASSWORD=$(secret)"
    echo "API_SECRET_SALT=$(secret)"
    echo "ADMIN_API_KEY=nf_live_$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')"
    echo "STRIPE_WEBHOOK_SECRET=whsec_$(secret)"
  } >.env
fi
# shellcheck disable=SC1091
. ./.env

for login in gate_owner gate_app audit_owner audit_app billing_owner billing_app; do
  variable="$(echo "${login}_PASSWORD" | tr '[:lower:]' '[:upper:]')"
  echo "\"$login\" \"${!variable}\""
done >userlist.txt

if [ ! -e ca.crt ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
    -subj "/CN=nofate local authority" -keyout ca.key -out ca.crt 2>/dev/null
fi
certificate() { # name, DNS names
  [ -e "$1.crt" ] && return
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 397 \
    -extfile <(echo "subjectAltName=$2") -out "$1.crt" 2>/dev/null
  rm "$1.csr"
}
certificate redis "DNS:redis,DNS:localhost,IP:127.0.0.1"
certificate gateway "DNS:localhost,IP:127.0.0.1"

# A key pair a service, and the set of their public keys.
entries=()
for service in gate-service audit-service billing-service meter-worker invoice-worker; do
  key="keys/$service.pem"
  [ -e "$key" ] || openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$key" 2>/dev/null
  modulus="$(openssl rsa -in "$key" -noout -modulus 2>/dev/null | cut -d= -f2 | tr -d '\n' |
    sed 's/\(..\)/\\x\1/g' | xargs -0 printf '%b' | openssl base64 -A | tr '+/' '-_' | tr -d '=')"
  entries+=("{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"$service\",\"n\":\"$modulus\",\"e\":\"AQAB\"}")
done
(IFS=,; echo "{\"keys\":[${entries[*]}]}") >keys/jwks.json
[ -e keys/audit-signing.pem ] || openssl genpkey -algorithm ed25519 -out keys/audit-signing.pem

# Compose mounts these as they are for users of the containers' own; this folder keeps the machine's other users out.
chmod 644 ca.crt ./*.crt ./redis.key ./gateway.key userlist.txt keys/*.pem keys/jwks.json
chmod 755 keys
chmod 700 .
echo "deploy/docker/secrets is complete."
