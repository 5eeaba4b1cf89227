-- What the chain range of an entry holds when it is counted anew, apart from the metering, beside what gate-service answered.

CREATE TABLE chain_recounts (
  tenant_id            uuid        NOT NULL,
  entry_no             bigint      NOT NULL,
  last_hash            text        NOT NULL CHECK (last_hash ~ '^[0-9a-f]{64}$'),
  evaluations_answered bigint     NOT NULL,
  responses_emitted    bigint      NOT NULL,
  evaluations          bigint      NOT NULL,
  bytes_in             bigint      NOT NULL,
  bytes_out            bigint      NOT NULL,
  gates_executed       bigint      NOT NULL,
  audit_writes         bigint      NOT NULL,
  evaluations_differ   boolean     NOT NULL,
  units_differ         boolean     NOT NULL,
  hash_differs         boolean     NOT NULL,
  counted_at           timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, entry_no),
  FOREIGN KEY (tenant_id, entry_no) REFERENCES usage_ledger (tenant_id, entry_no),
  CONSTRAINT chain_recounts_numbers_are_exact CHECK (are_counts(
    evaluations_answered, responses_emitted, evaluations, bytes_in, bytes_out, gates_executed, audit_writes))
);
CREATE INDEX chain_recounts_oldest ON chain_recounts (counted_at);
CREATE INDEX chain_recounts_differing ON chain_recounts (tenant_id)
  WHERE evaluations_differ OR units_differ OR hash_differs;

-- Entries that wait to be counted: one row from the filing on, gone with the first count.
CREATE TABLE recounts_due (
  tenant_id     uuid        NOT NULL,
  entry_no      bigint      NOT NULL,
  handed_out_at timestamptz,
  PRIMARY KEY (tenant_id, entry_no)
);
CREATE INDEX recounts_due_next ON recounts_due (handed_out_at NULLS FIRST);
INSERT INTO recounts_due (tenant_id, entry_no) SELECT tenant_id, entry_no FROM usage_ledger;

CREATE FUNCTION await_recount() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO billing.recounts_due (tenant_id, entry_no) VALUES (NEW.tenant_id, NEW.entry_no);
  RETURN NULL;
END
$$;
CREATE TRIGGER usage_ledger_is_recounted AFTER INSERT ON usage_ledger
  FOR EACH ROW EXECUTE FUNCTION await_recount();

GRANT SELECT, INSERT, DELETE ON recounts_due TO billing_app;
GRANT UPDATE (handed_out_at) ON recounts_due TO billing_app;
GRANT SELECT, INSERT ON chain_recounts TO billing_app;
GRANT UPDATE (last_hash, evaluations_answered, responses_emitted, evaluations, bytes_in, bytes_out, gates_executed,
  audit_writes, evaluations_differ, units_differ, hash_differs, counted_at) ON chain_recounts TO billing_app;
