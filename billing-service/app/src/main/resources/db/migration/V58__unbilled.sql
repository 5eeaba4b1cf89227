-- Reported usage that no invoice bills though its period is over.

-- Entries that had been metered and became an item of the next invoice on an operator's word, and when.
CREATE TABLE rebilled_entries (
  tenant_id uuid        NOT NULL,
  entry_no  bigint      NOT NULL,
  added_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, entry_no),
  FOREIGN KEY (tenant_id, entry_no) REFERENCES usage_reports (tenant_id, entry_no)
);
ALTER TABLE rebilled_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE rebilled_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON rebilled_entries USING (tenant_id = current_tenant())
  WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT ON rebilled_entries TO billing_app;

-- differences: also what no invoice bills.
CREATE POLICY differences_read ON rebilled_entries FOR SELECT USING (has_purpose('differences'));
CREATE POLICY differences_read ON invoice_lines FOR SELECT USING (has_purpose('differences'));
CREATE POLICY differences_read ON meter_fault_entries FOR SELECT USING (has_purpose('differences'));

CREATE INDEX usage_ledger_by_period_end ON usage_ledger (tenant_id, period_end);
CREATE INDEX usage_reports_of_mock_mode ON usage_reports (tenant_id, entry_no) WHERE mode = 'mock';
CREATE INDEX usage_reports_as_items ON usage_reports (tenant_id, entry_no) WHERE provider_reference LIKE 'ii\_%';
