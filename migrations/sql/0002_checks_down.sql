-- Takes 0002_checks.sql back.
DROP TRIGGER setting_zone_is_known ON practice_setting;
DROP FUNCTION setting_zone_is_known();
DROP TRIGGER client_zone_is_known ON client;
DROP FUNCTION client_zone_is_known();
ALTER TABLE practice_setting DROP CONSTRAINT practice_setting_value_is_sane_check;
ALTER TABLE slot_hold DROP CONSTRAINT slot_hold_held_by_is_a_line_check;
ALTER TABLE calendar_sync
    DROP CONSTRAINT calendar_sync_cursor_is_a_line_check,
    DROP CONSTRAINT calendar_sync_push_channel_is_a_line_check;
ALTER TABLE client
    DROP CONSTRAINT client_timezone_is_iana_check,
    ADD CONSTRAINT client_timezone_is_iana_check
        CHECK (timezone = '' OR timezone ~ '^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$'
            AND length(timezone) <= 64);
ALTER TABLE provider
    DROP CONSTRAINT provider_timezone_is_iana_check,
    ADD CONSTRAINT provider_timezone_is_iana_check
        CHECK (timezone ~ '^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$'
            AND length(timezone) <= 64);
