-- Runs once, when the cluster is made, before the database's own bootstrap. Passwords come from spec.managed.roles.
DO $bootstrap$
DECLARE
  login text;
BEGIN
  FOREACH login IN ARRAY ARRAY[
    'gate_owner', 'gate_app', 'audit_owner', 'audit_app', 'billing_owner', 'billing_app']
  LOOP
    EXECUTE format(
      'CREATE ROLE %I WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', login);
  END LOOP;
END
$bootstrap$;
