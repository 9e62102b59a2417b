-- What came into the practice from files, and what left it; and how the rows of a file
-- are taken back. The names are those of desk_app/db/models; a test compares the two.

-- `rows` is NULL while an import runs, in the one transaction that makes it; `at` is
-- when it ended. `filled` holds which empty fields of whom were filled in: numbers and
-- names of columns, nothing of a person.
CREATE TABLE transfer (
    transfer_id integer GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    file_name text NOT NULL,
    rows integer,
    filled jsonb DEFAULT '{}' NOT NULL,
    at timestamptz DEFAULT clock_timestamp() NOT NULL,
    by text DEFAULT session_user NOT NULL,
    undone_at timestamptz,
    undone_by text,
    CONSTRAINT transfer_pkey PRIMARY KEY (transfer_id),
    CONSTRAINT transfer_kind_is_known_check
        CHECK (kind IN ('IMPORT_CLIENTS', 'IMPORT_APPOINTMENTS', 'IMPORT_CALENDAR', 'EXPORT_CLIENTS', 'EXPORT_APPOINTMENTS', 'EXPORT_CALENDAR', 'EXPORT_SETUP', 'EXPORT_WAITING_LIST', 'EXPORT_REPORT')),
    CONSTRAINT transfer_file_name_is_a_line_check
        CHECK (length(file_name) <= 255
            AND file_name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT transfer_rows_fits_check CHECK (rows BETWEEN 0 AND 100000000),
    CONSTRAINT transfer_filled_is_an_object_check CHECK (jsonb_typeof(filled) = 'object'),
    CONSTRAINT transfer_at_is_sane_check
        CHECK (at >= '2000-01-01 00:00+00'
            AND at < '2200-01-01 00:00+00'),
    CONSTRAINT transfer_by_is_a_line_check
        CHECK (length(by) <= 63
            AND by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT transfer_undone_at_is_sane_check
        CHECK (undone_at >= '2000-01-01 00:00+00'
            AND undone_at < '2200-01-01 00:00+00'),
    CONSTRAINT transfer_undone_by_is_a_line_check
        CHECK (length(undone_by) <= 63
            AND undone_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]')
);

CREATE INDEX transfer_at_ix ON transfer (at);

ALTER TABLE client
    ADD COLUMN import_id integer,
    ADD CONSTRAINT client_import_id_fkey
        FOREIGN KEY(import_id) REFERENCES transfer (transfer_id);
CREATE INDEX client_import_id_ix ON client (import_id) WHERE import_id IS NOT NULL;
ALTER TABLE appointment
    ADD COLUMN import_id integer,
    ADD CONSTRAINT appointment_import_id_fkey
        FOREIGN KEY(import_id) REFERENCES transfer (transfer_id);
CREATE INDEX appointment_import_id_ix ON appointment (import_id)
    WHERE import_id IS NOT NULL;
ALTER TABLE availability_override
    ADD COLUMN import_id integer,
    ADD CONSTRAINT availability_override_import_id_fkey
        FOREIGN KEY(import_id) REFERENCES transfer (transfer_id);
CREATE INDEX availability_override_import_id_ix ON availability_override (import_id)
    WHERE import_id IS NOT NULL;

-- An import ends once, now.
CREATE FUNCTION transfer_before_update() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.rows IS NULL AND NEW.rows IS NOT NULL THEN
        NEW.at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER transfer_before_update BEFORE UPDATE ON transfer
    FOR EACH ROW EXECUTE FUNCTION transfer_before_update();

-- Nothing is added to an import that has ended, or to somebody else's.
CREATE FUNCTION import_is_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM touched WHERE import_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.transfer t WHERE t.transfer_id = touched.import_id
            AND t.rows IS NULL AND t.by = session_user AND t.kind LIKE 'IMPORT\_%');
    IF FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'this import has ended';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER client_import_is_open AFTER INSERT ON client
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION import_is_open();
CREATE TRIGGER appointment_import_is_open AFTER INSERT ON appointment
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION import_is_open();
CREATE TRIGGER availability_override_import_is_open
    AFTER INSERT ON availability_override
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION import_is_open();

-- Nobody whose data were erased can be told by the file they came with.
CREATE FUNCTION client_forgets_import() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    NEW.import_id := NULL;
    RETURN NEW;
END
$$;

CREATE TRIGGER client_forgets_import BEFORE UPDATE ON client
    FOR EACH ROW WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
    EXECUTE FUNCTION client_forgets_import();

-- Whoever changes more rows at once than a person does tells the desks once, to read
-- again what they show: fifty thousand notices would keep each of them busy.
CREATE FUNCTION tell_desks_together() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    many CONSTANT integer := 100;
    ids text[];
BEGIN
    SELECT array_agg(id) INTO ids FROM (
        SELECT to_jsonb(t) ->> TG_ARGV[1] AS id FROM touched t LIMIT many + 1) few;
    IF cardinality(ids) > many THEN
        PERFORM pg_notify('desk_app', 'refresh 0');
    ELSE
        PERFORM pg_notify('desk_app', TG_ARGV[0] || ' ' || id) FROM unnest(ids) id;
    END IF;
    RETURN NULL;
END
$$;

DROP TRIGGER client_tells_desks ON client;
DROP TRIGGER appointment_tells_desks ON appointment;
CREATE TRIGGER client_tells_desks_of_new AFTER INSERT ON client
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT
    EXECUTE FUNCTION tell_desks_together('client', 'client_id');
CREATE TRIGGER client_tells_desks_of_changed AFTER UPDATE ON client
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT
    EXECUTE FUNCTION tell_desks_together('client', 'client_id');
CREATE TRIGGER client_tells_desks_of_gone AFTER DELETE ON client
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT
    EXECUTE FUNCTION tell_desks_together('client', 'client_id');
CREATE TRIGGER appointment_tells_desks_of_new AFTER INSERT ON appointment
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT
    EXECUTE FUNCTION tell_desks_together('appointment', 'appointment_id');
CREATE TRIGGER appointment_tells_desks_of_changed AFTER UPDATE ON appointment
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT
    EXECUTE FUNCTION tell_desks_together('appointment', 'appointment_id');
CREATE TRIGGER appointment_tells_desks_of_gone AFTER DELETE ON appointment
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT
    EXECUTE FUNCTION tell_desks_together('appointment', 'appointment_id');

-- As 0002: whose, for whom. Everybody who may read rows may have them in a file, and
-- leaves a line that they did; only managers bring rows in.

ALTER TABLE transfer OWNER TO desk_owner;
ALTER TABLE transfer ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON transfer FROM PUBLIC;
ALTER FUNCTION transfer_before_update() OWNER TO desk_owner;
ALTER FUNCTION import_is_open() OWNER TO desk_owner;
ALTER FUNCTION client_forgets_import() OWNER TO desk_owner;
ALTER FUNCTION tell_desks_together() OWNER TO desk_owner;
REVOKE ALL ON FUNCTION transfer_before_update(), import_is_open(), client_forgets_import(),
    tell_desks_together() FROM PUBLIC;
GRANT SELECT ON transfer TO desk_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO desk_backup;

GRANT SELECT, INSERT (kind, file_name, rows) ON transfer TO desk_receptionist, desk_provider;
GRANT UPDATE (rows, filled) ON transfer TO desk_manager;
GRANT INSERT (import_id) ON client TO desk_manager;
GRANT INSERT (import_id) ON availability_override TO desk_manager;
CREATE POLICY own_reading ON transfer FOR SELECT TO desk_receptionist, desk_provider
    USING (by = session_user::text);
CREATE POLICY exporting ON transfer FOR INSERT TO desk_receptionist, desk_provider
    WITH CHECK (kind LIKE 'EXPORT\_%' AND rows IS NOT NULL);
CREATE POLICY managing ON transfer FOR SELECT TO desk_manager USING (true);
CREATE POLICY importing ON transfer FOR INSERT TO desk_manager WITH CHECK (true);
CREATE POLICY ending ON transfer FOR UPDATE TO desk_manager
    USING (by = session_user::text AND rows IS NULL)
    WITH CHECK (by = session_user::text AND rows IS NOT NULL);
CREATE TRIGGER transfer_is_audited AFTER INSERT OR UPDATE OR DELETE ON transfer
    FOR EACH ROW EXECUTE FUNCTION audit_change('transfer_id', 'filled');

-- Asking the server for its zones takes it as long as writing a thousand rows: for what
-- is new it is asked once a statement.
CREATE FUNCTION client_zones_are_known() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM touched WHERE timezone <> '') AND EXISTS (
        SELECT timezone FROM touched WHERE timezone <> ''
        EXCEPT SELECT name FROM pg_timezone_names)
    THEN
        RAISE check_violation USING
            MESSAGE = 'this time zone is not known',
            TABLE = 'client', COLUMN = 'timezone',
            CONSTRAINT = 'client_timezone_is_iana_check';
    END IF;
    RETURN NULL;
END
$$;

DROP TRIGGER client_zone_is_known ON client;
CREATE TRIGGER client_zone_is_known BEFORE UPDATE OF timezone ON client
    FOR EACH ROW WHEN (NEW.timezone <> '')
    EXECUTE FUNCTION client_zone_is_known();
CREATE TRIGGER client_zones_are_known AFTER INSERT ON client
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION client_zones_are_known();
ALTER FUNCTION client_zones_are_known() OWNER TO desk_owner;
REVOKE ALL ON FUNCTION client_zones_are_known() FROM PUBLIC;

-- What was agreed elsewhere knew no buffers: an import says itself until when a visit
-- keeps its provider busy.
CREATE OR REPLACE FUNCTION appointment_before_insert() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    offered public.service%ROWTYPE;
BEGIN
    SELECT * INTO offered FROM public.service WHERE service_id = NEW.service_id;
    IF NEW.import_id IS NULL OR NEW.busy_until IS NULL THEN
        NEW.busy_until := NEW.end_time
            + make_interval(mins => coalesce(offered.buffer_time_minutes, 0));
    END IF;
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

-- Visits that were made elsewhere, with the status they have there. A definer, for
-- nobody else may write a visit that is over, or leave out when it was booked. Returns
-- the visits to come.
CREATE FUNCTION import_appointments(wanted integer, visits jsonb)
RETURNS TABLE (appointment_id integer, provider_id integer, start_time timestamptz,
    status text, is_virtual boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    PERFORM public.desk_require_manager();
    PERFORM FROM public.transfer t WHERE t.transfer_id = wanted AND t.rows IS NULL
        AND t.by = session_user AND t.kind IN ('IMPORT_APPOINTMENTS', 'IMPORT_CALENDAR');
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'this import has ended';
    END IF;
    RETURN QUERY
    WITH visit AS (
        SELECT * FROM jsonb_to_recordset(visits) AS v (provider_id integer,
            client_id integer, service_id integer, start_time timestamptz,
            end_time timestamptz, busy_until timestamptz, status text, notes text)
    ), written AS (
        INSERT INTO public.appointment AS a (provider_id, client_id, service_id,
                start_time, end_time, busy_until, status, notes, cancelled_at,
                cancelled_by, no_show_at, import_id)
            SELECT v.provider_id, v.client_id, v.service_id, v.start_time, v.end_time,
                v.busy_until, v.status, v.notes,
                -- When it was cancelled is not known: in time, then.
                CASE WHEN v.status = 'CANCELLED' THEN greatest('2000-01-01 00:00+00',
                    least(now(), v.start_time
                        - make_interval(hours => s.cancellation_hours + 1))) END,
                CASE WHEN v.status = 'CANCELLED' THEN 'CLIENT' END,
                CASE WHEN v.status = 'NO_SHOW' THEN v.end_time END, wanted
            FROM visit v JOIN public.service s USING (service_id)
        RETURNING a.*
    ), missed AS (
        UPDATE public.client c SET no_show_count = least(100000, c.no_show_count + n.count)
            FROM (SELECT client_id, count(*)::integer AS count FROM written
                WHERE status = 'NO_SHOW' GROUP BY client_id) n
            WHERE c.client_id = n.client_id
    )
    SELECT w.appointment_id, w.provider_id, w.start_time, w.status, s.is_virtual
        FROM written w JOIN public.service s USING (service_id)
        WHERE w.end_time > now() AND w.status IN ('PENDING', 'CONFIRMED')
        ORDER BY w.appointment_id;
END
$$;

-- What of these rows the log says was changed after a moment.
CREATE FUNCTION audit_touched(about text, ids integer[], since timestamptz)
RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT row_id::integer FROM public.audit_log
        WHERE table_name = about AND row_id = ANY (ids::text[]) AND action = 'UPDATE'
            AND at > since
$$;

-- Who was brought in by mistake and taken out again has a right to be forgotten at
-- once: that there were rows, when, and whose doing that was, stays.
CREATE FUNCTION audit_forget_rows(about text, ids integer[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kept CONSTANT text[] := ARRAY['client_id', 'appointment_id', 'provider_id',
        'service_id', 'start_time', 'end_time', 'status', 'version', 'import_id'];
BEGIN
    UPDATE public.audit_log SET
        "old" = (SELECT jsonb_object_agg(key, value) FROM jsonb_each("old")
            WHERE key = ANY (kept)),
        "new" = (SELECT jsonb_object_agg(key, value) FROM jsonb_each("new")
            WHERE key = ANY (kept))
        WHERE table_name = about AND row_id = ANY (ids::text[]);
END
$$;

-- When an import ended that may be taken back.
CREATE FUNCTION import_require(wanted integer) RETURNS timestamptz
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.transfer;
BEGIN
    PERFORM public.desk_require_manager();
    SELECT * INTO known FROM public.transfer WHERE transfer_id = wanted
        AND kind LIKE 'IMPORT\_%' AND rows IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'there is no such import';
    ELSIF known.undone_at IS NOT NULL THEN
        RAISE check_violation USING
            MESSAGE = 'this import was taken back', TABLE = 'transfer',
            CONSTRAINT = 'transfer_is_undone_once';
    END IF;
    RETURN known.at;
END
$$;

-- Takes an import back, step by step, in one transaction of who calls: visits, then
-- clients, each from a number on, `most` of them; then `import_undo` ends it. What
-- somebody has used since stays: a visit that was changed or about which something
-- has left, a client who was changed, merged, or for whom there is anything else.
-- Returns the last number that was looked at, NULL at the end.
CREATE FUNCTION import_drop_appointments(wanted integer, after_id integer, most integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    since CONSTANT timestamptz := public.import_require(wanted);
    looked_at CONSTANT integer[] := ARRAY(SELECT appointment_id
        FROM public.appointment WHERE import_id = wanted AND appointment_id > after_id
        ORDER BY 1 LIMIT most);
    gone CONSTANT integer[] := ARRAY(SELECT id FROM unnest(looked_at) id
        WHERE NOT EXISTS (SELECT FROM public.outbox o WHERE o.appointment_id = id
                AND o.state NOT IN ('WAITING', 'DROPPED'))
            AND NOT EXISTS (SELECT FROM public.waitlist_entry w
                WHERE w.appointment_id = id)
            AND NOT EXISTS (SELECT FROM public.walk_in w WHERE w.appointment_id = id)
            AND NOT EXISTS (SELECT FROM public.external_conflict e
                WHERE e.appointment_id = id)
        EXCEPT SELECT public.audit_touched('appointment', looked_at, since));
BEGIN
    WITH dropped AS (
        DELETE FROM public.appointment WHERE appointment_id = ANY (gone)
        RETURNING client_id, status
    )
    UPDATE public.client c SET no_show_count = greatest(0, c.no_show_count - n.count)
        FROM (SELECT client_id, count(*)::integer AS count FROM dropped
            WHERE status = 'NO_SHOW' GROUP BY client_id) n
        WHERE c.client_id = n.client_id AND c.import_id IS DISTINCT FROM wanted;
    PERFORM public.audit_forget_rows('appointment', gone);
    RETURN (SELECT max(id) FROM unnest(looked_at) id);
END
$$;

CREATE FUNCTION import_drop_clients(wanted integer, after_id integer, most integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    since CONSTANT timestamptz := public.import_require(wanted);
    looked_at CONSTANT integer[] := ARRAY(SELECT client_id FROM public.client
        WHERE import_id = wanted AND client_id > after_id
        ORDER BY client_id LIMIT most FOR UPDATE);
    gone CONSTANT integer[] := ARRAY(SELECT id FROM unnest(looked_at) id
        WHERE NOT EXISTS (SELECT FROM public.appointment a WHERE a.client_id = id)
            AND NOT EXISTS (SELECT FROM public.walk_in w WHERE w.client_id = id)
            AND NOT EXISTS (SELECT FROM public.waitlist_entry w WHERE w.client_id = id)
            AND NOT EXISTS (SELECT FROM public.client m WHERE m.merged_into = id)
            AND NOT EXISTS (SELECT FROM public.client_merge m WHERE m.kept_id = id)
            AND NOT EXISTS (SELECT FROM public.client_merge m WHERE m.gone_id = id)
        EXCEPT SELECT public.audit_touched('client', looked_at, since));
BEGIN
    DELETE FROM public.client WHERE client_id = ANY (gone);
    PERFORM public.audit_forget_rows('client', gone);
    RETURN (SELECT max(id) FROM unnest(looked_at) id);
END
$$;

-- Ends what the two have begun: times that came with a calendar go, fields that were
-- filled in are empty again where nobody has written them since.
CREATE FUNCTION import_undo(wanted integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    since CONSTANT timestamptz := public.import_require(wanted);
    given CONSTANT jsonb := (SELECT filled FROM public.transfer
        WHERE transfer_id = wanted);
    whom CONSTANT integer[] := ARRAY(SELECT key::integer FROM jsonb_object_keys(given) key
        EXCEPT SELECT public.audit_touched('client',
            ARRAY(SELECT key::integer FROM jsonb_object_keys(given) key), since));
BEGIN
    DELETE FROM public.availability_override o WHERE import_id = wanted
        AND override_id NOT IN (SELECT public.audit_touched('availability_override',
            ARRAY(SELECT override_id FROM public.availability_override
                WHERE import_id = wanted), since));
    UPDATE public.client c SET
            phone = CASE WHEN given -> c.client_id::text ? 'phone'
                THEN '' ELSE c.phone END,
            email = CASE WHEN given -> c.client_id::text ? 'email'
                THEN '' ELSE c.email END,
            notes = CASE WHEN given -> c.client_id::text ? 'notes'
                THEN '' ELSE c.notes END,
            language = CASE WHEN given -> c.client_id::text ? 'language'
                THEN '' ELSE c.language END,
            timezone = CASE WHEN given -> c.client_id::text ? 'timezone'
                THEN '' ELSE c.timezone END
        WHERE c.client_id = ANY (whom);
    UPDATE public.transfer SET undone_at = clock_timestamp(), undone_by = session_user
        WHERE transfer_id = wanted;
END
$$;

ALTER FUNCTION import_appointments(integer, jsonb) OWNER TO desk_owner;
ALTER FUNCTION audit_touched(text, integer[], timestamptz) OWNER TO desk_audit;
ALTER FUNCTION audit_forget_rows(text, integer[]) OWNER TO desk_audit;
ALTER FUNCTION import_require(integer) OWNER TO desk_owner;
ALTER FUNCTION import_drop_appointments(integer, integer, integer) OWNER TO desk_owner;
ALTER FUNCTION import_drop_clients(integer, integer, integer) OWNER TO desk_owner;
ALTER FUNCTION import_undo(integer) OWNER TO desk_owner;
REVOKE ALL ON FUNCTION import_appointments(integer, jsonb),
    audit_touched(text, integer[], timestamptz), audit_forget_rows(text, integer[]),
    import_require(integer), import_drop_appointments(integer, integer, integer),
    import_drop_clients(integer, integer, integer), import_undo(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_touched(text, integer[], timestamptz),
    audit_forget_rows(text, integer[]) TO desk_owner;
GRANT EXECUTE ON FUNCTION import_appointments(integer, jsonb),
    import_drop_appointments(integer, integer, integer),
    import_drop_clients(integer, integer, integer), import_undo(integer) TO desk_manager;
