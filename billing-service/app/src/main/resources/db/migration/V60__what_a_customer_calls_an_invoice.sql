-- An invoice as its customer knows it, as Stripe last gave it. Whoever has a link opens the invoice, until Stripe lets it end.

ALTER TABLE invoices
  ADD COLUMN number text CHECK (length(number) BETWEEN 1 AND 100),
  ADD COLUMN period_start timestamptz,
  ADD COLUMN period_end timestamptz,
  ADD COLUMN hosted_invoice_url text CHECK (hosted_invoice_url ~ '^https://' AND length(hosted_invoice_url) <= 2000),
  ADD COLUMN invoice_pdf text CHECK (invoice_pdf ~ '^https://' AND length(invoice_pdf) <= 2000),
  ADD COLUMN links_observed_at timestamptz;
GRANT UPDATE (number, period_start, period_end, hosted_invoice_url, invoice_pdf, links_observed_at)
  ON invoices TO billing_app;
