-- Tenants, their keys, their rulesets, their evaluations. Every key starts with the tenant.

CREATE TABLE tenants (
  tenant_id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  rate_limit_per_minute integer CHECK (rate_limit_per_minute > 0),
  created_at timestamptz NOT NULL
);

-- A key counts from the moment its creation stands in the audit log (audit_seq).
CREATE TABLE api_keys (
  tenant_id uuid NOT NULL REFERENCES tenants,
  key_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  prefix text NOT NULL,
  key_hmac bytea NOT NULL UNIQUE CHECK (length(key_hmac) = 32),
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  audit_seq bigint,
  PRIMARY KEY (tenant_id, key_id)
);

-- A version is served from the moment its publication stands in the audit log (audit_seq).
CREATE TABLE rulesets (
  tenant_id uuid NOT NULL REFERENCES tenants,
  name text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  digest text NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
  document text NOT NULL,
  published_at timestamptz NOT NULL,
  audit_seq bigint,
  PRIMARY KEY (tenant_id, name, version),
  UNIQUE (tenant_id, name, digest)
);

CREATE TABLE evaluations (
  tenant_id uuid NOT NULL,
  evaluation_id uuid NOT NULL,
  received_at timestamptz NOT NULL,
  direction text NOT NULL CHECK (direction IN ('forward', 'backward')),
  state text NOT NULL CHECK (state IN (
    'DETERMINISTIC_COMPLIANCE', 'DETERMINISTIC_VIOLATION',
    'NO_DETERMINISTIC_OUTCOME', 'INVALID_INPUT')),
  gate text,
  code text,
  ruleset_name text,
  ruleset_version integer,
  ruleset_digest text,
  decision_digest text NOT NULL,
  request_commitment text NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  PRIMARY KEY (tenant_id, evaluation_id)
) PARTITION BY HASH (tenant_id);

-- What can be erased stands apart from what stays.
CREATE TABLE evaluation_contents (
  tenant_id uuid NOT NULL,
  evaluation_id uuid NOT NULL,
  received_at timestamptz NOT NULL,
  salt bytea NOT NULL,
  request bytea NOT NULL,
  answer bytea NOT NULL,
  PRIMARY KEY (tenant_id, evaluation_id)
) PARTITION BY HASH (tenant_id);

DO $$
BEGIN
  FOR part IN 0..7 LOOP
    EXECUTE format('CREATE TABLE evaluations_%s PARTITION OF evaluations '
      'FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
    EXECUTE format('CREATE TABLE evaluation_contents_%s PARTITION OF evaluation_contents '
      'FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
  END LOOP;
END $$;

CREATE INDEX evaluations_by_time ON evaluations (tenant_id, received_at DESC, evaluation_id DESC);
CREATE INDEX evaluations_by_state
  ON evaluations (tenant_id, state, received_at DESC, evaluation_id DESC);
CREATE INDEX evaluations_by_ruleset
  ON evaluations (tenant_id, ruleset_name, received_at DESC, evaluation_id DESC);
CREATE INDEX evaluations_by_gate
  ON evaluations (tenant_id, gate, received_at DESC, evaluation_id DESC);

REVOKE ALL ON ALL TABLES IN SCHEMA gate FROM PUBLIC;
GRANT SELECT, INSERT ON tenants, api_keys, rulesets, evaluations, evaluation_contents TO gate_app;
GRANT UPDATE (expires_at, revoked_at, audit_seq) ON api_keys TO gate_app;
GRANT UPDATE (audit_seq) ON rulesets TO gate_app;
