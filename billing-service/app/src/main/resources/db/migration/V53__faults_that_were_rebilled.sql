-- Whether the entries of a settled fault became items.
ALTER TABLE meter_faults
  ADD COLUMN rebilled boolean,
  ADD CONSTRAINT only_a_settled_fault_was_rebilled CHECK (rebilled IS NOT TRUE OR settled_at IS NOT NULL);
GRANT UPDATE (rebilled) ON meter_faults TO billing_app;
