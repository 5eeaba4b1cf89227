-- Who looks at the console, and the hourly counts that it draws.

-- A link is good once, for minutes; only its keyed digest is kept.
CREATE TABLE console_links (
  token_hmac bytea PRIMARY KEY CHECK (length(token_hmac) = 32),
  tenant_id uuid NOT NULL REFERENCES tenants,
  role text NOT NULL CHECK (role IN ('admin', 'reader')),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX console_links_by_expiry ON console_links (expires_at);

CREATE TABLE console_sessions (
  session_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants,
  role text NOT NULL CHECK (role IN ('admin', 'reader')),
  token_hmac bytea NOT NULL UNIQUE CHECK (length(token_hmac) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX console_sessions_by_expiry ON console_sessions (expires_at);

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

REVOKE ALL ON ALL TABLES IN SCHEMA gate FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON console_links, console_sessions TO gate_app;
GRANT UPDATE (used_at) ON console_links TO gate_app;
GRANT UPDATE (ended_at) ON console_sessions TO gate_app;
GRANT SELECT, INSERT ON evaluation_hours TO gate_app;
GRANT UPDATE (evaluations, durations, ages) ON evaluation_hours TO gate_app;
