-- What a row may hold that every desk reads. The names are those of
-- desk_app/db/models; a test compares the two.

-- Zones of the server alone: "posix/…" is known to no desk on Windows, and "right/…"
-- counts leap seconds.
ALTER TABLE provider
    DROP CONSTRAINT provider_timezone_is_iana_check,
    ADD CONSTRAINT provider_timezone_is_iana_check
        CHECK (timezone ~ '^(UTC|[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)+)$'
            AND length(timezone) <= 64);
ALTER TABLE client
    DROP CONSTRAINT client_timezone_is_iana_check,
    ADD CONSTRAINT client_timezone_is_iana_check
        CHECK (timezone = '' OR timezone ~ '^(UTC|[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)+)$'
            AND length(timezone) <= 64);

-- Texts that had no end.
ALTER TABLE calendar_sync
    ADD CONSTRAINT calendar_sync_cursor_is_a_line_check
        CHECK (length(cursor) <= 8192
            AND cursor !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT calendar_sync_push_channel_is_a_line_check
        CHECK (length(push_channel) <= 1024
            AND push_channel !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]');
ALTER TABLE slot_hold
    ADD CONSTRAINT slot_hold_held_by_is_a_line_check
        CHECK (length(held_by) <= 63
            AND held_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]');

-- A practice whose zone is a list, or a number of five thousand digits, would keep
-- every desk from opening.
ALTER TABLE practice_setting
    ADD CONSTRAINT practice_setting_value_is_sane_check
        CHECK (length(value::text) <= 4000
            AND CASE name
                WHEN 'practice_name' THEN jsonb_typeof(value) = 'string'
                    AND length(value #>> '{}') <= 200
                    AND (value #>> '{}') !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
                WHEN 'timezone' THEN jsonb_typeof(value) = 'string'
                    AND (value #>> '{}') ~ '^(UTC|[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)+)$'
                    AND length(value #>> '{}') <= 64
                WHEN 'currency' THEN jsonb_typeof(value) = 'string'
                    AND (value #>> '{}') ~ '^[A-Z]{3}$'
                WHEN 'country' THEN jsonb_typeof(value) = 'string'
                    AND (value #>> '{}') ~ '^([A-Z]{2})?$'
                ELSE true
            END);

-- As for providers: a zone that the server does not know is known to no desk.
CREATE FUNCTION setting_zone_is_known() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = NEW.value #>> '{}') THEN
        RAISE check_violation USING
            MESSAGE = 'this time zone is not known',
            TABLE = 'practice_setting', COLUMN = 'value',
            CONSTRAINT = 'practice_setting_value_is_sane_check';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER setting_zone_is_known BEFORE INSERT OR UPDATE ON practice_setting
    FOR EACH ROW WHEN (NEW.name = 'timezone')
    EXECUTE FUNCTION setting_zone_is_known();

CREATE FUNCTION client_zone_is_known() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = NEW.timezone) THEN
        RAISE check_violation USING
            MESSAGE = 'this time zone is not known',
            TABLE = 'client', COLUMN = 'timezone',
            CONSTRAINT = 'client_timezone_is_iana_check';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER client_zone_is_known BEFORE INSERT OR UPDATE OF timezone ON client
    FOR EACH ROW WHEN (NEW.timezone <> '')
    EXECUTE FUNCTION client_zone_is_known();
