-- What is known of usage in doubt: when it was last sent (before, and for a while after, the provider's sums prove nothing), and
-- for which subscription. Both are null for what was sent before these columns.

ALTER TABLE report_attempts
  ADD COLUMN last_sent_at timestamptz,
  ADD COLUMN subscription_id text,
  ADD CONSTRAINT only_what_was_sent_was_sent_last CHECK (last_sent_at IS NULL OR channel IS NOT NULL);
GRANT UPDATE (last_sent_at, subscription_id) ON report_attempts TO billing_app;
