-- Under the WHERE clauses: a transaction sees the rows of the tenant that it names in nofate.tenant, or what the
-- policies of the purpose that it names in nofate.purpose open. NULL and '' name nobody, and show nothing.
-- FORCE: the owner too. A migration that changes rows names a tenant, or takes FORCE away and gives it back.

CREATE FUNCTION current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('nofate.tenant', true), '')::uuid;

CREATE FUNCTION has_purpose(purpose text) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('nofate.purpose', true) = purpose, false);

GRANT EXECUTE ON FUNCTION current_tenant(), has_purpose(text) TO gate_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tenants', 'api_keys', 'rulesets', 'evaluations', 'evaluation_contents', 'erasures'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant_id = current_tenant()) '
      'WITH CHECK (tenant_id = current_tenant())', name);
  END LOOP;
  -- Partitions are reached through their table, whose policies count. By themselves they show nothing.
  FOR name IN
    SELECT inhrelid::regclass::text FROM pg_inherits
    WHERE inhparent IN ('evaluations'::regclass, 'evaluation_contents'::regclass, 'erasures'::regclass)
  LOOP
    EXECUTE 'ALTER TABLE ' || name || ' ENABLE ROW LEVEL SECURITY';
    EXECUTE 'ALTER TABLE ' || name || ' FORCE ROW LEVEL SECURITY';
  END LOOP;
END $$;

-- authentication: whose a credential is.
CREATE POLICY authentication ON api_keys FOR SELECT USING (has_purpose('authentication'));
CREATE POLICY authentication ON tenants FOR SELECT USING (has_purpose('authentication'));

-- tenants: the operator's list.
CREATE POLICY tenants ON tenants FOR SELECT USING (has_purpose('tenants'));

-- last_use: when keys were used, for many at once. The runtime role may update few columns.
CREATE POLICY last_use_read ON api_keys FOR SELECT USING (has_purpose('last_use'));
CREATE POLICY last_use_write ON api_keys FOR UPDATE USING (has_purpose('last_use'));

-- retention: contents past their tenant's period go; what the log does not have yet is found.
CREATE POLICY retention ON tenants FOR SELECT USING (has_purpose('retention'));
CREATE POLICY retention_read ON evaluation_contents FOR SELECT USING (has_purpose('retention'));
CREATE POLICY retention_erase ON evaluation_contents FOR DELETE USING (has_purpose('retention'));
CREATE POLICY retention_read ON erasures FOR SELECT USING (has_purpose('retention'));
CREATE POLICY retention_note ON erasures FOR INSERT WITH CHECK (has_purpose('retention') AND reason = 'retention');
