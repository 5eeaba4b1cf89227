-- The audit log. Rows come and stay: the runtime login may insert and read, nobody may change or remove.
-- Partitioned by tenant, so that (tenant, seq) and (tenant, append) stay unique at any size.

CREATE TABLE audit_events (
  tenant_id uuid        NOT NULL,
  seq       bigint      NOT NULL CHECK (seq >= 1),
  at        timestamptz NOT NULL,
  type      text        NOT NULL CHECK (type IN (
    'tenant_created', 'request_received', 'gate_passed', 'gate_failed', 'response_emitted', 'usage_recorded',
    'ruleset_published', 'api_key_created', 'api_key_rotated', 'api_key_revoked', 'period_closed', 'usage_reported',
    'standing_changed', 'invoice_state_changed', 'rate_limit_exceeded', 'billing_hold', 'content_erased',
    'admin_action')),
  subject   uuid,
  payload   jsonb       NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
  hash      bytea       NOT NULL CHECK (octet_length(hash) = 32),
  append_id uuid        NOT NULL,
  PRIMARY KEY (tenant_id, seq)
) PARTITION BY HASH (tenant_id);

CREATE TABLE audit_appends (
  tenant_id uuid   NOT NULL,
  append_id uuid   NOT NULL,
  first_seq bigint NOT NULL CHECK (first_seq >= 1),
  last_seq  bigint NOT NULL CHECK (last_seq >= first_seq),
  PRIMARY KEY (tenant_id, append_id)
) PARTITION BY HASH (tenant_id);

DO $partitions$
BEGIN
  FOR i IN 0..15 LOOP
    EXECUTE format('CREATE TABLE audit_events_p%s PARTITION OF audit_events FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
      lpad(i::text, 2, '0'), i);
    EXECUTE format('CREATE TABLE audit_appends_p%s PARTITION OF audit_appends FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
      lpad(i::text, 2, '0'), i);
  END LOOP;
END
$partitions$;

-- What readers filter by. Types that stand in every evaluation are found by walking the chain, the others by index.
CREATE INDEX audit_events_usage ON audit_events (tenant_id, seq) WHERE type = 'usage_recorded';
CREATE INDEX audit_events_rare ON audit_events (tenant_id, type, seq)
  WHERE type NOT IN ('request_received', 'gate_passed', 'response_emitted', 'usage_recorded');
CREATE INDEX audit_events_subject ON audit_events (tenant_id, subject, seq) WHERE subject IS NOT NULL;
-- One row a chain: the list of chains.
CREATE INDEX audit_events_first ON audit_events (tenant_id) WHERE seq = 1;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $refuse$
BEGIN
  RAISE EXCEPTION '% on % is refused: rows of the audit log stay as they are', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'object_not_in_prerequisite_state';
END
$refuse$;
REVOKE ALL ON FUNCTION refuse_change() FROM PUBLIC;

-- Row triggers reach the partitions by themselves; statement triggers do not, and only they see TRUNCATE.
CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON audit_appends
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

DO $triggers$
DECLARE
  member regclass;
BEGIN
  FOR member IN
    SELECT relid FROM pg_partition_tree('audit_events') UNION ALL SELECT relid FROM pg_partition_tree('audit_appends')
  LOOP
    EXECUTE format('CREATE TRIGGER log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON %s '
      'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', member);
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, audit_app', member);
  END LOOP;
END
$triggers$;

REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON audit_events, audit_appends FROM audit_app;
GRANT SELECT, INSERT ON audit_events, audit_appends TO audit_app;
