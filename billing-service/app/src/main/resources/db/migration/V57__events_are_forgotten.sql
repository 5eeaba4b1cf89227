-- What Stripe sends names people. A finished event goes after a time, and never before it is old: no login deletes another.

CREATE INDEX stripe_events_finished ON stripe_events (received_at) WHERE state = 'DONE';

CREATE FUNCTION forget_events(received_before timestamptz, most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = billing, pg_temp
AS $$
DECLARE
  forgotten integer;
BEGIN
  DELETE FROM stripe_events WHERE event_id IN (
    SELECT event_id FROM stripe_events
    WHERE state = 'DONE' AND received_at < least(received_before, now() - interval '30 days')
    ORDER BY received_at LIMIT most
    FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END
$$;
REVOKE ALL ON FUNCTION forget_events(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_events(timestamptz, integer) TO billing_app;
