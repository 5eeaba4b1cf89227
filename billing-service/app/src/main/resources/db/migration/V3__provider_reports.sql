-- What was tried at the payment provider before an answer was recorded, so that nothing is billed twice whatever dies when.

ALTER TABLE accounts
  ADD COLUMN stripe_subscription_id text UNIQUE CHECK (stripe_subscription_id ~ '^sub_[A-Za-z0-9_]{1,200}$');

CREATE TABLE report_attempts (
  tenant_id     uuid        NOT NULL,
  entry_no      bigint      NOT NULL,
  attempts      integer     NOT NULL,
  not_before    timestamptz NOT NULL,
  channel       text        CHECK (channel IN ('METER_EVENT', 'INVOICE_ITEM')),
  first_sent_at timestamptz,
  last_failure  text,
  held_reason   text,
  PRIMARY KEY (tenant_id, entry_no),
  FOREIGN KEY (tenant_id, entry_no) REFERENCES usage_ledger (tenant_id, entry_no),
  CONSTRAINT a_channel_was_sent_over CHECK ((channel IS NULL) = (first_sent_at IS NULL)),
  CONSTRAINT only_what_was_sent_is_held CHECK (held_reason IS NULL OR channel IS NOT NULL)
);
CREATE INDEX report_attempts_held ON report_attempts (tenant_id) WHERE held_reason IS NOT NULL;

GRANT UPDATE (stripe_subscription_id) ON accounts TO billing_app;
GRANT SELECT, INSERT ON report_attempts TO billing_app;
GRANT UPDATE (attempts, not_before, channel, first_sent_at, last_failure, held_reason)
  ON report_attempts TO billing_app;
