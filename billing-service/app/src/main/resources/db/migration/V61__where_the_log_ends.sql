-- How far gate-service's answers and the log reached when an entry was counted. Null: it was not observed.

ALTER TABLE chain_recounts
  ADD COLUMN last_place bigint CHECK (last_place >= 0),
  ADD COLUMN log_end bigint CHECK (log_end >= 0);
GRANT UPDATE (last_place, log_end) ON chain_recounts TO billing_app;
