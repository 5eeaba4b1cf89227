#!/bin/sh
# Runs once, on an empty volume: logins, database, schemas. Passwords reach the SQL as session settings, never as text.
set -eu
options=""
for login in gate_owner gate_app audit_owner audit_app billing_owner billing_app; do
  variable=$(echo "${login}_password" | tr '[:lower:]' '[:upper:]')
  eval "password=\${$variable}"
  options="$options -c nofate.password_$login=$password"
done
PGOPTIONS="$options" psql -v ON_ERROR_STOP=1 -q -U postgres -d postgres -f /bootstrap/bootstrap-cluster.sql
psql -v ON_ERROR_STOP=1 -q -U postgres -d postgres -c 'CREATE DATABASE nofate'
psql -v ON_ERROR_STOP=1 -q -U postgres -d nofate -f /bootstrap/bootstrap-database.sql
