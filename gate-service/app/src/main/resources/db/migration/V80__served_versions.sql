-- The version that requests without a version get instead of the newest one. It counts while instead_of is the
-- newest, so that whatever is published later is served.
CREATE TABLE served_versions (
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  version integer NOT NULL,
  instead_of integer NOT NULL,
  PRIMARY KEY (tenant_id, name),
  FOREIGN KEY (tenant_id, name, version) REFERENCES rulesets,
  FOREIGN KEY (tenant_id, name, instead_of) REFERENCES rulesets
);

ALTER TABLE served_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE served_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON served_versions USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

REVOKE ALL ON served_versions FROM PUBLIC;
GRANT SELECT, INSERT ON served_versions TO gate_app;
GRANT UPDATE (version, instead_of) ON served_versions TO gate_app;
