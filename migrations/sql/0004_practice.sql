-- What a practice is set up with: patterns of weekly hours, days on which it is closed,
-- rooms, locations, pictures of providers. Names and rules are those of
-- desk_app/db/models; a test compares the two.

-- Hours of every other week hold in the week of `every_other_from`, a Monday, and in
-- every second one before and after it.
ALTER TABLE availability
    ADD COLUMN every_other_from date,
    ADD COLUMN valid_from date,
    ADD COLUMN valid_until date,
    ADD CONSTRAINT availability_every_other_from_is_sane_check
        CHECK (every_other_from >= '2000-01-01'
            AND every_other_from < '2200-01-01'),
    ADD CONSTRAINT availability_every_other_from_is_monday_check
        CHECK (extract(isodow FROM every_other_from) = 1),
    ADD CONSTRAINT availability_valid_from_is_sane_check
        CHECK (valid_from >= '2000-01-01'
            AND valid_from < '2200-01-01'),
    ADD CONSTRAINT availability_valid_until_is_sane_check
        CHECK (valid_until >= '2000-01-01'
            AND valid_until < '2200-01-01'),
    ADD CONSTRAINT availability_validity_is_in_order_check CHECK (valid_until >= valid_from);

-- The whole practice is closed: weekly hours do not count, extra ones do.
CREATE TABLE closure (
    closure_id integer GENERATED ALWAYS AS IDENTITY,
    day date NOT NULL,
    start_time time DEFAULT '00:00' NOT NULL,
    end_time time DEFAULT '00:00' NOT NULL,
    name text NOT NULL,
    is_holiday boolean DEFAULT false NOT NULL,
    CONSTRAINT closure_pkey PRIMARY KEY (closure_id),
    CONSTRAINT closure_day_is_sane_check
        CHECK (day >= '2000-01-01'
            AND day < '2200-01-01'),
    CONSTRAINT closure_ends_after_start_check
        CHECK ((end_time > start_time OR end_time = '00:00')
            AND start_time < '24:00'
            AND end_time < '24:00'),
    CONSTRAINT closure_name_is_a_line_check
        CHECK (length(name) <= 200
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]')
);

CREATE INDEX closure_day_ix ON closure (day);

CREATE TABLE location (
    location_id integer GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    address text DEFAULT '' NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT location_pkey PRIMARY KEY (location_id),
    CONSTRAINT location_name_is_a_line_check
        CHECK (length(name) <= 200
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT location_address_is_a_paragraph_check
        CHECK (length(address) <= 1000
            AND address !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT location_name_key UNIQUE (name)
);

CREATE TABLE provider_location (
    provider_id integer NOT NULL,
    location_id integer NOT NULL,
    CONSTRAINT provider_location_pkey PRIMARY KEY (provider_id, location_id),
    CONSTRAINT provider_location_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id),
    CONSTRAINT provider_location_location_id_fkey FOREIGN KEY(location_id) REFERENCES location (location_id)
);

CREATE TABLE provider_photo (
    provider_id integer NOT NULL,
    image bytea NOT NULL,
    CONSTRAINT provider_photo_pkey PRIMARY KEY (provider_id),
    CONSTRAINT provider_photo_image_has_a_size_check
        CHECK (octet_length(image) BETWEEN 30 AND 200000),
    CONSTRAINT provider_photo_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id)
);

CREATE TABLE room (
    room_id integer GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    location_id integer,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT room_pkey PRIMARY KEY (room_id),
    CONSTRAINT room_name_is_a_line_check
        CHECK (length(name) <= 200
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT room_name_key UNIQUE (name),
    CONSTRAINT room_location_id_fkey FOREIGN KEY(location_id) REFERENCES location (location_id)
);

-- The rooms that will do for a service; one without any needs none.
CREATE TABLE service_room (
    service_id integer NOT NULL,
    room_id integer NOT NULL,
    CONSTRAINT service_room_pkey PRIMARY KEY (service_id, room_id),
    CONSTRAINT service_room_service_id_fkey FOREIGN KEY(service_id) REFERENCES service (service_id),
    CONSTRAINT service_room_room_id_fkey FOREIGN KEY(room_id) REFERENCES room (room_id)
);

CREATE INDEX service_room_room_id_ix ON service_room (room_id);

-- The row that bookings of a room lock, for a day of UTC: rooms know no clock.
CREATE TABLE room_day (
    room_id integer NOT NULL,
    day date NOT NULL,
    CONSTRAINT room_day_pkey PRIMARY KEY (room_id, day),
    CONSTRAINT room_day_day_is_sane_check
        CHECK (day >= '2000-01-01'
            AND day < '2200-01-01'),
    CONSTRAINT room_day_room_id_fkey FOREIGN KEY(room_id) REFERENCES room (room_id)
);

ALTER TABLE appointment
    ADD COLUMN room_id integer,
    ADD CONSTRAINT appointment_room_id_fkey FOREIGN KEY(room_id) REFERENCES room (room_id),
    ADD CONSTRAINT appointment_room_no_overlap
        EXCLUDE USING gist (room_id WITH =, busy_range WITH &&)
        WHERE (status <> 'CANCELLED' AND room_id IS NOT NULL)
        DEFERRABLE INITIALLY IMMEDIATE;

-- What keeps rooms busy from `first` to before `last`, and nothing else of it: who may
-- not see an appointment must still not be offered its room.
CREATE FUNCTION rooms_busy(rooms integer[], first timestamptz, last timestamptz, but integer[])
RETURNS TABLE (room_id integer, starts timestamptz, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT a.room_id, a.start_time, a.busy_until FROM public.appointment a
    WHERE a.room_id = ANY (rooms) AND a.status <> 'CANCELLED'
        AND a.busy_range OPERATOR(pg_catalog.&&) tstzrange(first, last)
        AND a.appointment_id <> ALL (but)
    ORDER BY a.room_id, a.start_time
$$;

-- What closes the practice concerns every provider's schedule.
CREATE FUNCTION tell_desks_of_closures() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_notify('desk_app', 'schedule 0');
    RETURN NULL;
END
$$;

-- Whose, for whom, and what is written down of it.

DO $$
DECLARE
    made text;
BEGIN
    FOREACH made IN ARRAY ARRAY['closure', 'location', 'provider_location',
        'provider_photo', 'room', 'service_room', 'room_day']
    LOOP
        EXECUTE format('ALTER TABLE %I OWNER TO desk_owner', made);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', made);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', made);
        EXECUTE format('GRANT SELECT ON %I TO desk_backup', made);
        CONTINUE WHEN made = 'room_day';
        EXECUTE format('GRANT SELECT ON %I TO desk_staff, desk_worker', made);
        EXECUTE format('CREATE POLICY reading ON %I FOR SELECT TO desk_staff, desk_worker'
            ' USING (true)', made);
        EXECUTE format('CREATE POLICY managing ON %I TO desk_manager'
            ' USING (true) WITH CHECK (true)', made);
    END LOOP;
END
$$;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO desk_backup;
ALTER FUNCTION rooms_busy(integer[], timestamptz, timestamptz, integer[]) OWNER TO desk_owner;
ALTER FUNCTION tell_desks_of_closures() OWNER TO desk_owner;
REVOKE ALL ON FUNCTION tell_desks_of_closures() FROM PUBLIC;
REVOKE ALL ON FUNCTION rooms_busy(integer[], timestamptz, timestamptz, integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rooms_busy(integer[], timestamptz, timestamptz, integer[])
    TO desk_receptionist, desk_provider;

GRANT INSERT (every_other_from, valid_from, valid_until),
    UPDATE (every_other_from, valid_from, valid_until) ON availability TO desk_manager;
GRANT INSERT (day, start_time, end_time, name, is_holiday),
    UPDATE (day, start_time, end_time, name, is_holiday), DELETE ON closure TO desk_manager;
GRANT INSERT (name, address, is_active), UPDATE (name, address, is_active)
    ON location TO desk_manager;
GRANT INSERT (provider_id, location_id), DELETE ON provider_location TO desk_manager;
GRANT INSERT (provider_id, image), UPDATE (image), DELETE ON provider_photo TO desk_manager;
GRANT INSERT (name, location_id, is_active), UPDATE (name, location_id, is_active)
    ON room TO desk_manager;
GRANT INSERT (service_id, room_id), DELETE ON service_room TO desk_manager;

-- A desk locks the day of a room and writes nothing there; locking asks for UPDATE.
GRANT SELECT, INSERT (room_id, day), UPDATE (day) ON room_day
    TO desk_receptionist, desk_provider;
CREATE POLICY reading ON room_day FOR SELECT TO desk_receptionist, desk_provider USING (true);
CREATE POLICY making ON room_day FOR INSERT TO desk_receptionist, desk_provider WITH CHECK (true);
CREATE POLICY locking ON room_day FOR UPDATE TO desk_receptionist, desk_provider
    USING (true) WITH CHECK (false);
GRANT INSERT (room_id), UPDATE (room_id) ON appointment TO desk_receptionist, desk_provider;
GRANT SELECT (room_id) ON appointment TO desk_worker;

CREATE TRIGGER closure_is_audited AFTER INSERT OR UPDATE OR DELETE ON closure
    FOR EACH ROW EXECUTE FUNCTION audit_change('closure_id');
CREATE TRIGGER location_is_audited AFTER INSERT OR UPDATE OR DELETE ON location
    FOR EACH ROW EXECUTE FUNCTION audit_change('location_id');
CREATE TRIGGER provider_location_is_audited AFTER INSERT OR UPDATE OR DELETE ON provider_location
    FOR EACH ROW EXECUTE FUNCTION audit_change('provider_id');
CREATE TRIGGER room_is_audited AFTER INSERT OR UPDATE OR DELETE ON room
    FOR EACH ROW EXECUTE FUNCTION audit_change('room_id');
CREATE TRIGGER service_room_is_audited AFTER INSERT OR UPDATE OR DELETE ON service_room
    FOR EACH ROW EXECUTE FUNCTION audit_change('service_id');

CREATE TRIGGER closure_tells_desks AFTER INSERT OR UPDATE OR DELETE ON closure
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_closures();
CREATE TRIGGER location_tells_desks AFTER INSERT OR UPDATE OR DELETE ON location
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
CREATE TRIGGER provider_location_tells_desks AFTER INSERT OR UPDATE OR DELETE ON provider_location
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
CREATE TRIGGER provider_photo_tells_desks AFTER INSERT OR UPDATE OR DELETE ON provider_photo
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
CREATE TRIGGER room_tells_desks AFTER INSERT OR UPDATE OR DELETE ON room
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
CREATE TRIGGER service_room_tells_desks AFTER INSERT OR UPDATE OR DELETE ON service_room
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
