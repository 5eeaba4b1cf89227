-- What Stripe says besides invoices: where subscriptions stand, what its meter did not count, what it billed.

ALTER TABLE accounts
  ADD COLUMN subscription_status text CHECK (subscription_status ~ '^[a-z_]{1,40}$'),
  ADD COLUMN replaced_subscription_id text,
  ADD COLUMN payment_method_at timestamptz,
  ADD COLUMN invoices_polled_at timestamptz;
CREATE INDEX accounts_by_poll ON accounts (invoices_polled_at NULLS FIRST, tenant_id)
  WHERE stripe_subscription_id IS NOT NULL;
CREATE INDEX accounts_with_an_ended_subscription ON accounts (tenant_id)
  WHERE subscription_status IN ('canceled', 'incomplete_expired');
GRANT UPDATE (subscription_status, replaced_subscription_id, payment_method_at, invoices_polled_at)
  ON accounts TO billing_app;

-- Shown while the invoice is a draft: what kept it from being finalised.
ALTER TABLE invoices
  ADD COLUMN problem text CHECK (length(problem) BETWEEN 1 AND 200),
  ADD COLUMN lines_read_at timestamptz,
  ADD COLUMN invoiced_cents bigint,
  ADD COLUMN reported_cents bigint,
  ADD CONSTRAINT invoices_numbers_are_exact CHECK (are_counts(coalesce(reported_cents, 0)));
CREATE INDEX invoices_unlike_the_reports ON invoices (tenant_id) WHERE invoiced_cents <> reported_cents;
CREATE INDEX invoices_not_finalised ON invoices (tenant_id) WHERE problem IS NOT NULL AND status = 'DRAFT';
GRANT UPDATE (problem, lines_read_at, invoiced_cents, reported_cents) ON invoices TO billing_app;

CREATE TABLE invoice_lines (
  line_id        text        PRIMARY KEY CHECK (length(line_id) BETWEEN 1 AND 255),
  invoice_id     text        NOT NULL REFERENCES invoices,
  tenant_id      uuid        NOT NULL REFERENCES accounts,
  kind           text        NOT NULL CHECK (kind IN ('METERED', 'ITEM', 'OTHER')),
  period_start   timestamptz NOT NULL,
  period_end     timestamptz NOT NULL,
  usage_hash     text        CHECK (usage_hash ~ '^sha256:[0-9a-f]{64}$'),
  quantity_cents bigint      NOT NULL,
  CONSTRAINT an_item_names_its_usage CHECK ((kind = 'ITEM') = (usage_hash IS NOT NULL))
);
CREATE INDEX invoice_lines_metered ON invoice_lines (tenant_id, period_end) WHERE kind = 'METERED';
CREATE INDEX invoice_lines_items ON invoice_lines (usage_hash) WHERE kind = 'ITEM';
GRANT SELECT, INSERT ON invoice_lines TO billing_app;

CREATE INDEX usage_ledger_by_hash ON usage_ledger (usage_hash);

CREATE TABLE meter_faults (
  event_id       text        PRIMARY KEY CHECK (event_id ~ '^evt_[A-Za-z0-9_]{1,200}$'),
  type           text        NOT NULL,
  meter_id       text,
  errors         bigint      NOT NULL,
  codes          text        NOT NULL CHECK (length(codes) <= 500),
  observed_at    timestamptz NOT NULL,
  settled_at     timestamptz,
  settled_reason text CHECK (length(settled_reason) BETWEEN 1 AND 500),
  CONSTRAINT settled_with_a_reason CHECK ((settled_at IS NULL) = (settled_reason IS NULL)),
  CONSTRAINT meter_faults_numbers_are_exact CHECK (are_counts(errors))
);
CREATE INDEX meter_faults_open ON meter_faults (observed_at) WHERE settled_at IS NULL;

CREATE TABLE meter_fault_entries (
  event_id  text   NOT NULL REFERENCES meter_faults,
  tenant_id uuid   NOT NULL,
  entry_no  bigint NOT NULL,
  PRIMARY KEY (event_id, tenant_id, entry_no),
  FOREIGN KEY (tenant_id, entry_no) REFERENCES usage_ledger (tenant_id, entry_no)
);
CREATE INDEX meter_fault_entries_by_tenant ON meter_fault_entries (tenant_id, entry_no);
GRANT SELECT, INSERT ON meter_faults, meter_fault_entries TO billing_app;
GRANT UPDATE (settled_at, settled_reason) ON meter_faults TO billing_app;
