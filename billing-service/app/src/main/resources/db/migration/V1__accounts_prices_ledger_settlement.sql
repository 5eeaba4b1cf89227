-- Everything billing-service remembers. Times are those of this database's clock: no replica's clock decides anything.
-- Money: nanousd = 10^-9 US dollars; a fraction is 1/1,048,576 of a nanousd (prices are per MiB of 1,048,576 bytes).
-- Numbers that leave as JSON stay within 2^53-1, so that every reader gets them exactly (RFC 7493, section 2.2).

CREATE FUNCTION refuse_change() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION '% refuses %: its rows are immutable', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

CREATE FUNCTION are_counts(VARIADIC numbers bigint[]) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN 0 <= ALL (numbers) AND 9007199254740991 >= ALL (numbers);

-- Accounts -----------------------------------------------------------------------------------------------------------

CREATE TABLE accounts (
  tenant_id          uuid        PRIMARY KEY,
  stripe_customer_id text        NOT NULL UNIQUE CHECK (stripe_customer_id ~ '^cus_[A-Za-z0-9_]{1,200}$'),
  standing           text        NOT NULL DEFAULT 'ACTIVE' CHECK (standing IN ('ACTIVE', 'GRACE', 'SUSPENDED')),
  grace_since        timestamptz,
  grace_until        timestamptz,
  version            bigint      NOT NULL DEFAULT 0,
  created_at         timestamptz NOT NULL,
  CHECK ((standing = 'GRACE') = (grace_since IS NOT NULL AND grace_until IS NOT NULL)),
  CHECK (standing = 'GRACE' OR (grace_since IS NULL AND grace_until IS NULL)),
  CHECK (grace_since < grace_until),
  CONSTRAINT accounts_numbers_are_exact CHECK (are_counts(version))
);
CREATE INDEX accounts_in_grace ON accounts (grace_until) WHERE standing = 'GRACE';

-- Price book: immutable, versions without a hole, each effective later than the one before ----------------------------

CREATE TABLE price_book (
  version                 bigint      PRIMARY KEY,
  effective_from          timestamptz NOT NULL
    CHECK (date_trunc('hour', effective_from, 'UTC') = effective_from),
  nanousd_per_mib_in      bigint      NOT NULL,
  nanousd_per_mib_out     bigint      NOT NULL,
  nanousd_per_gate        bigint      NOT NULL,
  nanousd_per_audit_event bigint      NOT NULL,
  recorded_at             timestamptz NOT NULL,
  previous_version        bigint,
  previous_effective_from timestamptz,
  UNIQUE (effective_from),
  UNIQUE (version, effective_from),
  UNIQUE (previous_version),
  FOREIGN KEY (previous_version, previous_effective_from) REFERENCES price_book (version, effective_from),
  CHECK (
    CASE WHEN version = 1
      THEN previous_version IS NULL AND previous_effective_from IS NULL
      ELSE previous_version IS NOT NULL AND previous_version = version - 1
        AND previous_effective_from IS NOT NULL AND previous_effective_from < effective_from
    END),
  CONSTRAINT price_book_numbers_are_exact CHECK (are_counts(
    version, nanousd_per_mib_in, nanousd_per_mib_out, nanousd_per_gate, nanousd_per_audit_event))
);

-- Usage ledger: immutable. One foreign key chains each entry to the one before: number, chain range, period, carry -----

CREATE TABLE usage_ledger (
  tenant_id           uuid        NOT NULL REFERENCES accounts,
  entry_no            bigint      NOT NULL CHECK (entry_no > 0),
  period_start        timestamptz NOT NULL,
  period_end          timestamptz NOT NULL,
  first_seq           bigint      NOT NULL,
  last_seq            bigint      NOT NULL,
  last_hash           text        NOT NULL CHECK (last_hash ~ '^[0-9a-f]{64}$'),
  evaluations         bigint      NOT NULL,
  bytes_in            bigint      NOT NULL,
  bytes_out           bigint      NOT NULL,
  gates_executed      bigint      NOT NULL,
  audit_writes        bigint      NOT NULL,
  price_version       bigint      NOT NULL REFERENCES price_book,
  fraction_in         integer     NOT NULL CHECK (fraction_in BETWEEN 0 AND 1048575),
  cost_nanousd        bigint      NOT NULL,
  fraction_out        integer     NOT NULL CHECK (fraction_out BETWEEN 0 AND 1048575),
  usage_hash          text        NOT NULL CHECK (usage_hash ~ '^sha256:[0-9a-f]{64}$'),
  filed_at            timestamptz NOT NULL,
  previous_entry_no   bigint,
  previous_last_seq   bigint,
  previous_period_end timestamptz,
  PRIMARY KEY (tenant_id, entry_no),
  CONSTRAINT one_successor UNIQUE (tenant_id, previous_last_seq),
  CONSTRAINT one_entry_a_range_end UNIQUE (tenant_id, last_seq),
  CONSTRAINT one_entry_a_range_start UNIQUE (tenant_id, first_seq),
  CONSTRAINT one_entry_a_period UNIQUE (tenant_id, period_start),
  UNIQUE (tenant_id, entry_no, last_seq, period_end, fraction_out),
  UNIQUE (tenant_id, entry_no, cost_nanousd),
  CONSTRAINT follows_the_entry_before
    FOREIGN KEY (tenant_id, previous_entry_no, previous_last_seq, previous_period_end, fraction_in)
    REFERENCES usage_ledger (tenant_id, entry_no, last_seq, period_end, fraction_out),
  CONSTRAINT range_is_not_empty CHECK (first_seq <= last_seq),
  CONSTRAINT period_is_not_empty CHECK (period_start < period_end),
  CONSTRAINT no_gap_and_no_overlap CHECK (
    CASE WHEN entry_no = 1
      THEN first_seq = 1 AND fraction_in = 0
        AND previous_entry_no IS NULL AND previous_last_seq IS NULL AND previous_period_end IS NULL
      ELSE previous_entry_no IS NOT NULL AND previous_entry_no = entry_no - 1
        AND previous_last_seq IS NOT NULL AND previous_last_seq = first_seq - 1
        AND previous_period_end IS NOT NULL AND previous_period_end <= period_start
    END),
  CONSTRAINT usage_ledger_numbers_are_exact CHECK (are_counts(
    entry_no, first_seq, last_seq, evaluations, bytes_in, bytes_out, gates_executed, audit_writes, cost_nanousd))
);

-- Reports: immutable. What was carried in is what the report before handed on, and nothing is lost in between ----------

CREATE TABLE usage_reports (
  tenant_id           uuid        NOT NULL,
  entry_no            bigint      NOT NULL,
  cost_nanousd        bigint      NOT NULL,
  carried_in_nanousd  bigint      NOT NULL CHECK (carried_in_nanousd BETWEEN 0 AND 9999999),
  quantity_cents      bigint      NOT NULL,
  carried_out_nanousd bigint      NOT NULL CHECK (carried_out_nanousd BETWEEN 0 AND 9999999),
  mode                text        NOT NULL CHECK (mode IN ('mock', 'production')),
  provider_reference  text        NOT NULL,
  reported_at         timestamptz NOT NULL,
  previous_entry_no   bigint,
  PRIMARY KEY (tenant_id, entry_no),
  UNIQUE (tenant_id, previous_entry_no),
  UNIQUE (tenant_id, entry_no, carried_out_nanousd),
  CONSTRAINT reports_its_entry
    FOREIGN KEY (tenant_id, entry_no, cost_nanousd) REFERENCES usage_ledger (tenant_id, entry_no, cost_nanousd),
  CONSTRAINT follows_the_report_before
    FOREIGN KEY (tenant_id, previous_entry_no, carried_in_nanousd)
    REFERENCES usage_reports (tenant_id, entry_no, carried_out_nanousd),
  CONSTRAINT nothing_is_lost
    CHECK (carried_in_nanousd + cost_nanousd = quantity_cents * 10000000 + carried_out_nanousd),
  CONSTRAINT reports_in_order CHECK (
    CASE WHEN entry_no = 1
      THEN previous_entry_no IS NULL AND carried_in_nanousd = 0
      ELSE previous_entry_no IS NOT NULL AND previous_entry_no = entry_no - 1
    END),
  CONSTRAINT usage_reports_numbers_are_exact CHECK (are_counts(quantity_cents))
);

CREATE TABLE open_usage (
  tenant_id      uuid        PRIMARY KEY REFERENCES accounts,
  after_seq      bigint      NOT NULL,
  through_seq    bigint      NOT NULL,
  evaluations    bigint      NOT NULL,
  bytes_in       bigint      NOT NULL,
  bytes_out      bigint      NOT NULL,
  gates_executed bigint      NOT NULL,
  audit_writes   bigint      NOT NULL,
  observed_at    timestamptz NOT NULL,
  CHECK (after_seq <= through_seq),
  CONSTRAINT open_usage_numbers_are_exact CHECK (are_counts(
    after_seq, through_seq, evaluations, bytes_in, bytes_out, gates_executed, audit_writes))
);

-- Invoices and the events that speak of them -------------------------------------------------------------------------

CREATE TABLE invoices (
  invoice_id        text        PRIMARY KEY CHECK (invoice_id ~ '^in_[A-Za-z0-9_]{1,200}$'),
  tenant_id         uuid        NOT NULL REFERENCES accounts,
  status            text        NOT NULL
    CHECK (status IN ('DRAFT', 'OPEN', 'PAYMENT_FAILED', 'UNCOLLECTIBLE', 'PAID', 'VOID')),
  amount_due_cents  bigint      NOT NULL,
  amount_paid_cents bigint      NOT NULL,
  currency          text        NOT NULL CHECK (currency ~ '^[a-z]{3}$'),
  occurred_at       timestamptz NOT NULL,
  last_event_id     text        NOT NULL,
  first_observed_at timestamptz NOT NULL,
  observed_at       timestamptz NOT NULL
);
CREATE INDEX invoices_delinquent ON invoices (tenant_id) WHERE status IN ('PAYMENT_FAILED', 'UNCOLLECTIBLE');

CREATE TABLE stripe_events (
  event_id        text        PRIMARY KEY CHECK (event_id ~ '^evt_[A-Za-z0-9_]{1,200}$'),
  arrival         bigint      NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
  type            text        NOT NULL,
  payload         text        NOT NULL,
  received_at     timestamptz NOT NULL,
  state           text        NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'LEASED', 'DONE', 'PARKED')),
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  lease_until     timestamptz,
  lease_owner     text,
  last_failure    text,
  parked_reason   text,
  CHECK ((state = 'LEASED') = (lease_until IS NOT NULL AND lease_owner IS NOT NULL)),
  CHECK ((state = 'PARKED') = (parked_reason IS NOT NULL))
);
CREATE INDEX stripe_events_waiting ON stripe_events (arrival) WHERE state IN ('PENDING', 'LEASED');

-- What is owed to the audit log --------------------------------------------------------------------------------------

CREATE TABLE audit_outbox (
  id          uuid        PRIMARY KEY,
  arrival     bigint      NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
  tenant_id   uuid        NOT NULL REFERENCES accounts,
  type        text        NOT NULL,
  subject     uuid,
  payload     jsonb       NOT NULL,
  created_at  timestamptz NOT NULL,
  recorded_at timestamptz
);
CREATE INDEX audit_outbox_owed ON audit_outbox (arrival) WHERE recorded_at IS NULL;

-- Nobody changes the past: not the runtime login by its rights, nobody at all by these triggers ------------------------

CREATE TRIGGER price_book_is_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON price_book
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER usage_ledger_is_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON usage_ledger
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER usage_reports_is_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON usage_reports
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE ALL ON ALL TABLES IN SCHEMA billing FROM PUBLIC, billing_app;

GRANT EXECUTE ON FUNCTION are_counts TO billing_app;
GRANT SELECT, INSERT ON price_book, usage_ledger, usage_reports TO billing_app;
GRANT SELECT, INSERT ON accounts TO billing_app;
GRANT UPDATE (standing, grace_since, grace_until, version) ON accounts TO billing_app;
GRANT SELECT, INSERT, UPDATE ON open_usage TO billing_app;
GRANT SELECT, INSERT ON invoices TO billing_app;
GRANT UPDATE (status, amount_due_cents, amount_paid_cents, occurred_at, last_event_id, observed_at)
  ON invoices TO billing_app;
GRANT SELECT, INSERT ON stripe_events TO billing_app;
GRANT UPDATE (state, attempts, next_attempt_at, lease_until, lease_owner, last_failure, parked_reason)
  ON stripe_events TO billing_app;
GRANT SELECT, INSERT ON audit_outbox TO billing_app;
GRANT UPDATE (recorded_at) ON audit_outbox TO billing_app;
