-- Takes 0003 back.

DROP FUNCTION desk_clients_found(text[], integer);

-- Who was merged stays inactive; which entry was theirs is no longer known.
DROP TRIGGER appointment_client_is_followed ON appointment;
DROP TRIGGER waitlist_entry_client_is_followed ON waitlist_entry;
DROP TRIGGER walk_in_client_is_followed ON walk_in;
CREATE OR REPLACE FUNCTION client_erase(gone integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.client;
BEGIN
    PERFORM public.desk_require_manager();
    -- Whoever books for this client comes first, or waits here and is refused.
    SELECT * INTO known FROM public.client WHERE client_id = gone FOR UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'there is no such client';
    ELSIF known.erased_at IS NOT NULL THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM public.appointment WHERE client_id = gone
               AND status IN ('PENDING', 'CONFIRMED') AND end_time > now())
    THEN
        RAISE check_violation USING
            MESSAGE = 'this client has appointments to come', TABLE = 'client',
            CONSTRAINT = 'client_has_no_more_visits';
    END IF;
    PERFORM public.client_forget_visits(gone);
    UPDATE public.client
        SET name = 'Erased client', phone = '', email = '', push_address = '',
            language = '', timezone = '', notes = '', no_show_flag = false,
            same_day_locked_until = NULL, consent_email = false, consent_push = false,
            consent_sms = false, is_active = false, created_by = '', erased_at = now()
        WHERE client_id = gone;
    PERFORM public.audit_forget_client(gone);
    -- The planner's samples hold names and numbers too.
    ANALYZE public.client;
END
$$;
DROP FUNCTION client_forget(integer), audit_forget_visits(text, text[], integer),
    audit_forget_fields(integer, text[], timestamptz, timestamptz),
    client_entries(integer), client_is_followed(), client_now(integer),
    client_unmerge(integer), client_move_rows(integer, integer, integer),
    client_merge(integer, integer), client_require(integer), client_write(client),
    client_of_both(client, client), client_notes_of_both(client, client);
DROP TABLE client_merge;
ALTER TABLE client DROP COLUMN merged_into;

DROP POLICY waiting ON client;
DROP TABLE walk_in;
DROP TRIGGER slot_hold_tells_desks ON slot_hold;
DROP TRIGGER waitlist_entry_tells_desks ON waitlist_entry;
DROP TRIGGER waitlist_entry_before_update ON waitlist_entry;
DROP TRIGGER appointment_marks ON appointment;
DROP TRIGGER appointment_text_client_is_kept ON appointment;
DROP FUNCTION waitlist_entry_before_update();
DROP FUNCTION appointment_marks();
CREATE TRIGGER appointment_text_client_is_kept AFTER UPDATE ON appointment
    FOR EACH ROW WHEN (NEW.notes IS DISTINCT FROM OLD.notes
        OR NEW.cancellation_reason IS DISTINCT FROM OLD.cancellation_reason
        OR NEW.meeting_link IS DISTINCT FROM OLD.meeting_link)
    EXECUTE FUNCTION client_is_kept();

CREATE OR REPLACE FUNCTION audit_forget_client(gone integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- Named is what stays, so that a column of later times goes as well.
    kept CONSTANT text[] := ARRAY['client_id', 'appointment_id', 'provider_id',
        'service_id', 'entry_id', 'start_time', 'end_time', 'status', 'price', 'currency',
        'cancellation_hours', 'cancelled_at', 'cancelled_by', 'refund_due', 'arrived_at',
        'booked_via', 'version', 'no_show_count', 'is_active', 'is_urgent', 'erased_at'];
BEGIN
    UPDATE public.audit_log SET
        "old" = (SELECT jsonb_object_agg(key, value) FROM jsonb_each("old")
            WHERE key = ANY (kept)),
        "new" = (SELECT jsonb_object_agg(key, value) FROM jsonb_each("new")
            WHERE key = ANY (kept))
        WHERE client_id = gone;
END
$$;

CREATE OR REPLACE FUNCTION client_forget_visits(gone integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM public.waitlist_entry WHERE client_id = gone;
    DELETE FROM public.idempotency_key k USING public.appointment a
        WHERE a.appointment_id = k.appointment_id AND a.client_id = gone;
    UPDATE public.outbox o
        SET last_error = '', payload = coalesce(
            (SELECT jsonb_object_agg(key, value) FROM jsonb_each(o.payload)
             WHERE jsonb_typeof(value) = 'number'), '{}')
        FROM public.appointment a
        WHERE a.appointment_id = o.appointment_id AND a.client_id = gone;
    UPDATE public.appointment
        SET notes = '', cancellation_reason = '', meeting_link = '', version = version + 1
        WHERE client_id = gone AND (notes, cancellation_reason, meeting_link) <> ('', '', '');
END
$$;

CREATE OR REPLACE FUNCTION appointment_may_become(old_status text, new_status text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT (old_status, new_status) IN (
        ('PENDING', 'CONFIRMED'), ('PENDING', 'CANCELLED'), ('PENDING', 'NO_SHOW'),
        ('CONFIRMED', 'COMPLETED'), ('CONFIRMED', 'CANCELLED'), ('CONFIRMED', 'NO_SHOW'),
        ('COMPLETED', 'CONFIRMED'),
        ('NO_SHOW', 'CONFIRMED')
    )
$$;

DROP INDEX audit_log_at_ix;
ALTER TABLE audit_log DROP COLUMN client_id;
ALTER TABLE audit_log ADD COLUMN client_id integer GENERATED ALWAYS AS (
    CASE WHEN table_name IN ('appointment', 'client', 'waitlist_entry')
        THEN coalesce("new" ->> 'client_id', "old" ->> 'client_id')::integer END) STORED;
CREATE INDEX audit_log_client_id_audit_id_ix ON audit_log (client_id, audit_id);
DROP POLICY desk ON audit_log;
CREATE POLICY desk ON audit_log FOR SELECT TO desk_receptionist
    USING (table_name IN ('appointment', 'client', 'waitlist_entry'));

ALTER TABLE waitlist_entry
    DROP COLUMN service_name, DROP COLUMN from_day, DROP COLUMN until_day,
    DROP COLUMN weekdays, DROP COLUMN from_time, DROP COLUMN until_time, DROP COLUMN state,
    DROP COLUMN called_by, DROP COLUMN calling_until, DROP COLUMN offered_start,
    DROP COLUMN outcome, DROP COLUMN outcome_at, DROP COLUMN version;
DROP INDEX waitlist_entry_client_id_ix;
REVOKE INSERT, UPDATE ON waitlist_entry FROM desk_receptionist;
GRANT INSERT (client_id, provider_id, service_id, appointment_id, is_urgent, notes),
    UPDATE (provider_id, service_id, appointment_id, is_urgent, notes)
    ON waitlist_entry TO desk_receptionist;
ALTER TABLE slot_hold
    DROP CONSTRAINT slot_hold_is_short_check, DROP COLUMN desk, DROP COLUMN held_since;

-- What no earlier version knows; nobody would be left who took it back.
ALTER TABLE appointment DISABLE TRIGGER USER;
UPDATE appointment SET cancelled_by = 'PRACTICE' WHERE cancelled_by = 'UNDO';
ALTER TABLE appointment ENABLE TRIGGER USER;
ALTER TABLE appointment
    DROP CONSTRAINT appointment_missed_is_no_show_check,
    DROP COLUMN seen_at, DROP COLUMN left_at, DROP COLUMN no_show_at,
    DROP COLUMN no_show_by, DROP COLUMN lock_out_until, DROP COLUMN refund_given_at,
    DROP COLUMN refund_given_by, DROP COLUMN overridden, DROP COLUMN override_reason,
    DROP COLUMN series_id,
    DROP CONSTRAINT appointment_cancelled_by_is_known_check,
    ADD CONSTRAINT appointment_cancelled_by_is_known_check
        CHECK (cancelled_by IN ('CLIENT', 'PRACTICE')),
    DROP CONSTRAINT appointment_no_overlap,
    ADD CONSTRAINT appointment_no_overlap
        EXCLUDE USING gist (provider_id WITH =, busy_range WITH &&)
        WHERE (status <> 'CANCELLED');
DROP INDEX appointment_no_show_ix;
