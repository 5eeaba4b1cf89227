-- Under the WHERE clauses: a transaction sees the rows of the tenant that it names in nofate.tenant, or what the
-- policies of the purpose that it names in nofate.purpose open. NULL and '' name nobody, and show nothing.
-- FORCE: the owner too. A migration that changes rows names a tenant, or takes FORCE away and gives it back.

CREATE FUNCTION current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('nofate.tenant', true), '')::uuid;

CREATE FUNCTION has_purpose(purpose text) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('nofate.purpose', true) = purpose, false);

GRANT EXECUTE ON FUNCTION current_tenant(), has_purpose(text) TO billing_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['accounts', 'usage_ledger', 'usage_reports', 'open_usage', 'report_attempts', 'invoices',
      'invoice_lines', 'meter_fault_entries', 'chain_recounts', 'recounts_due', 'audit_outbox', 'price_book'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    IF name <> 'price_book' THEN
      EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant_id = current_tenant()) '
        'WITH CHECK (tenant_id = current_tenant())', name);
    END IF;
  END LOOP;
END $$;

-- Everybody's prices are everybody's to read, a tenant's own are its own.
CREATE POLICY own_tenant ON price_book FOR SELECT USING (tenant_id IS NULL OR tenant_id = current_tenant());

-- prices: versions are numbered in one row over all tenants.
CREATE POLICY prices_read ON price_book FOR SELECT USING (has_purpose('prices'));
CREATE POLICY prices_add ON price_book FOR INSERT WITH CHECK (has_purpose('prices'));

-- customers: whose customer or invoice an event speaks of. Rows are found and locked; they are changed as their tenant.
CREATE POLICY customers_read ON accounts FOR SELECT USING (has_purpose('customers'));
CREATE POLICY customers_lock ON accounts FOR UPDATE USING (has_purpose('customers')) WITH CHECK (false);
CREATE POLICY customers_read ON invoices FOR SELECT USING (has_purpose('customers'));

-- graces: accounts whose grace period is over. Found and locked; changed as their tenant.
CREATE POLICY graces_read ON accounts FOR SELECT USING (has_purpose('graces'));
CREATE POLICY graces_lock ON accounts FOR UPDATE USING (has_purpose('graces')) WITH CHECK (false);

-- held_reports: the operator's list.
CREATE POLICY held_reports_read ON report_attempts FOR SELECT USING (has_purpose('held_reports'));

-- outbox: what is owed to the log, and that it is there.
CREATE POLICY outbox_read ON audit_outbox FOR SELECT USING (has_purpose('outbox'));
CREATE POLICY outbox_recorded ON audit_outbox FOR UPDATE USING (has_purpose('outbox'));

-- poll: whose invoices are looked at next, and that they are.
CREATE POLICY poll_read ON accounts FOR SELECT USING (has_purpose('poll'));
CREATE POLICY poll_mark ON accounts FOR UPDATE USING (has_purpose('poll'));

-- meter_faults: entries that the provider named as not counted.
CREATE POLICY meter_faults_read ON usage_ledger FOR SELECT USING (has_purpose('meter_faults'));
CREATE POLICY meter_faults_read ON meter_fault_entries FOR SELECT USING (has_purpose('meter_faults'));
CREATE POLICY meter_faults_link ON meter_fault_entries FOR INSERT WITH CHECK (has_purpose('meter_faults'));

-- recounts: entries whose chain range is counted anew, and that they were handed out.
CREATE POLICY recounts_read ON usage_ledger FOR SELECT USING (has_purpose('recounts'));
CREATE POLICY recounts_read ON chain_recounts FOR SELECT USING (has_purpose('recounts'));
CREATE POLICY recounts_read ON recounts_due FOR SELECT USING (has_purpose('recounts'));
CREATE POLICY recounts_mark ON recounts_due FOR UPDATE USING (has_purpose('recounts'));

-- differences: gauges that count what does not add up.
CREATE POLICY differences_read ON accounts FOR SELECT USING (has_purpose('differences'));
CREATE POLICY differences_read ON invoices FOR SELECT USING (has_purpose('differences'));
CREATE POLICY differences_read ON report_attempts FOR SELECT USING (has_purpose('differences'));
CREATE POLICY differences_read ON chain_recounts FOR SELECT USING (has_purpose('differences'));
CREATE POLICY differences_read ON recounts_due FOR SELECT USING (has_purpose('differences'));
