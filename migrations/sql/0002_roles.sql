-- Who there is: group roles, which belong to the whole server, and who is signed in.
-- Nobody is a member of the three that own things, and none of them can sign in.
--
--   desk_owner         owns tables and functions
--   desk_audit         owns the audit log, and nothing else
--   desk_staffing      makes and ends logins, by the functions of 0002_staff.sql
--   desk_staff         everybody who works here: pg_hba.conf names this one
--   desk_receptionist  runs the desk
--   desk_provider      sees and changes a diary of their own
--   desk_manager       runs the desk, sets up the practice, its services and its staff
--   desk_worker        carries things outside: calendars, messages, meeting links
--   desk_webhook       says that an outside calendar has changed
--   desk_backup        reads everything, writes nothing

DO $$
DECLARE
    wanted text;
BEGIN
    -- Roles are the server's: databases that are migrated at once take turns.
    LOCK TABLE pg_catalog.pg_authid IN SHARE ROW EXCLUSIVE MODE;
    FOREACH wanted IN ARRAY ARRAY['desk_owner', 'desk_audit', 'desk_staffing', 'desk_staff',
        'desk_receptionist', 'desk_provider', 'desk_manager', 'desk_worker', 'desk_webhook',
        'desk_backup']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
    ALTER ROLE desk_staffing CREATEROLE;
    GRANT desk_staff TO desk_receptionist, desk_provider;
    GRANT desk_receptionist TO desk_manager;
    -- A leaver's sessions are ended at once.
    GRANT pg_signal_backend TO desk_staffing;
    FOREACH wanted IN ARRAY ARRAY['desk_receptionist', 'desk_provider', 'desk_manager'] LOOP
        -- It hands out membership. Older servers know no right to that alone.
        IF current_setting('server_version_num')::integer >= 160000 THEN
            EXECUTE format(
                'GRANT %I TO desk_staffing WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', wanted);
        ELSE
            EXECUTE format('GRANT %I TO desk_staffing WITH ADMIN OPTION', wanted);
        END IF;
    END LOOP;
END
$$;

-- What the desks' keyrings know this practice by, whatever its server is called.
INSERT INTO practice_setting (name, value) VALUES ('practice_id', to_jsonb(gen_random_uuid()))
    ON CONFLICT DO NOTHING;

ALTER TABLE client
    ADD COLUMN created_by text DEFAULT session_user NOT NULL,
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT client_created_by_is_a_line_check
        CHECK (length(created_by) <= 63
            AND created_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT client_erased_at_is_sane_check
        CHECK (erased_at >= '2000-01-01 00:00+00'
            AND erased_at < '2200-01-01 00:00+00');
ALTER TABLE staff_user
    ADD COLUMN password_set_at timestamptz,
    ADD CONSTRAINT staff_user_password_set_at_is_sane_check
        CHECK (password_set_at >= '2000-01-01 00:00+00'
            AND password_set_at < '2200-01-01 00:00+00');
ALTER TABLE idempotency_key
    ADD COLUMN claimed_by text DEFAULT session_user NOT NULL,
    ADD CONSTRAINT idempotency_key_claimed_by_is_a_line_check
        CHECK (length(claimed_by) <= 63
            AND claimed_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]');
-- Whose data a row holds. A column of its own: under row-level security no index on
-- what stands within the JSON could be used.
ALTER TABLE audit_log ADD COLUMN client_id integer GENERATED ALWAYS AS (
    CASE WHEN table_name IN ('appointment', 'client', 'waitlist_entry')
        THEN coalesce("new" ->> 'client_id', "old" ->> 'client_id')::integer END) STORED;
CREATE INDEX audit_log_client_id_audit_id_ix ON audit_log (client_id, audit_id);

-- Who is signed in. Policies ask `(SELECT f())`, once for each statement, not for each
-- row. They run as the owner, so that no policy has to look at itself.

CREATE FUNCTION desk_role() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT role FROM public.staff_user WHERE login = session_user AND is_active);
END
$$;

CREATE FUNCTION desk_provider_id() RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT p.provider_id
        FROM public.staff_user s JOIN public.provider p ON p.user_id = s.user_id
        WHERE s.login = session_user AND s.is_active
    );
END
$$;

CREATE FUNCTION desk_providers_read_all() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN coalesce(
        (SELECT value = 'true'::jsonb FROM public.practice_setting
         WHERE name = 'providers_read_all'),
        false);
END
$$;

-- Somebody who comes, or came, to this provider, or whom this login has entered.
CREATE FUNCTION desk_client_is_mine(wanted integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.appointment
        WHERE client_id = wanted AND provider_id = public.desk_provider_id()
    ) OR EXISTS (
        SELECT FROM public.client WHERE client_id = wanted AND created_by = session_user
    );
END
$$;

-- Volatile, so that it sees the appointment which the same statement has just written.
CREATE FUNCTION desk_appointment_is_mine(wanted integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.appointment
        WHERE appointment_id = wanted AND provider_id = public.desk_provider_id()
    );
END
$$;

-- Nobody under row-level security books for another, backwards in time or into a status.
CREATE OR REPLACE FUNCTION appointment_before_insert() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    offered public.service%ROWTYPE;
BEGIN
    SELECT * INTO offered FROM public.service WHERE service_id = NEW.service_id;
    NEW.busy_until := NEW.end_time
        + make_interval(mins => coalesce(offered.buffer_time_minutes, 0));
    NEW.price := coalesce(NEW.price, offered.price);
    NEW.currency := coalesce(NEW.currency, offered.currency);
    NEW.cancellation_hours := coalesce(NEW.cancellation_hours, offered.cancellation_hours);
    IF row_security_active('public.appointment'::regclass) THEN
        NEW.created_by := session_user;
        IF NEW.status NOT IN ('PENDING', 'CONFIRMED') THEN
            RAISE check_violation USING
                MESSAGE = 'a new appointment is pending or confirmed',
                TABLE = 'appointment', COLUMN = 'status',
                CONSTRAINT = 'appointment_status_follows';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
