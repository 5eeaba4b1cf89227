-- Trees, signed checkpoints, and how far the auditor got.

-- Perfect subtrees of 256 events and more; what is smaller is made from the events. Derived: whoever
-- makes a row anew makes the same.
CREATE TABLE audit_tree_nodes (
  tenant_id uuid     NOT NULL,
  level     smallint NOT NULL CHECK (level BETWEEN 8 AND 53),
  index     bigint   NOT NULL CHECK (index >= 0),
  hash      bytea    NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id, level, index)
);

-- What was signed stays.
CREATE TABLE audit_checkpoints (
  tenant_id uuid        NOT NULL,
  size      bigint      NOT NULL CHECK (size >= 1),
  issued_at timestamptz NOT NULL,
  note      text        NOT NULL,
  PRIMARY KEY (tenant_id, size, issued_at)
);

-- The auditor's own: signed by it, so that an edit by another hand shows. A row a chain it knows of.
CREATE TABLE audit_progress (
  tenant_id   uuid PRIMARY KEY,
  visited_at  timestamptz,
  progress    text,
  attestation text,
  fault_seq   bigint,
  fault_code  text,
  fault_text  text,
  CHECK ((fault_seq IS NULL) = (fault_code IS NULL) AND (fault_seq IS NULL) = (fault_text IS NULL))
);
CREATE INDEX audit_progress_faults ON audit_progress (tenant_id) WHERE fault_code IS NOT NULL;

DO $triggers$
DECLARE
  member text;
BEGIN
  FOREACH member IN ARRAY ARRAY['audit_tree_nodes', 'audit_checkpoints'] LOOP
    EXECUTE format('CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON %I '
      'FOR EACH ROW EXECUTE FUNCTION refuse_change()', member);
    EXECUTE format('CREATE TRIGGER log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
      'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', member);
  END LOOP;
END
$triggers$;

REVOKE ALL ON audit_tree_nodes, audit_checkpoints, audit_progress FROM PUBLIC, audit_app;
GRANT SELECT, INSERT ON audit_tree_nodes, audit_checkpoints TO audit_app;
GRANT SELECT, INSERT, UPDATE ON audit_progress TO audit_app;
