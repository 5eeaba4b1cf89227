-- Contents leave on request or after the tenant's period; ids, states, digests and the log stay.

ALTER TABLE tenants ADD COLUMN retention_days integer CHECK (retention_days BETWEEN 1 AND 36500);

-- Whom a request is about, as a keyed digest of the client's label. It goes with the content.
ALTER TABLE evaluation_contents ADD COLUMN subject bytea CHECK (length(subject) = 32);
CREATE INDEX evaluation_contents_by_time
  ON evaluation_contents (tenant_id, received_at, evaluation_id);
CREATE INDEX evaluation_contents_by_subject
  ON evaluation_contents (tenant_id, subject) WHERE subject IS NOT NULL;

-- Written in the statement that deletes the content; audit_seq follows when the log has the event.
CREATE TABLE erasures (
  tenant_id uuid NOT NULL,
  evaluation_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason IN ('request', 'subject', 'retention')),
  actor uuid,
  erased_at timestamptz NOT NULL,
  audit_seq bigint,
  PRIMARY KEY (tenant_id, evaluation_id)
) PARTITION BY HASH (tenant_id);

DO $$
BEGIN
  FOR part IN 0..7 LOOP
    EXECUTE format('CREATE TABLE erasures_%s PARTITION OF erasures '
      'FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
  END LOOP;
END $$;

CREATE INDEX erasures_unrecorded ON erasures (erased_at) WHERE audit_seq IS NULL;

REVOKE ALL ON ALL TABLES IN SCHEMA gate FROM PUBLIC;
GRANT UPDATE (retention_days) ON tenants TO gate_app;
GRANT DELETE ON evaluation_contents TO gate_app;
GRANT SELECT, INSERT ON erasures TO gate_app;
GRANT UPDATE (audit_seq) ON erasures TO gate_app;
