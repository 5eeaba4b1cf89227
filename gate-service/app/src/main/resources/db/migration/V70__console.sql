-- Who looks at the console, and the hourly counts that it draws.

-- A link is good once, for minutes; only its keyed digest is kept.
CREATE TABLE console_links (
  token_hmac bytea PRIMARY KEY CHECK (length(token_hmac) = 32),
  tenant_id uuid NOT NULL REFERENCES tenants,
  role text NOT NULL CHECK (role IN ('admin', 'reader')),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX console_links_by_expiry ON console_links (tenant_id, expires_at);

CREATE TABLE console_sessions (
  session_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants,
  role text NOT NULL CHECK (role IN ('admin', 'reader')),
  token_hmac bytea NOT NULL UNIQUE CHECK (length(token_hmac) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX console_sessions_by_expiry ON console_sessions (tenant_id, expires_at);

-- What was answered in an hour, counted as it was stored: pictures read this, never evaluations.
-- gate and code are '' for a compliance, which has neither. A bucket counts durations or ages up to
-- the bound that its place in the array stands for.
CREATE TABLE evaluation_hours (
  tenant_id uuid NOT NULL,
  hour timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN (
    'DETERMINISTIC_COMPLIANCE', 'DETERMINISTIC_VIOLATION',
    'NO_DETERMINISTIC_OUTCOME', 'INVALID_INPUT')),
  gate text NOT NULL,
  code text NOT NULL,
  evaluations bigint NOT NULL CHECK (evaluations > 0),
  durations bigint[] NOT NULL,
  ages bigint[] NOT NULL,
  PRIMARY KEY (tenant_id, hour, state, gate, code)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['console_links', 'console_sessions', 'evaluation_hours'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant_id = current_tenant()) '
      'WITH CHECK (tenant_id = current_tenant())', name);
  END LOOP;
END $$;

-- authentication: whose a link or a session is.
CREATE POLICY authentication ON console_links FOR SELECT USING (has_purpose('authentication'));
CREATE POLICY authentication ON console_sessions FOR SELECT USING (has_purpose('authentication'));

REVOKE ALL ON ALL TABLES IN SCHEMA gate FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON console_links, console_sessions TO gate_app;
GRANT UPDATE (used_at) ON console_links TO gate_app;
GRANT UPDATE (ended_at) ON console_sessions TO gate_app;
GRANT SELECT, INSERT ON evaluation_hours TO gate_app;
GRANT UPDATE (evaluations, durations, ages) ON evaluation_hours TO gate_app;
