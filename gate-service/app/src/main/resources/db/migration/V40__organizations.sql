-- Whose sessions are this tenant's. One organization is at most one tenant.

ALTER TABLE tenants ADD COLUMN clerk_org_id text UNIQUE
  CHECK (clerk_org_id ~ '^[A-Za-z0-9_-]{1,100}$');

GRANT UPDATE (clerk_org_id, rate_limit_per_minute) ON tenants TO gate_app;
