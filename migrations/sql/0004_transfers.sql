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
