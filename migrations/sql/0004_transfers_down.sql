-- Takes the transfers back: what was imported stays.

DROP TRIGGER client_import_is_open ON client;
DROP TRIGGER appointment_import_is_open ON appointment;
DROP TRIGGER availability_override_import_is_open ON availability_override;
DROP TRIGGER client_forgets_import ON client;
DROP TRIGGER client_tells_desks_of_new ON client;
DROP TRIGGER client_tells_desks_of_changed ON client;
DROP TRIGGER client_tells_desks_of_gone ON client;
DROP TRIGGER appointment_tells_desks_of_new ON appointment;
DROP TRIGGER appointment_tells_desks_of_changed ON appointment;
DROP TRIGGER appointment_tells_desks_of_gone ON appointment;
DROP TRIGGER client_zones_are_known ON client;
DROP TRIGGER client_zone_is_known ON client;
CREATE TRIGGER client_zone_is_known BEFORE INSERT OR UPDATE OF timezone ON client
    FOR EACH ROW WHEN (NEW.timezone <> '')
    EXECUTE FUNCTION client_zone_is_known();
DROP FUNCTION import_undo(integer), import_drop_clients(integer, integer, integer),
    import_drop_appointments(integer, integer, integer), import_require(integer),
    audit_forget_rows(text, integer[]), audit_touched(text, integer[], timestamptz),
    import_appointments(integer, jsonb), client_zones_are_known();
DROP FUNCTION import_is_open();
DROP FUNCTION client_forgets_import();
DROP FUNCTION tell_desks_together();
CREATE TRIGGER appointment_tells_desks AFTER INSERT OR UPDATE OR DELETE ON appointment
    FOR EACH ROW EXECUTE FUNCTION tell_desks('appointment', 'appointment_id');
CREATE TRIGGER client_tells_desks AFTER INSERT OR UPDATE OR DELETE ON client
    FOR EACH ROW EXECUTE FUNCTION tell_desks('client', 'client_id');
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
ALTER TABLE client DROP COLUMN import_id;
ALTER TABLE appointment DROP COLUMN import_id;
ALTER TABLE availability_override DROP COLUMN import_id;
DROP TABLE transfer;
DROP FUNCTION transfer_before_update();
