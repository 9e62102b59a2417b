-- Takes back 0005_messages.sql; deliveries, texts of the practice's own and what is
-- known of meetings are lost.

DROP POLICY purging ON slot_hold;
DROP POLICY purging_seen ON slot_hold;
REVOKE SELECT (hold_id, expires_at), DELETE ON slot_hold FROM desk_worker;
DROP POLICY purging ON outbox;
DROP POLICY testing ON outbox;
ALTER POLICY desk_adding ON outbox
    WITH CHECK (state = 'WAITING' AND appointment_id IS NOT NULL);
ALTER POLICY own_adding ON outbox
    WITH CHECK (state = 'WAITING' AND desk_appointment_is_mine(appointment_id));
ALTER POLICY webhook ON outbox
    WITH CHECK (kind = 'calendar_pull' AND appointment_id IS NULL AND state = 'WAITING');
DROP POLICY own_deciding ON outbox;
DROP POLICY desk_deciding ON outbox;
REVOKE INSERT (appointment_id, state), UPDATE (payload), DELETE ON outbox FROM desk_worker;
REVOKE SELECT (import_id) ON appointment FROM desk_worker;
DROP TRIGGER outbox_tells_of_trouble ON outbox;
DROP TRIGGER outbox_tells_couriers ON outbox;
DROP TRIGGER outbox_before_decision ON outbox;
DROP TRIGGER outbox_before_dropping ON outbox;
DROP FUNCTION courier_login(), tell_couriers(), tell_of_trouble(), outbox_before_decision(),
    outbox_before_dropping(), outbox_is_of_visit(text, integer, text);

CREATE OR REPLACE FUNCTION client_forget_visits(gone integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM public.waitlist_entry WHERE client_id = gone;
    DELETE FROM public.walk_in WHERE client_id = gone;
    DELETE FROM public.idempotency_key k USING public.appointment a
        WHERE a.appointment_id = k.appointment_id AND a.client_id = gone;
    UPDATE public.outbox o
        SET last_error = '', payload = coalesce(
            (SELECT jsonb_object_agg(key, value) FROM jsonb_each(o.payload)
             WHERE jsonb_typeof(value) = 'number'), '{}')
        FROM public.appointment a
        WHERE a.appointment_id = o.appointment_id AND a.client_id = gone;
    UPDATE public.appointment
        SET notes = '', cancellation_reason = '', meeting_link = '', override_reason = '',
            version = version + 1
        WHERE client_id = gone
            AND (notes, cancellation_reason, meeting_link, override_reason)
                <> ('', '', '', '');
END
$$;

DROP TABLE meeting, message_text;
ALTER TABLE provider DROP COLUMN meeting_kind, DROP COLUMN meeting_host,
    DROP COLUMN meeting_room;
-- Messages have no rows of their own there, and of their states only the end is known.
DELETE FROM outbox WHERE channel <> '' OR kind = 'test_message';
UPDATE outbox SET state = 'DEAD' WHERE state IN ('UNSURE', 'MISSED');
DROP INDEX outbox_trouble_ix, outbox_leased_ix;
ALTER TABLE outbox
    DROP COLUMN recipient, DROP COLUMN channel, DROP COLUMN sent_to, DROP COLUMN outcome,
    DROP COLUMN handed_at, DROP COLUMN settled_at, DROP COLUMN decided_by,
    DROP CONSTRAINT outbox_state_is_known_check,
    ADD CONSTRAINT outbox_state_is_known_check
        CHECK (state IN ('WAITING', 'SENDING', 'DONE', 'DEAD', 'DROPPED'));
