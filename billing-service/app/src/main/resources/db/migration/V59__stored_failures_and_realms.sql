-- How many names of a call the provider has a failure of its own stored under: it answers with it again for a day. No
-- foreign key: a customer is made before there is an account.
CREATE TABLE stored_failures (
  tenant_id uuid    NOT NULL,
  call      text    NOT NULL CHECK (length(call) BETWEEN 1 AND 200),
  failures  integer NOT NULL CHECK (failures > 0),
  PRIMARY KEY (tenant_id, call)
);
ALTER TABLE stored_failures ENABLE ROW LEVEL SECURITY;
ALTER TABLE stored_failures FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON stored_failures USING (tenant_id = current_tenant())
  WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT ON stored_failures TO billing_app;
GRANT UPDATE (failures) ON stored_failures TO billing_app;

-- Accounts from before realms were written down: theirs is that of the first mode in which Stripe knew the customer, for good.
CREATE FUNCTION adopt_realm(at_realm text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = billing, pg_temp
AS $$
BEGIN
  UPDATE accounts SET realm = at_realm
  WHERE tenant_id = current_tenant() AND realm IS NULL AND at_realm IN ('TEST', 'LIVE')
    AND tenant_id <> '00000000-0000-8000-8000-000000000001';
  RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION adopt_realm(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION adopt_realm(text) TO billing_app;
