-- Logins: an owner (migrations) and a runtime login for each schema. None of them can make roles or databases, and
-- none passes row security or replication. Passwords arrive as session settings nofate.password_<login>.
DO $bootstrap$
DECLARE
  login text;
BEGIN
  FOREACH login IN ARRAY ARRAY[
    'gate_owner', 'gate_app', 'audit_owner', 'audit_app', 'billing_owner', 'billing_app']
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
      EXECUTE format('CREATE ROLE %I', login);
    END IF;
    EXECUTE format(
      'ALTER ROLE %I WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L',
      login, current_setting('nofate.password_' || login));
  END LOOP;
END
$bootstrap$;

REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
