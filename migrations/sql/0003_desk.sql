-- A day at the desk: who waits, who missed, what was overridden, who holds a time.
-- The names are those of desk_app/db/models; a test compares the two.

ALTER TABLE appointment
    ADD COLUMN seen_at timestamptz,
    ADD COLUMN left_at timestamptz,
    ADD COLUMN no_show_at timestamptz,
    ADD COLUMN no_show_by text,
    ADD COLUMN lock_out_until timestamptz,
    ADD COLUMN refund_given_at timestamptz,
    ADD COLUMN refund_given_by text,
    ADD COLUMN overridden text DEFAULT '' NOT NULL,
    ADD COLUMN override_reason text DEFAULT '' NOT NULL,
    ADD COLUMN series_id uuid,
    ADD CONSTRAINT appointment_seen_at_is_sane_check
        CHECK (seen_at >= '2000-01-01 00:00+00'
            AND seen_at < '2200-01-01 00:00+00'),
    ADD CONSTRAINT appointment_left_at_is_sane_check
        CHECK (left_at >= '2000-01-01 00:00+00'
            AND left_at < '2200-01-01 00:00+00'),
    ADD CONSTRAINT appointment_no_show_at_is_sane_check
        CHECK (no_show_at >= '2000-01-01 00:00+00'
            AND no_show_at < '2200-01-01 00:00+00'),
    ADD CONSTRAINT appointment_lock_out_until_is_sane_check
        CHECK (lock_out_until >= '2000-01-01 00:00+00'
            AND lock_out_until < '2200-01-01 00:00+00'),
    ADD CONSTRAINT appointment_refund_given_at_is_sane_check
        CHECK (refund_given_at >= '2000-01-01 00:00+00'
            AND refund_given_at < '2200-01-01 00:00+00'),
    ADD CONSTRAINT appointment_missed_is_no_show_check
        CHECK (status = 'NO_SHOW' OR (no_show_at IS NULL AND lock_out_until IS NULL)),
    ADD CONSTRAINT appointment_no_show_by_is_a_line_check
        CHECK (length(no_show_by) <= 63
            AND no_show_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT appointment_refund_given_by_is_a_line_check
        CHECK (length(refund_given_by) <= 63
            AND refund_given_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT appointment_overridden_is_a_line_check
        CHECK (length(overridden) <= 200
            AND overridden !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT appointment_override_reason_is_a_paragraph_check
        CHECK (length(override_reason) <= 1000
            AND override_reason !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    DROP CONSTRAINT appointment_cancelled_by_is_known_check,
    ADD CONSTRAINT appointment_cancelled_by_is_known_check
        CHECK (cancelled_by IN ('CLIENT', 'PRACTICE', 'UNDO')),
    -- Two appointments that change places are in each other's way until both have
    -- moved. Unless a transaction asks for its end, it is still checked at once.
    DROP CONSTRAINT appointment_no_overlap,
    ADD CONSTRAINT appointment_no_overlap
        EXCLUDE USING gist (provider_id WITH =, busy_range WITH &&)
        WHERE (status <> 'CANCELLED') DEFERRABLE INITIALLY IMMEDIATE;

CREATE INDEX appointment_series_id_ix ON appointment (series_id)
    WHERE series_id IS NOT NULL;
CREATE INDEX appointment_refund_ix ON appointment (cancelled_at)
    WHERE refund_due > 0 AND refund_given_at IS NULL;
CREATE INDEX appointment_no_show_ix ON appointment (client_id) WHERE status = 'NO_SHOW';

ALTER TABLE appointment ALTER COLUMN override_reason SET STATISTICS 0;

ALTER TABLE slot_hold
    ADD COLUMN desk text DEFAULT '' NOT NULL,
    ADD COLUMN held_since timestamptz DEFAULT now() NOT NULL,
    ADD CONSTRAINT slot_hold_desk_is_a_line_check
        CHECK (length(desk) <= 100
            AND desk !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT slot_hold_held_since_is_sane_check
        CHECK (held_since >= '2000-01-01 00:00+00'
            AND held_since < '2200-01-01 00:00+00'),
    -- No desk keeps a time for itself: nothing is held longer than ten minutes.
    ADD CONSTRAINT slot_hold_is_short_check
        CHECK (expires_at <= held_since + interval '10 minutes'
            AND end_time <= start_time + interval '36 hours');

CREATE TABLE walk_in (
    walk_in_id integer GENERATED ALWAYS AS IDENTITY,
    client_id integer NOT NULL,
    provider_id integer,
    service_name text DEFAULT '' NOT NULL,
    appointment_id integer,
    arrived_at timestamptz DEFAULT now() NOT NULL,
    left_at timestamptz,
    notes text DEFAULT '' NOT NULL,
    created_by text DEFAULT session_user NOT NULL,
    CONSTRAINT walk_in_pkey PRIMARY KEY (walk_in_id),
    CONSTRAINT walk_in_service_name_is_a_line_check
        CHECK (length(service_name) <= 200
            AND service_name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT walk_in_arrived_at_is_sane_check
        CHECK (arrived_at >= '2000-01-01 00:00+00'
            AND arrived_at < '2200-01-01 00:00+00'),
    CONSTRAINT walk_in_left_at_is_sane_check
        CHECK (left_at >= '2000-01-01 00:00+00'
            AND left_at < '2200-01-01 00:00+00'),
    CONSTRAINT walk_in_notes_is_a_paragraph_check
        CHECK (length(notes) <= 2000
            AND notes !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT walk_in_created_by_is_a_line_check
        CHECK (length(created_by) <= 63
            AND created_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT walk_in_client_id_fkey FOREIGN KEY(client_id) REFERENCES client (client_id),
    CONSTRAINT walk_in_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id),
    CONSTRAINT walk_in_appointment_id_fkey FOREIGN KEY(appointment_id) REFERENCES appointment (appointment_id) ON DELETE CASCADE
);

CREATE INDEX walk_in_arrived_at_ix ON walk_in (arrived_at);
CREATE INDEX walk_in_client_id_ix ON walk_in (client_id);
ALTER TABLE walk_in ALTER COLUMN notes SET STATISTICS 0;

-- Who would come sooner: when they can, and who rings them right now. `offered_start`
-- is the free time they were last rung about, `outcome` what they said to it.
ALTER TABLE waitlist_entry
    ADD COLUMN service_name text DEFAULT '' NOT NULL,
    ADD COLUMN from_day date,
    ADD COLUMN until_day date,
    ADD COLUMN weekdays text DEFAULT '' NOT NULL,
    ADD COLUMN from_time time,
    ADD COLUMN until_time time,
    ADD COLUMN state text DEFAULT 'WAITING' NOT NULL,
    ADD COLUMN called_by text,
    ADD COLUMN calling_until timestamptz,
    ADD COLUMN offered_start timestamptz,
    ADD COLUMN outcome text,
    ADD COLUMN outcome_at timestamptz,
    ADD COLUMN version integer DEFAULT '1' NOT NULL,
    ADD CONSTRAINT waitlist_entry_service_name_is_a_line_check
        CHECK (length(service_name) <= 200
            AND service_name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT waitlist_entry_from_day_is_sane_check
        CHECK (from_day >= '2000-01-01'
            AND from_day < '2200-01-01'),
    ADD CONSTRAINT waitlist_entry_until_day_is_sane_check
        CHECK (until_day >= '2000-01-01'
            AND until_day < '2200-01-01'),
    ADD CONSTRAINT waitlist_entry_days_are_in_order_check CHECK (until_day >= from_day),
    -- Weekdays as digits, 0 is Monday; "" means any.
    ADD CONSTRAINT waitlist_entry_weekdays_are_known_check CHECK (weekdays ~ '^[0-6]{0,7}$'),
    ADD CONSTRAINT waitlist_entry_times_are_of_a_day_check
        CHECK (from_time < '24:00'
            AND until_time < '24:00'),
    ADD CONSTRAINT waitlist_entry_state_is_known_check
        CHECK (state IN ('WAITING', 'TOOK', 'GONE')),
    ADD CONSTRAINT waitlist_entry_called_by_is_a_line_check
        CHECK (length(called_by) <= 63
            AND called_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT waitlist_entry_calling_until_is_sane_check
        CHECK (calling_until >= '2000-01-01 00:00+00'
            AND calling_until < '2200-01-01 00:00+00'),
    ADD CONSTRAINT waitlist_entry_offered_start_is_sane_check
        CHECK (offered_start >= '2000-01-01 00:00+00'
            AND offered_start < '2200-01-01 00:00+00'),
    ADD CONSTRAINT waitlist_entry_outcome_is_known_check
        CHECK (outcome IN ('NO_ANSWER', 'DECLINED', 'TOOK')),
    ADD CONSTRAINT waitlist_entry_outcome_at_is_sane_check
        CHECK (outcome_at >= '2000-01-01 00:00+00'
            AND outcome_at < '2200-01-01 00:00+00'),
    ADD CONSTRAINT waitlist_entry_version_is_positive_check CHECK (version >= 1);

CREATE INDEX waitlist_entry_waiting_ix ON waitlist_entry (created_at)
    WHERE state = 'WAITING';
CREATE INDEX waitlist_entry_client_id_ix ON waitlist_entry (client_id);

-- Who missed, who gave a refund, who rings: written by the database, not by the desk.

CREATE OR REPLACE FUNCTION appointment_may_become(old_status text, new_status text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT (old_status, new_status) IN (
        ('PENDING', 'CONFIRMED'), ('PENDING', 'CANCELLED'), ('PENDING', 'NO_SHOW'),
        ('CONFIRMED', 'COMPLETED'), ('CONFIRMED', 'CANCELLED'), ('CONFIRMED', 'NO_SHOW'),
        -- Set by mistake and taken back.
        ('CONFIRMED', 'PENDING'), ('COMPLETED', 'CONFIRMED'),
        ('NO_SHOW', 'CONFIRMED'), ('NO_SHOW', 'PENDING'),
        ('CANCELLED', 'CONFIRMED'), ('CANCELLED', 'PENDING')
    )
$$;

CREATE FUNCTION appointment_marks() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.status = 'CANCELLED' AND NEW.status <> 'CANCELLED'
        AND OLD.cancelled_at < now() - interval '1 day'
    THEN
        RAISE check_violation USING
            MESSAGE = 'a cancellation can be taken back for a day',
            TABLE = 'appointment', COLUMN = 'status',
            CONSTRAINT = 'appointment_status_follows';
    END IF;
    NEW.no_show_at := OLD.no_show_at;
    NEW.no_show_by := OLD.no_show_by;
    IF NEW.status <> OLD.status THEN
        NEW.no_show_at := CASE WHEN NEW.status = 'NO_SHOW' THEN now() END;
        NEW.no_show_by := CASE WHEN NEW.status = 'NO_SHOW' THEN session_user END;
    END IF;
    IF NEW.status <> 'NO_SHOW' THEN
        NEW.lock_out_until := NULL;
    END IF;
    IF NEW.status <> 'CANCELLED' THEN
        NEW.cancelled_by := NULL;
    END IF;
    IF NEW.refund_given_at IS DISTINCT FROM OLD.refund_given_at THEN
        NEW.refund_given_at := CASE WHEN NEW.refund_given_at IS NOT NULL THEN now() END;
        NEW.refund_given_by := CASE WHEN NEW.refund_given_at IS NOT NULL THEN session_user END;
    ELSE
        NEW.refund_given_by := OLD.refund_given_by;
    END IF;
    RETURN NEW;
END
$$;

-- After appointment_before_update, by the order of their names.
CREATE TRIGGER appointment_marks BEFORE UPDATE ON appointment
    FOR EACH ROW EXECUTE FUNCTION appointment_marks();

-- Each change raises the version; a call is claimed for five minutes at most, by who is
-- signed in.
CREATE FUNCTION waitlist_entry_before_update() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    NEW.version := OLD.version + 1;
    IF NEW.calling_until IS NULL THEN
        NEW.called_by := NULL;
    ELSIF NEW.calling_until IS DISTINCT FROM OLD.calling_until THEN
        NEW.called_by := session_user;
        NEW.calling_until := least(NEW.calling_until, now() + interval '5 minutes');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER waitlist_entry_before_update BEFORE UPDATE ON waitlist_entry
    FOR EACH ROW EXECUTE FUNCTION waitlist_entry_before_update();

CREATE TRIGGER slot_hold_tells_desks AFTER INSERT OR UPDATE OR DELETE ON slot_hold
    FOR EACH ROW EXECUTE FUNCTION tell_desks('hold', 'provider_id');
CREATE TRIGGER walk_in_tells_desks AFTER INSERT OR UPDATE OR DELETE ON walk_in
    FOR EACH ROW EXECUTE FUNCTION tell_desks('walk_in', 'walk_in_id');
CREATE TRIGGER waitlist_entry_tells_desks AFTER INSERT OR UPDATE OR DELETE ON waitlist_entry
    FOR EACH ROW EXECUTE FUNCTION tell_desks('waitlist', 'entry_id');

-- As 0002: whose, for whom, and what is written down of it.

ALTER TABLE walk_in OWNER TO desk_owner;
ALTER TABLE walk_in ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON walk_in FROM PUBLIC;
ALTER FUNCTION appointment_marks() OWNER TO desk_owner;
ALTER FUNCTION waitlist_entry_before_update() OWNER TO desk_owner;
REVOKE ALL ON FUNCTION appointment_marks() FROM PUBLIC;
REVOKE ALL ON FUNCTION waitlist_entry_before_update() FROM PUBLIC;
GRANT SELECT ON walk_in TO desk_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO desk_backup;

GRANT INSERT (overridden, override_reason, series_id, arrived_at) ON appointment
    TO desk_receptionist, desk_provider;
GRANT UPDATE (seen_at, left_at, lock_out_until, refund_given_at, overridden,
    override_reason, series_id) ON appointment TO desk_receptionist, desk_provider;
GRANT SELECT (overridden, series_id, no_show_at, seen_at, left_at) ON appointment
    TO desk_worker;
GRANT INSERT (desk) ON slot_hold TO desk_receptionist, desk_provider;

GRANT SELECT ON walk_in TO desk_receptionist, desk_provider;
GRANT INSERT (client_id, provider_id, service_name, notes),
    UPDATE (provider_id, service_name, appointment_id, left_at, notes)
    ON walk_in TO desk_receptionist;
CREATE POLICY desk ON walk_in TO desk_receptionist USING (true) WITH CHECK (true);
CREATE POLICY own ON walk_in FOR SELECT TO desk_provider
    USING (provider_id IS NULL OR provider_id = (SELECT desk_provider_id()));
-- A provider knows by name who waits for them, or for whoever is free.
CREATE POLICY waiting ON client FOR SELECT TO desk_provider
    USING (client_id IN (SELECT w.client_id FROM walk_in w
        WHERE w.left_at IS NULL AND w.appointment_id IS NULL));

REVOKE INSERT, UPDATE ON waitlist_entry FROM desk_receptionist;
GRANT INSERT (client_id, provider_id, service_id, service_name, appointment_id, is_urgent,
        notes, from_day, until_day, weekdays, from_time, until_time),
    UPDATE (provider_id, service_id, service_name, appointment_id, is_urgent, notes,
        from_day, until_day, weekdays, from_time, until_time, state, calling_until,
        offered_start, outcome, outcome_at)
    ON waitlist_entry TO desk_receptionist;

-- Nothing is written about somebody who was erased: an override's reason neither.
DROP TRIGGER appointment_text_client_is_kept ON appointment;
CREATE TRIGGER appointment_text_client_is_kept AFTER UPDATE ON appointment
    FOR EACH ROW WHEN (NEW.notes IS DISTINCT FROM OLD.notes
        OR NEW.cancellation_reason IS DISTINCT FROM OLD.cancellation_reason
        OR NEW.override_reason IS DISTINCT FROM OLD.override_reason
        OR NEW.meeting_link IS DISTINCT FROM OLD.meeting_link)
    EXECUTE FUNCTION client_is_kept();
CREATE TRIGGER walk_in_is_audited AFTER INSERT OR UPDATE OR DELETE ON walk_in
    FOR EACH ROW EXECUTE FUNCTION audit_change('walk_in_id');
CREATE TRIGGER walk_in_client_is_kept AFTER INSERT OR UPDATE ON walk_in
    FOR EACH ROW EXECUTE FUNCTION client_is_kept();

-- Whose data a row of the log holds, now for those who walked in too.
ALTER TABLE audit_log DROP COLUMN client_id;
ALTER TABLE audit_log ADD COLUMN client_id integer GENERATED ALWAYS AS (
    CASE WHEN table_name IN ('appointment', 'client', 'waitlist_entry', 'walk_in')
        THEN coalesce("new" ->> 'client_id', "old" ->> 'client_id')::integer END) STORED;
CREATE INDEX audit_log_client_id_audit_id_ix ON audit_log (client_id, audit_id);
-- What changed since somebody last sat here.
CREATE INDEX audit_log_at_ix ON audit_log (at);
DROP POLICY desk ON audit_log;
CREATE POLICY desk ON audit_log FOR SELECT TO desk_receptionist
    USING (table_name IN ('appointment', 'client', 'waitlist_entry', 'walk_in'));

CREATE OR REPLACE FUNCTION audit_forget_client(gone integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- Named is what stays, so that a column of later times goes as well.
    kept CONSTANT text[] := ARRAY['client_id', 'appointment_id', 'provider_id',
        'service_id', 'entry_id', 'walk_in_id', 'start_time', 'end_time', 'status', 'price',
        'currency', 'cancellation_hours', 'cancelled_at', 'cancelled_by', 'refund_due',
        'refund_given_at', 'refund_given_by', 'arrived_at', 'seen_at', 'left_at',
        'no_show_at', 'no_show_by', 'lock_out_until', 'overridden', 'series_id',
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
