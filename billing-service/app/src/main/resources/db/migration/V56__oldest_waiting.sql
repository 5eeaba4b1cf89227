-- differences: also how long what waits has waited, as ages without a tenant in them.
CREATE POLICY differences_read ON audit_outbox FOR SELECT USING (has_purpose('differences'));
CREATE POLICY differences_read ON usage_ledger FOR SELECT USING (has_purpose('differences'));
CREATE POLICY differences_read ON usage_reports FOR SELECT USING (has_purpose('differences'));
