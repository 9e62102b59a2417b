-- Who may do what. Grants say which tables and columns, policies say which rows.
-- Policies compare plain columns: a range operator could use no index under them.

-- Everything of ours belongs to nobody who can sign in.
DO $$
DECLARE
    ours record;
BEGIN
    FOR ours IN
        SELECT c.oid::regclass::text AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass
                    AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO desk_owner', ours.name);
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', ours.name);
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', ours.name);
    END LOOP;
    FOR ours IN
        SELECT p.oid::regprocedure::text AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass
                    AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO desk_owner', ours.name);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', ours.name);
    END LOOP;
    -- Large objects have no policies, and any of them breaks a backup.
    FOR ours IN
        SELECT p.oid::regprocedure::text AS name FROM pg_proc p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace
            AND p.proname ~ '^(lo_|loread$|lowrite$)'
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', ours.name);
    END LOOP;
END
$$;

-- That a table is there is no secret, and a leaver is told that they may not read it,
-- not that there is none: their desk would take that for another version.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;

ALTER TABLE audit_log OWNER TO desk_audit;
ALTER FUNCTION audit_change() OWNER TO desk_audit;
ALTER FUNCTION audit_forget_client(integer) OWNER TO desk_audit;
GRANT EXECUTE ON FUNCTION audit_forget_client(integer) TO desk_owner;

ALTER FUNCTION desk_require_manager() OWNER TO desk_staffing;
ALTER FUNCTION staff_require_verifier(text) OWNER TO desk_staffing;
ALTER FUNCTION staff_group(text) OWNER TO desk_staffing;
ALTER FUNCTION staff_require_turn() OWNER TO desk_staffing;
ALTER FUNCTION staff_require_another_manager(integer) OWNER TO desk_staffing;
ALTER FUNCTION staff_set_group(text, text) OWNER TO desk_staffing;
ALTER FUNCTION staff_link_provider(integer, integer) OWNER TO desk_staffing;
ALTER FUNCTION staff_require(integer) OWNER TO desk_staffing;
ALTER FUNCTION staff_add(text, text, text, text, integer) OWNER TO desk_staffing;
ALTER FUNCTION staff_change(integer, text, text, integer) OWNER TO desk_staffing;
ALTER FUNCTION staff_set_password(integer, text) OWNER TO desk_staffing;
ALTER FUNCTION staff_end_sessions(integer) OWNER TO desk_staffing;
ALTER FUNCTION staff_set_active(integer, boolean) OWNER TO desk_staffing;
ALTER FUNCTION staff_open_database() OWNER TO desk_staffing;
GRANT EXECUTE ON FUNCTION desk_require_manager() TO desk_owner;
GRANT SELECT, INSERT, UPDATE ON staff_user TO desk_staffing;
GRANT SELECT, UPDATE ON provider TO desk_staffing;
CREATE POLICY staffing ON staff_user TO desk_staffing USING (true) WITH CHECK (true);
CREATE POLICY staffing ON provider TO desk_staffing USING (true) WITH CHECK (true);

GRANT EXECUTE ON FUNCTION desk_role(), desk_provider_id(), desk_providers_read_all(),
    desk_client_is_mine(integer), desk_appointment_is_mine(integer)
    TO desk_staff, desk_worker, desk_webhook, desk_staffing;
GRANT EXECUTE ON FUNCTION appointment_may_become(text, text) TO desk_staff, desk_worker;
GRANT EXECUTE ON FUNCTION staff_set_password(integer, text) TO desk_staff;
GRANT EXECUTE ON FUNCTION staff_add(text, text, text, text, integer),
    staff_change(integer, text, text, integer), staff_end_sessions(integer),
    staff_set_active(integer, boolean), client_erase(integer) TO desk_manager;

-- The catalogue: everybody who works here reads it, managers write it.

GRANT SELECT ON practice_setting, service, availability TO desk_staff, desk_worker;
GRANT SELECT (user_id, login, name, role, is_active) ON staff_user TO desk_staff, desk_worker;
GRANT SELECT (provider_id, user_id, name, type, timezone, bio, photo_url, is_active, colour)
    ON provider TO desk_staff;
GRANT SELECT ON provider TO desk_worker, desk_receptionist;
GRANT SELECT ON alembic_version TO desk_staff, desk_worker, desk_webhook;
GRANT SELECT (password_set_at) ON staff_user TO desk_manager;
GRANT INSERT, UPDATE, DELETE ON practice_setting TO desk_manager;
GRANT INSERT (name, type, timezone, bio, photo_url, is_active, colour, email, push_address),
    UPDATE (name, type, timezone, bio, photo_url, is_active, colour, email, push_address)
    ON provider TO desk_manager;
GRANT INSERT (provider_id, name, duration_minutes, price, currency, buffer_time_minutes,
        max_advance_days, cancellation_hours, is_virtual, is_active, colour),
    UPDATE (name, duration_minutes, price, currency, buffer_time_minutes,
        max_advance_days, cancellation_hours, is_virtual, is_active, colour)
    ON service TO desk_manager;
GRANT INSERT (provider_id, day_of_week, start_time, end_time, is_active),
    UPDATE (day_of_week, start_time, end_time, is_active), DELETE
    ON availability TO desk_manager;

CREATE POLICY reading ON alembic_version FOR SELECT
    TO desk_staff, desk_worker, desk_webhook USING (true);
CREATE POLICY reading ON practice_setting FOR SELECT TO desk_staff, desk_worker USING (true);
CREATE POLICY managing ON practice_setting TO desk_manager USING (true) WITH CHECK (true);
CREATE POLICY reading ON provider FOR SELECT TO desk_staff, desk_worker USING (true);
CREATE POLICY managing ON provider TO desk_manager USING (true) WITH CHECK (true);
CREATE POLICY reading ON service FOR SELECT TO desk_staff, desk_worker USING (true);
CREATE POLICY managing ON service TO desk_manager USING (true) WITH CHECK (true);
CREATE POLICY reading ON availability FOR SELECT TO desk_staff, desk_worker USING (true);
CREATE POLICY managing ON availability TO desk_manager USING (true) WITH CHECK (true);
CREATE POLICY reading ON staff_user FOR SELECT TO desk_staff, desk_worker USING (true);

-- Exceptions to the weekly hours: the desk's and the provider's own are made by hand,
-- the worker's come from outside calendars.

GRANT SELECT ON availability_override TO desk_staff, desk_worker;
GRANT INSERT (provider_id, date, start_time, end_time, is_blocked, reason),
    UPDATE (date, start_time, end_time, is_blocked, reason), DELETE
    ON availability_override TO desk_receptionist, desk_provider;
GRANT INSERT (provider_id, date, start_time, end_time, is_blocked, reason, source, sync_id,
        external_event_id, starts_at, ends_at),
    UPDATE (date, start_time, end_time, is_blocked, reason, starts_at, ends_at), DELETE
    ON availability_override TO desk_worker;

CREATE POLICY desk ON availability_override TO desk_receptionist
    USING (source = 'MANUAL') WITH CHECK (source = 'MANUAL');
CREATE POLICY desk_reading ON availability_override FOR SELECT
    TO desk_receptionist, desk_worker USING (true);
CREATE POLICY own ON availability_override TO desk_provider
    USING (provider_id = (SELECT desk_provider_id()) AND source = 'MANUAL')
    WITH CHECK (provider_id = (SELECT desk_provider_id()) AND source = 'MANUAL');
CREATE POLICY own_reading ON availability_override FOR SELECT TO desk_provider
    USING (provider_id = (SELECT desk_provider_id())
        OR (SELECT desk_providers_read_all()));
CREATE POLICY outside ON availability_override TO desk_worker
    USING (source <> 'MANUAL') WITH CHECK (source <> 'MANUAL');

-- Clients. A provider knows those who come to them, and those they have entered.

GRANT SELECT ON client TO desk_receptionist, desk_provider;
GRANT INSERT (name, phone, email, push_address, language, timezone, notes, consent_email,
    consent_push, consent_sms) ON client TO desk_receptionist, desk_provider;
GRANT UPDATE (name, phone, email, push_address, language, timezone, notes, consent_email,
    consent_push, consent_sms, no_show_count, no_show_flag, same_day_locked_until, is_active)
    ON client TO desk_receptionist;
GRANT UPDATE (notes, no_show_count, no_show_flag, same_day_locked_until)
    ON client TO desk_provider;
GRANT SELECT (client_id, name, phone, email, push_address, language, timezone,
    consent_email, consent_push, consent_sms, is_active) ON client TO desk_worker;

CREATE POLICY desk ON client TO desk_receptionist USING (true) WITH CHECK (true);
CREATE POLICY own ON client TO desk_provider
    USING (created_by = session_user::text OR EXISTS (
        SELECT FROM appointment a WHERE a.client_id = client.client_id
            AND a.provider_id = (SELECT desk_provider_id())))
    WITH CHECK (created_by = session_user::text OR EXISTS (
        SELECT FROM appointment a WHERE a.client_id = client.client_id
            AND a.provider_id = (SELECT desk_provider_id())));
-- Who may see another's appointments sees who comes to them.
CREATE POLICY open_reading ON client FOR SELECT TO desk_provider
    USING ((SELECT desk_providers_read_all()));
CREATE POLICY outside ON client FOR SELECT TO desk_worker USING (true);

-- Appointments. Price, buffer, origin and key are nobody's to choose or change.

GRANT SELECT ON appointment TO desk_receptionist, desk_provider;
GRANT INSERT (provider_id, client_id, service_id, start_time, end_time, status, notes,
    booked_via, booking_key) ON appointment TO desk_receptionist, desk_provider;
GRANT UPDATE (provider_id, service_id, start_time, end_time, status, notes, cancelled_at,
    cancellation_reason, cancelled_by, refund_due, arrived_at, change_key, version)
    ON appointment TO desk_receptionist, desk_provider;
GRANT SELECT (appointment_id, provider_id, client_id, service_id, start_time, end_time,
    busy_until, status, meeting_link, price, currency, cancellation_hours, booked_via,
    cancelled_at, cancelled_by, refund_due, version, created_at) ON appointment TO desk_worker;
GRANT UPDATE (meeting_link, version) ON appointment TO desk_worker;

CREATE POLICY desk ON appointment TO desk_receptionist USING (true) WITH CHECK (true);
CREATE POLICY own_reading ON appointment FOR SELECT TO desk_provider
    USING (provider_id = (SELECT desk_provider_id())
        OR (SELECT desk_providers_read_all()));
CREATE POLICY own_booking ON appointment FOR INSERT TO desk_provider
    WITH CHECK (provider_id = (SELECT desk_provider_id()) AND desk_client_is_mine(client_id));
CREATE POLICY own_changing ON appointment FOR UPDATE TO desk_provider
    USING (provider_id = (SELECT desk_provider_id()))
    WITH CHECK (provider_id = (SELECT desk_provider_id()));
CREATE POLICY outside ON appointment TO desk_worker USING (true) WITH CHECK (true);

-- What a booking locks, remembers and leaves to do.

GRANT SELECT, INSERT (provider_id, day), UPDATE (version) ON schedule_day
    TO desk_receptionist, desk_provider;
CREATE POLICY desk ON schedule_day TO desk_receptionist USING (true) WITH CHECK (true);
CREATE POLICY own ON schedule_day TO desk_provider
    USING (provider_id = (SELECT desk_provider_id()))
    WITH CHECK (provider_id = (SELECT desk_provider_id()));
CREATE POLICY own_reading ON schedule_day FOR SELECT TO desk_provider
    USING ((SELECT desk_providers_read_all()));

GRANT SELECT, INSERT (key, request_hash), UPDATE (appointment_id) ON idempotency_key
    TO desk_receptionist, desk_provider;
GRANT SELECT (key, expires_at), DELETE ON idempotency_key TO desk_worker;
CREATE POLICY desk ON idempotency_key TO desk_receptionist USING (true) WITH CHECK (true);
CREATE POLICY own ON idempotency_key TO desk_provider
    USING (claimed_by = session_user::text) WITH CHECK (claimed_by = session_user::text);
CREATE POLICY purging ON idempotency_key TO desk_worker USING (expires_at < now());

GRANT SELECT, INSERT (kind, appointment_id, payload, dedupe_key, run_at), UPDATE (state)
    ON outbox TO desk_receptionist, desk_provider;
GRANT SELECT, UPDATE (state, attempts, run_at, leased_until, lease_token, last_error)
    ON outbox TO desk_worker;
GRANT INSERT (kind, payload, dedupe_key, run_at) ON outbox TO desk_worker, desk_webhook;
-- A desk takes back what waits; that something was sent only the worker can say.
CREATE POLICY desk_reading ON outbox FOR SELECT TO desk_receptionist USING (true);
CREATE POLICY desk_adding ON outbox FOR INSERT TO desk_receptionist
    WITH CHECK (state = 'WAITING' AND appointment_id IS NOT NULL);
CREATE POLICY desk_dropping ON outbox FOR UPDATE TO desk_receptionist
    USING (state = 'WAITING') WITH CHECK (state = 'DROPPED');
CREATE POLICY own_reading ON outbox FOR SELECT TO desk_provider
    USING (desk_appointment_is_mine(appointment_id));
CREATE POLICY own_adding ON outbox FOR INSERT TO desk_provider
    WITH CHECK (state = 'WAITING' AND desk_appointment_is_mine(appointment_id));
CREATE POLICY own_dropping ON outbox FOR UPDATE TO desk_provider
    USING (state = 'WAITING' AND desk_appointment_is_mine(appointment_id))
    WITH CHECK (state = 'DROPPED');
CREATE POLICY outside ON outbox TO desk_worker USING (true)
    WITH CHECK (true);
CREATE POLICY webhook ON outbox FOR INSERT TO desk_webhook
    WITH CHECK (kind = 'calendar_pull' AND appointment_id IS NULL AND state = 'WAITING');

GRANT SELECT, INSERT (hold_id, provider_id, start_time, end_time, expires_at),
    UPDATE (expires_at), DELETE ON slot_hold TO desk_receptionist, desk_provider;
CREATE POLICY reading ON slot_hold FOR SELECT TO desk_receptionist, desk_provider USING (true);
CREATE POLICY desk_holding ON slot_hold FOR INSERT TO desk_receptionist
    WITH CHECK (held_by = session_user::text);
CREATE POLICY own_holding ON slot_hold FOR INSERT TO desk_provider
    WITH CHECK (held_by = session_user::text AND provider_id = (SELECT desk_provider_id()));
CREATE POLICY own_keeping ON slot_hold FOR UPDATE TO desk_receptionist, desk_provider
    USING (held_by = session_user::text) WITH CHECK (held_by = session_user::text);
CREATE POLICY own_dropping ON slot_hold FOR DELETE TO desk_receptionist, desk_provider
    USING (held_by = session_user::text OR expires_at < now());

GRANT SELECT, INSERT (client_id, provider_id, service_id, appointment_id, is_urgent, notes),
    UPDATE (provider_id, service_id, appointment_id, is_urgent, notes), DELETE
    ON waitlist_entry TO desk_receptionist;
GRANT SELECT ON waitlist_entry TO desk_provider;
CREATE POLICY desk ON waitlist_entry TO desk_receptionist USING (true) WITH CHECK (true);
CREATE POLICY own ON waitlist_entry FOR SELECT TO desk_provider
    USING (provider_id = (SELECT desk_provider_id()));

GRANT SELECT, UPDATE (state) ON external_conflict TO desk_receptionist, desk_provider;
GRANT SELECT, INSERT (appointment_id, override_id, kind), UPDATE (state)
    ON external_conflict TO desk_worker;
CREATE POLICY desk ON external_conflict TO desk_receptionist, desk_worker
    USING (true) WITH CHECK (true);
CREATE POLICY own ON external_conflict TO desk_provider
    USING (desk_appointment_is_mine(appointment_id))
    WITH CHECK (desk_appointment_is_mine(appointment_id));

-- A backup reads every row, past all policies (its login has BYPASSRLS), and no more:
-- pg_read_all_data would show it the passwords of the server.

GRANT SELECT ON ALL TABLES IN SCHEMA public TO desk_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO desk_backup;

-- The audit log is read: the desk what concerns appointments and clients, a provider
-- what concerns their own appointments.

GRANT SELECT ON audit_log TO desk_receptionist, desk_provider;
CREATE POLICY desk ON audit_log FOR SELECT TO desk_receptionist
    USING (table_name IN ('appointment', 'client', 'waitlist_entry'));
CREATE POLICY managing ON audit_log FOR SELECT TO desk_manager USING (true);
CREATE POLICY own ON audit_log FOR SELECT TO desk_provider
    USING (table_name = 'appointment' AND (SELECT desk_provider_id())::text
        IN ("old" ->> 'provider_id', "new" ->> 'provider_id'));
