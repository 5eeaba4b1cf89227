-- Inside the database: PUBLIC has nothing, each owner owns its schema, each runtime login may look into its own schema
-- and nowhere else. Rights on tables are granted by the migrations that make them.
REVOKE ALL ON DATABASE nofate FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS gate AUTHORIZATION gate_owner;
CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION audit_owner;
CREATE SCHEMA IF NOT EXISTS billing AUTHORIZATION billing_owner;
REVOKE ALL ON SCHEMA gate, audit, billing FROM PUBLIC;

GRANT CONNECT ON DATABASE nofate TO gate_owner, gate_app, audit_owner, audit_app, billing_owner, billing_app;
GRANT USAGE ON SCHEMA gate TO gate_app;
GRANT USAGE ON SCHEMA audit TO audit_app;
GRANT USAGE ON SCHEMA billing TO billing_app;

ALTER ROLE gate_owner IN DATABASE nofate SET search_path = gate;
ALTER ROLE gate_app IN DATABASE nofate SET search_path = gate;
ALTER ROLE audit_owner IN DATABASE nofate SET search_path = audit;
ALTER ROLE audit_app IN DATABASE nofate SET search_path = audit;
ALTER ROLE billing_owner IN DATABASE nofate SET search_path = billing;
ALTER ROLE billing_app IN DATABASE nofate SET search_path = billing;

-- A function is executable by PUBLIC from its birth unless its maker says otherwise.
ALTER DEFAULT PRIVILEGES FOR ROLE gate_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE audit_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE billing_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
