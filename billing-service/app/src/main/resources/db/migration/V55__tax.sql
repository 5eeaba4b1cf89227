-- Whether Stripe computes tax for the account's subscription, as last asked; NULL where tax is not configured or not asked yet.
ALTER TABLE accounts ADD COLUMN tax text CHECK (tax IN ('ON', 'NO_LOCATION', 'REFUSED'));
GRANT UPDATE (tax) ON accounts TO billing_app;
CREATE INDEX accounts_without_tax ON accounts (tenant_id) WHERE tax IN ('NO_LOCATION', 'REFUSED');
