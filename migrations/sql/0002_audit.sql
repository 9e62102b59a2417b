-- The audit log: triggers write who, when, what, old and new; nobody changes it, the
-- superuser's own statements included. Tokens are left out by naming what is kept out.

-- Arguments: the column of the id, then columns that are never written down.
CREATE FUNCTION audit_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    left_out CONSTANT text[] := TG_ARGV[1:];
    before jsonb := to_jsonb(OLD) - left_out;
    after jsonb := to_jsonb(NEW) - left_out;
    id CONSTANT text := coalesce(after, before) ->> TG_ARGV[0];
    was jsonb := before;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- What stayed as it was is left out; whose row it is stays in.
        SELECT jsonb_object_agg(key, value) INTO before FROM jsonb_each(was)
            WHERE after -> key IS DISTINCT FROM value
                OR key IN ('client_id', 'provider_id');
        SELECT jsonb_object_agg(key, value) INTO after FROM jsonb_each(after)
            WHERE was -> key IS DISTINCT FROM value
                OR key IN ('client_id', 'provider_id');
        IF before IS NOT DISTINCT FROM after THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO public.audit_log (who, at, table_name, row_id, action, "old", "new")
        VALUES (session_user, clock_timestamp(), TG_TABLE_NAME, id, TG_OP, before, after);
    RETURN NULL;
END
$$;

CREATE FUNCTION audit_log_stays() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Its owner has no members; as that one runs audit_forget_client alone.
    IF current_user = 'desk_audit' THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'the audit log is only added to';
END
$$;

CREATE FUNCTION audit_log_is_not_emptied() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'the audit log is only added to';
END
$$;

CREATE TRIGGER audit_log_stays BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_log_stays();
CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_not_emptied();

-- What a client has a right to be forgotten in: the copies of their own rows. That
-- something was changed, when and by whom stays, and with it what stays of the visits.
-- Only client_erase may call it.
CREATE FUNCTION audit_forget_client(gone integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- Named is what stays, so that a column of later times goes as well.
    kept CONSTANT text[] := ARRAY['client_id', 'appointment_id', 'provider_id',
        'service_id', 'entry_id', 'start_time', 'end_time', 'status', 'price', 'currency',
        'cancellation_hours', 'cancelled_at', 'cancelled_by', 'refund_due', 'arrived_at',
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

-- The planner keeps samples of what stands in columns; of these nobody needs any.
ALTER TABLE audit_log ALTER COLUMN "old" SET STATISTICS 0, ALTER COLUMN "new" SET STATISTICS 0;
ALTER TABLE client ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN email SET STATISTICS 0,
    ALTER COLUMN push_address SET STATISTICS 0, ALTER COLUMN notes SET STATISTICS 0;
ALTER TABLE appointment ALTER COLUMN notes SET STATISTICS 0,
    ALTER COLUMN cancellation_reason SET STATISTICS 0,
    ALTER COLUMN meeting_link SET STATISTICS 0;
ALTER TABLE waitlist_entry ALTER COLUMN notes SET STATISTICS 0;
ALTER TABLE outbox ALTER COLUMN payload SET STATISTICS 0,
    ALTER COLUMN last_error SET STATISTICS 0;
ALTER TABLE idempotency_key ALTER COLUMN request_hash SET STATISTICS 0;

CREATE TRIGGER appointment_is_audited AFTER INSERT OR UPDATE OR DELETE ON appointment
    FOR EACH ROW EXECUTE FUNCTION audit_change('appointment_id',
        'busy_range', 'busy_until', 'booking_key', 'change_key', 'created_at', 'created_by');
CREATE TRIGGER client_is_audited AFTER INSERT OR UPDATE OR DELETE ON client
    FOR EACH ROW EXECUTE FUNCTION audit_change('client_id', 'search_text');
CREATE TRIGGER availability_is_audited AFTER INSERT OR UPDATE OR DELETE ON availability
    FOR EACH ROW EXECUTE FUNCTION audit_change('availability_id');
CREATE TRIGGER availability_override_is_audited
    AFTER INSERT OR UPDATE OR DELETE ON availability_override
    FOR EACH ROW EXECUTE FUNCTION audit_change('override_id');
CREATE TRIGGER service_is_audited AFTER INSERT OR UPDATE OR DELETE ON service
    FOR EACH ROW EXECUTE FUNCTION audit_change('service_id');
CREATE TRIGGER provider_is_audited AFTER INSERT OR UPDATE OR DELETE ON provider
    FOR EACH ROW EXECUTE FUNCTION audit_change('provider_id', 'push_address');
CREATE TRIGGER staff_user_is_audited AFTER INSERT OR UPDATE OR DELETE ON staff_user
    FOR EACH ROW EXECUTE FUNCTION audit_change('user_id');
CREATE TRIGGER practice_setting_is_audited
    AFTER INSERT OR UPDATE OR DELETE ON practice_setting
    FOR EACH ROW EXECUTE FUNCTION audit_change('name');
CREATE TRIGGER calendar_sync_is_audited AFTER INSERT OR DELETE ON calendar_sync
    FOR EACH ROW EXECUTE FUNCTION audit_change('sync_id', 'access_token', 'refresh_token',
        'cursor', 'push_channel', 'lease_token', 'last_error');
CREATE TRIGGER waitlist_entry_is_audited
    AFTER INSERT OR UPDATE OR DELETE ON waitlist_entry
    FOR EACH ROW EXECUTE FUNCTION audit_change('entry_id');
