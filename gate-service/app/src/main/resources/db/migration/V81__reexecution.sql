-- reexecution: whose stored evaluations are derived again. They themselves are read as their tenant's.
CREATE POLICY reexecution ON tenants FOR SELECT USING (has_purpose('reexecution'));
