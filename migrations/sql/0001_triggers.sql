-- What is true for everybody who writes, psql included: how an appointment changes,
-- what is derived, and who is told. Each function has a fixed search_path.

CREATE FUNCTION appointment_may_become(old_status text, new_status text)
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

-- The buffer keeps the provider busy after the visit.
CREATE FUNCTION appointment_before_insert() RETURNS trigger
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
    NEW.created_by := session_user;
    RETURN NEW;
END
$$;

CREATE FUNCTION appointment_before_update() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    buffer integer;
BEGIN
    IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN
        RAISE check_violation USING
            MESSAGE = 'each change raises the version of an appointment by one',
            TABLE = 'appointment', COLUMN = 'version',
            CONSTRAINT = 'appointment_version_follows';
    END IF;
    IF NEW.status <> OLD.status
        AND NOT public.appointment_may_become(OLD.status, NEW.status)
    THEN
        RAISE check_violation USING
            MESSAGE = format('an appointment that is %s cannot become %s',
                             OLD.status, NEW.status),
            TABLE = 'appointment', COLUMN = 'status',
            CONSTRAINT = 'appointment_status_follows';
    END IF;
    IF (NEW.appointment_id, NEW.booking_key, NEW.created_at, NEW.created_by)
        IS DISTINCT FROM
        (OLD.appointment_id, OLD.booking_key, OLD.created_at, OLD.created_by)
    THEN
        RAISE check_violation USING
            MESSAGE = 'who booked an appointment, when and by which key stays as it was',
            TABLE = 'appointment', COLUMN = 'booking_key',
            CONSTRAINT = 'appointment_origin_stays';
    END IF;
    NEW.busy_until := OLD.busy_until;
    IF (NEW.end_time, NEW.service_id) IS DISTINCT FROM (OLD.end_time, OLD.service_id) THEN
        SELECT buffer_time_minutes INTO buffer
            FROM public.service WHERE service_id = NEW.service_id;
        NEW.busy_until := NEW.end_time + make_interval(mins => coalesce(buffer, 0));
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER appointment_before_insert BEFORE INSERT ON appointment
    FOR EACH ROW EXECUTE FUNCTION appointment_before_insert();
CREATE TRIGGER appointment_before_update BEFORE UPDATE ON appointment
    FOR EACH ROW EXECUTE FUNCTION appointment_before_update();

-- One provider in a zone that no desk knows would keep every desk from reading the day.
CREATE FUNCTION provider_zone_is_known() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = NEW.timezone) THEN
        RAISE check_violation USING
            MESSAGE = 'this time zone is not known',
            TABLE = 'provider', COLUMN = 'timezone',
            CONSTRAINT = 'provider_timezone_is_iana_check';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER provider_zone_is_known BEFORE INSERT OR UPDATE OF timezone ON provider
    FOR EACH ROW EXECUTE FUNCTION provider_zone_is_known();

-- Notices: kind and id, no personal data. They leave on commit; equal ones of one
-- transaction collapse. The first argument is the kind, the second the column of the id.
CREATE FUNCTION tell_desks() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind CONSTANT text := TG_ARGV[0];
    old_id text := to_jsonb(OLD) ->> TG_ARGV[1];
    new_id text := to_jsonb(NEW) ->> TG_ARGV[1];
BEGIN
    IF old_id IS NOT NULL THEN
        PERFORM pg_notify('desk_app', kind || ' ' || old_id);
    END IF;
    IF new_id IS DISTINCT FROM old_id AND new_id IS NOT NULL THEN
        PERFORM pg_notify('desk_app', kind || ' ' || new_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION tell_desks_of_catalogue() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_notify('desk_app', 'catalogue 0');
    RETURN NULL;
END
$$;

CREATE TRIGGER appointment_tells_desks AFTER INSERT OR UPDATE OR DELETE ON appointment
    FOR EACH ROW EXECUTE FUNCTION tell_desks('appointment', 'appointment_id');
CREATE TRIGGER client_tells_desks AFTER INSERT OR UPDATE OR DELETE ON client
    FOR EACH ROW EXECUTE FUNCTION tell_desks('client', 'client_id');
CREATE TRIGGER availability_tells_desks AFTER INSERT OR UPDATE OR DELETE ON availability
    FOR EACH ROW EXECUTE FUNCTION tell_desks('schedule', 'provider_id');
CREATE TRIGGER availability_override_tells_desks
    AFTER INSERT OR UPDATE OR DELETE ON availability_override
    FOR EACH ROW EXECUTE FUNCTION tell_desks('schedule', 'provider_id');
CREATE TRIGGER provider_tells_desks AFTER INSERT OR UPDATE OR DELETE ON provider
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
CREATE TRIGGER service_tells_desks AFTER INSERT OR UPDATE OR DELETE ON service
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
CREATE TRIGGER practice_setting_tells_desks
    AFTER INSERT OR UPDATE OR DELETE ON practice_setting
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
