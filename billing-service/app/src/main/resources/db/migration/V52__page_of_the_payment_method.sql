-- The page whose payment method invoices are paid with: one that was opened earlier does not take its place.

ALTER TABLE accounts
  ADD COLUMN payment_page_id text CHECK (payment_page_id ~ '^cs_[A-Za-z0-9_]{1,200}$'),
  ADD COLUMN payment_page_opened_at timestamptz,
  ADD CONSTRAINT a_payment_page_has_its_time CHECK ((payment_page_id IS NULL) = (payment_page_opened_at IS NULL));
GRANT UPDATE (payment_page_id, payment_page_opened_at) ON accounts TO billing_app;
