-- An operator's hold stands beside the standing that follows from invoices, which goes on underneath.

ALTER TABLE accounts
  ADD COLUMN held_since timestamptz,
  ADD COLUMN hold_reason text CHECK (length(hold_reason) BETWEEN 1 AND 500),
  ADD CONSTRAINT a_hold_has_a_reason CHECK ((held_since IS NULL) = (hold_reason IS NULL));

GRANT UPDATE (held_since, hold_reason) ON accounts TO billing_app;
