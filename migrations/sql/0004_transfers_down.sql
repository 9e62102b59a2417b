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
DROP FUNCTION import_is_open();
DROP FUNCTION client_forgets_import();
DROP FUNCTION tell_desks_together();
CREATE TRIGGER appointment_tells_desks AFTER INSERT OR UPDATE OR DELETE ON appointment
    FOR EACH ROW EXECUTE FUNCTION tell_desks('appointment', 'appointment_id');
CREATE TRIGGER client_tells_desks AFTER INSERT OR UPDATE OR DELETE ON client
    FOR EACH ROW EXECUTE FUNCTION tell_desks('client', 'client_id');
ALTER TABLE client DROP COLUMN import_id;
ALTER TABLE appointment DROP COLUMN import_id;
ALTER TABLE availability_override DROP COLUMN import_id;
DROP TABLE transfer;
DROP FUNCTION transfer_before_update();
