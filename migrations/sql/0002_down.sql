-- Takes 0002 back. The group roles stay: other databases of this server may use them.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON public.%I', found.policyname, found.tablename);
    END LOOP;
    FOR found IN
        SELECT tgname, tgrelid::regclass::text AS name FROM pg_trigger
        WHERE NOT tgisinternal AND tgfoid IN (
            'audit_change()'::regprocedure, 'audit_log_stays()'::regprocedure,
            'audit_log_is_not_emptied()'::regprocedure,
            'client_is_kept()'::regprocedure, 'client_stays_erased()'::regprocedure)
            OR tgname = 'staff_user_tells_desks'
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.name);
    END LOOP;
    FOR found IN
        SELECT p.oid::regprocedure::text AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
            AND p.proname ~ ('^(audit_|desk_|staff_|(offer|take)_enrolment$'
                || '|client_(erase|forget_visits|is_kept|stays_erased)$)')
    LOOP
        EXECUTE format('DROP FUNCTION %s', found.name);
    END LOOP;
    FOR found IN
        SELECT c.oid::regclass::text AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    LOOP
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', found.name);
    END LOOP;
END
$$;

DROP TABLE desk_enrolment;
DROP TABLE practice_secret;
DROP FUNCTION practice_secret_before_write();
REASSIGN OWNED BY desk_owner, desk_audit TO CURRENT_USER;
DROP OWNED BY desk_owner, desk_audit, desk_staffing, desk_staff, desk_receptionist,
    desk_provider, desk_manager, desk_worker, desk_webhook, desk_backup;
GRANT ALL ON SCHEMA public TO PUBLIC;
ALTER TABLE audit_log DROP COLUMN client_id,
    ALTER COLUMN "old" SET STATISTICS -1, ALTER COLUMN "new" SET STATISTICS -1;
ALTER TABLE client ALTER COLUMN name SET STATISTICS -1,
    ALTER COLUMN email SET STATISTICS -1, ALTER COLUMN push_address SET STATISTICS -1,
    ALTER COLUMN notes SET STATISTICS -1;
ALTER TABLE appointment ALTER COLUMN notes SET STATISTICS -1,
    ALTER COLUMN cancellation_reason SET STATISTICS -1,
    ALTER COLUMN meeting_link SET STATISTICS -1;
ALTER TABLE waitlist_entry ALTER COLUMN notes SET STATISTICS -1;
ALTER TABLE outbox ALTER COLUMN payload SET STATISTICS -1,
    ALTER COLUMN last_error SET STATISTICS -1;
ALTER TABLE idempotency_key ALTER COLUMN request_hash SET STATISTICS -1;
ALTER TABLE client DROP COLUMN created_by, DROP COLUMN erased_at;
ALTER TABLE staff_user DROP COLUMN password_set_at;
ALTER TABLE idempotency_key DROP COLUMN claimed_by;

DROP TRIGGER setting_zone_is_known ON practice_setting;
DROP TRIGGER client_zone_is_known ON client;
DROP FUNCTION setting_zone_is_known();
DROP FUNCTION client_zone_is_known();
ALTER TABLE practice_setting DROP CONSTRAINT practice_setting_value_is_sane_check;
ALTER TABLE slot_hold DROP CONSTRAINT slot_hold_held_by_is_a_line_check;
ALTER TABLE calendar_sync DROP CONSTRAINT calendar_sync_cursor_is_a_line_check,
    DROP CONSTRAINT calendar_sync_push_channel_is_a_line_check;
ALTER TABLE provider
    DROP CONSTRAINT provider_timezone_is_iana_check,
    ADD CONSTRAINT provider_timezone_is_iana_check
        CHECK (timezone ~ '^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$'
            AND length(timezone) <= 64);
ALTER TABLE client
    DROP CONSTRAINT client_timezone_is_iana_check,
    ADD CONSTRAINT client_timezone_is_iana_check
        CHECK (timezone = '' OR timezone ~ '^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$'
            AND length(timezone) <= 64);
