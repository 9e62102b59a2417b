-- The tables of the front desk. Names and rules are those of desk_app/db/models.py;
-- a test compares the two.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE audit_log (
    audit_id integer GENERATED ALWAYS AS IDENTITY,
    at timestamptz DEFAULT now() NOT NULL,
    who text DEFAULT session_user NOT NULL,
    table_name text NOT NULL,
    row_id text NOT NULL,
    action text NOT NULL,
    "old" jsonb,
    "new" jsonb,
    CONSTRAINT audit_log_pkey PRIMARY KEY (audit_id),
    CONSTRAINT audit_log_action_is_known_check CHECK (action IN ('INSERT', 'UPDATE', 'DELETE')),
    CONSTRAINT audit_log_at_is_sane_check
        CHECK (at >= '2000-01-01 00:00+00'
            AND at < '2200-01-01 00:00+00')
);

CREATE INDEX audit_log_table_name_row_id_ix ON audit_log (table_name, row_id);

CREATE TABLE client (
    client_id integer GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    phone text DEFAULT '' NOT NULL,
    email text DEFAULT '' NOT NULL,
    search_text text GENERATED ALWAYS AS (' ' || lower(translate(replace(replace(replace(
                replace(replace(replace(name, 'ß', 'ss'), 'ẞ', 'ss'), 'Æ', 'ae'), 'æ', 'ae'), 'Œ', 'oe'), 'œ', 'oe'), 'ÀÁÂÃÄÅĀĂĄàáâãäåāăąÇĆĈĊČçćĉċčĎĐďđÈÉÊËĒĔĖĘĚèéêëēĕėęěĜĞĠĢĝğġģĤĦĥħÌÍÎÏĨĪĬĮİìíîïĩīĭįıĴĵĶķĹĻĽŁĺļľłÑŃŅŇñńņňÒÓÔÕÖØŌŎŐòóôõöøōŏőŔŖŘŕŗřŚŜŞŠȘśŝşšșŢŤŦȚţťŧțÙÚÛÜŨŪŬŮŰŲùúûüũūŭůűųŴŵÝŶŸýŷÿŹŻŽźżž!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~‐‑–—’‘ʼ´‌‍', 'aaaaaaaaaaaaaaaaaaccccccccccddddeeeeeeeeeeeeeeeeeegggggggghhhhiiiiiiiiiiiiiiiiiijjkkllllllllnnnnnnnnoooooooooooooooooorrrrrrssssssssssttttttttuuuuuuuuuuuuuuuuuuuuwwyyyyyyzzzzzz                                        '))
            || ' ' || lower(translate(replace(replace(replace(
                replace(replace(replace(email, 'ß', 'ss'), 'ẞ', 'ss'), 'Æ', 'ae'), 'æ', 'ae'), 'Œ', 'oe'), 'œ', 'oe'), 'ÀÁÂÃÄÅĀĂĄàáâãäåāăąÇĆĈĊČçćĉċčĎĐďđÈÉÊËĒĔĖĘĚèéêëēĕėęěĜĞĠĢĝğġģĤĦĥħÌÍÎÏĨĪĬĮİìíîïĩīĭįıĴĵĶķĹĻĽŁĺļľłÑŃŅŇñńņňÒÓÔÕÖØŌŎŐòóôõöøōŏőŔŖŘŕŗřŚŜŞŠȘśŝşšșŢŤŦȚţťŧțÙÚÛÜŨŪŬŮŰŲùúûüũūŭůűųŴŵÝŶŸýŷÿŹŻŽźżž!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~‐‑–—’‘ʼ´‌‍', 'aaaaaaaaaaaaaaaaaaccccccccccddddeeeeeeeeeeeeeeeeeegggggggghhhhiiiiiiiiiiiiiiiiiijjkkllllllllnnnnnnnnoooooooooooooooooorrrrrrssssssssssttttttttuuuuuuuuuuuuuuuuuuuuwwyyyyyyzzzzzz                                        '))
            || ' ' || phone) STORED NOT NULL,
    push_address text DEFAULT '' NOT NULL,
    language text DEFAULT '' NOT NULL,
    timezone text DEFAULT '' NOT NULL,
    notes text DEFAULT '' NOT NULL,
    no_show_count integer DEFAULT '0' NOT NULL,
    no_show_flag boolean DEFAULT false NOT NULL,
    same_day_locked_until timestamptz,
    consent_email boolean DEFAULT true NOT NULL,
    consent_push boolean DEFAULT true NOT NULL,
    consent_sms boolean DEFAULT false NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT client_pkey PRIMARY KEY (client_id),
    CONSTRAINT client_name_is_a_line_check
        CHECK (length(name) <= 200
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT client_phone_is_e164_check CHECK (phone = '' OR phone ~ '^\+[1-9][0-9]{3,14}$'),
    CONSTRAINT client_email_is_a_line_check
        CHECK (length(email) <= 254
            AND email !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT client_email_is_one_address_check
        CHECK (email = '' OR email ~ '^[^@\s,;<>]+@[^@\s,;<>]+$'),
    CONSTRAINT client_push_address_is_a_line_check
        CHECK (length(push_address) <= 500
            AND push_address !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT client_language_is_a_line_check
        CHECK (length(language) <= 35
            AND language !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT client_timezone_is_iana_check
        CHECK (timezone = '' OR timezone ~ '^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$'
            AND length(timezone) <= 64),
    CONSTRAINT client_notes_is_a_paragraph_check
        CHECK (length(notes) <= 10000
            AND notes !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT client_no_show_count_fits_check CHECK (no_show_count BETWEEN 0 AND 100000),
    CONSTRAINT client_same_day_locked_until_is_sane_check
        CHECK (same_day_locked_until >= '2000-01-01 00:00+00'
            AND same_day_locked_until < '2200-01-01 00:00+00'),
    CONSTRAINT client_created_at_is_sane_check
        CHECK (created_at >= '2000-01-01 00:00+00'
            AND created_at < '2200-01-01 00:00+00')
);

CREATE INDEX client_phone_ix ON client (phone);
CREATE INDEX client_search_ix ON client USING gin (search_text gin_trgm_ops);
CREATE INDEX client_search_start_ix ON client (search_text text_pattern_ops);

CREATE TABLE practice_setting (
    name text NOT NULL,
    value jsonb NOT NULL,
    CONSTRAINT practice_setting_pkey PRIMARY KEY (name),
    CONSTRAINT practice_setting_name_is_a_line_check
        CHECK (length(name) <= 64
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]')
);

CREATE TABLE staff_user (
    user_id integer GENERATED ALWAYS AS IDENTITY,
    login text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT staff_user_pkey PRIMARY KEY (user_id),
    CONSTRAINT staff_user_login_is_a_line_check
        CHECK (length(login) <= 63
            AND login !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND login ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT staff_user_name_is_a_line_check
        CHECK (length(name) <= 200
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT staff_user_role_is_known_check
        CHECK (role IN ('RECEPTIONIST', 'PROVIDER', 'MANAGER')),
    CONSTRAINT staff_user_login_key UNIQUE (login)
);

CREATE TABLE provider (
    provider_id integer GENERATED ALWAYS AS IDENTITY,
    user_id integer,
    name text NOT NULL,
    type text NOT NULL,
    timezone text NOT NULL,
    bio text DEFAULT '' NOT NULL,
    photo_url text DEFAULT '' NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    colour text DEFAULT '#2563eb' NOT NULL,
    email text DEFAULT '' NOT NULL,
    push_address text DEFAULT '' NOT NULL,
    CONSTRAINT provider_pkey PRIMARY KEY (provider_id),
    CONSTRAINT provider_name_is_a_line_check
        CHECK (length(name) <= 200
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT provider_type_is_known_check
        CHECK (type IN ('DOCTOR', 'CONSULTANT', 'TRAINER', 'THERAPIST')),
    CONSTRAINT provider_timezone_is_iana_check
        CHECK (timezone ~ '^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$'
            AND length(timezone) <= 64),
    CONSTRAINT provider_bio_is_a_paragraph_check
        CHECK (length(bio) <= 4000
            AND bio !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT provider_photo_url_is_a_line_check
        CHECK (length(photo_url) <= 2000
            AND photo_url !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT provider_email_is_a_line_check
        CHECK (length(email) <= 254
            AND email !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT provider_email_is_one_address_check
        CHECK (email = '' OR email ~ '^[^@\s,;<>]+@[^@\s,;<>]+$'),
    CONSTRAINT provider_push_address_is_a_line_check
        CHECK (length(push_address) <= 500
            AND push_address !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT provider_colour_is_hex_check CHECK (colour ~ '^#[0-9a-f]{6}$'),
    CONSTRAINT provider_user_id_key UNIQUE (user_id),
    CONSTRAINT provider_user_id_fkey FOREIGN KEY(user_id) REFERENCES staff_user (user_id)
);

CREATE TABLE availability (
    availability_id integer GENERATED ALWAYS AS IDENTITY,
    provider_id integer NOT NULL,
    day_of_week smallint NOT NULL,
    start_time time NOT NULL,
    end_time time NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT availability_pkey PRIMARY KEY (availability_id),
    CONSTRAINT availability_day_of_week_fits_check CHECK (day_of_week BETWEEN 0 AND 6),
    CONSTRAINT availability_ends_after_start_check
        CHECK ((end_time > start_time OR end_time = '00:00')
            AND start_time < '24:00'
            AND end_time < '24:00'),
    CONSTRAINT availability_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id)
);

CREATE INDEX availability_provider_id_day_of_week_ix ON availability (provider_id, day_of_week);

CREATE TABLE calendar_sync (
    sync_id integer GENERATED ALWAYS AS IDENTITY,
    provider_id integer NOT NULL,
    calendar_type text NOT NULL,
    access_token bytea,
    refresh_token bytea,
    last_synced_at timestamptz,
    external_calendar_id text DEFAULT '' NOT NULL,
    cursor text DEFAULT '' NOT NULL,
    push_channel text DEFAULT '' NOT NULL,
    state text DEFAULT 'CONNECTED' NOT NULL,
    last_error text DEFAULT '' NOT NULL,
    leased_until timestamptz,
    lease_token uuid,
    CONSTRAINT calendar_sync_pkey PRIMARY KEY (sync_id),
    CONSTRAINT calendar_sync_calendar_type_is_known_check
        CHECK (calendar_type IN ('GOOGLE', 'OUTLOOK', 'APPLE')),
    CONSTRAINT calendar_sync_external_calendar_id_is_a_line_check
        CHECK (length(external_calendar_id) <= 1024
            AND external_calendar_id !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT calendar_sync_last_synced_at_is_sane_check
        CHECK (last_synced_at >= '2000-01-01 00:00+00'
            AND last_synced_at < '2200-01-01 00:00+00'),
    CONSTRAINT calendar_sync_leased_until_is_sane_check
        CHECK (leased_until >= '2000-01-01 00:00+00'
            AND leased_until < '2200-01-01 00:00+00'),
    CONSTRAINT calendar_sync_state_is_known_check
        CHECK (state IN ('CONNECTED', 'SIGN_IN_AGAIN', 'PAUSED')),
    CONSTRAINT calendar_sync_last_error_is_a_paragraph_check
        CHECK (length(last_error) <= 2000
            AND last_error !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT calendar_sync_provider_id_calendar_type_external_calend_f264 UNIQUE (provider_id, calendar_type, external_calendar_id),
    CONSTRAINT calendar_sync_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id)
);

CREATE TABLE schedule_day (
    provider_id integer NOT NULL,
    day date NOT NULL,
    version integer DEFAULT '0' NOT NULL,
    CONSTRAINT schedule_day_pkey PRIMARY KEY (provider_id, day),
    CONSTRAINT schedule_day_day_is_sane_check
        CHECK (day >= '2000-01-01'
            AND day < '2200-01-01'),
    CONSTRAINT schedule_day_version_is_not_negative_check CHECK (version >= 0),
    CONSTRAINT schedule_day_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id)
);

CREATE TABLE service (
    service_id integer GENERATED ALWAYS AS IDENTITY,
    provider_id integer NOT NULL,
    name text NOT NULL,
    duration_minutes integer NOT NULL,
    price numeric(10, 2) NOT NULL,
    currency text NOT NULL,
    buffer_time_minutes integer DEFAULT '0' NOT NULL,
    max_advance_days integer DEFAULT '90' NOT NULL,
    cancellation_hours integer DEFAULT '24' NOT NULL,
    is_virtual boolean DEFAULT false NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    colour text DEFAULT '#2563eb' NOT NULL,
    CONSTRAINT service_pkey PRIMARY KEY (service_id),
    CONSTRAINT service_name_is_a_line_check
        CHECK (length(name) <= 200
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT service_duration_minutes_fits_check CHECK (duration_minutes BETWEEN 1 AND 1440),
    CONSTRAINT service_buffer_time_minutes_fits_check
        CHECK (buffer_time_minutes BETWEEN 0 AND 720),
    CONSTRAINT service_max_advance_days_fits_check CHECK (max_advance_days BETWEEN 0 AND 3650),
    CONSTRAINT service_cancellation_hours_fits_check
        CHECK (cancellation_hours BETWEEN 0 AND 8760),
    CONSTRAINT service_price_is_an_amount_check CHECK (price BETWEEN 0 AND 99999999.99),
    CONSTRAINT service_currency_is_iso_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT service_colour_is_hex_check CHECK (colour ~ '^#[0-9a-f]{6}$'),
    CONSTRAINT service_service_id_provider_id_key UNIQUE (service_id, provider_id),
    CONSTRAINT service_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id)
);

CREATE INDEX service_provider_id_ix ON service (provider_id);

CREATE TABLE slot_hold (
    hold_id uuid NOT NULL,
    provider_id integer NOT NULL,
    start_time timestamptz NOT NULL,
    end_time timestamptz NOT NULL,
    held_by text DEFAULT session_user NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT slot_hold_pkey PRIMARY KEY (hold_id),
    CONSTRAINT slot_hold_ends_after_start_check CHECK (end_time > start_time),
    CONSTRAINT slot_hold_start_time_is_sane_check
        CHECK (start_time >= '2000-01-01 00:00+00'
            AND start_time < '2200-01-01 00:00+00'),
    CONSTRAINT slot_hold_end_time_is_sane_check
        CHECK (end_time >= '2000-01-01 00:00+00'
            AND end_time < '2200-01-01 00:00+00'),
    CONSTRAINT slot_hold_expires_at_is_sane_check
        CHECK (expires_at >= '2000-01-01 00:00+00'
            AND expires_at < '2200-01-01 00:00+00'),
    CONSTRAINT slot_hold_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id)
);

CREATE INDEX slot_hold_provider_id_start_time_ix ON slot_hold (provider_id, start_time);

CREATE TABLE appointment (
    appointment_id integer GENERATED ALWAYS AS IDENTITY,
    provider_id integer NOT NULL,
    client_id integer NOT NULL,
    service_id integer NOT NULL,
    start_time timestamptz NOT NULL,
    end_time timestamptz NOT NULL,
    busy_until timestamptz NOT NULL,
    busy_range tstzrange GENERATED ALWAYS AS (tstzrange(start_time, greatest(start_time, busy_until), '[)')) STORED NOT NULL,
    status text NOT NULL,
    notes text DEFAULT '' NOT NULL,
    meeting_link text DEFAULT '' NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    created_by text DEFAULT session_user NOT NULL,
    cancelled_at timestamptz,
    cancellation_reason text DEFAULT '' NOT NULL,
    cancelled_by text,
    price numeric(10, 2) NOT NULL,
    currency text NOT NULL,
    cancellation_hours integer NOT NULL,
    refund_due numeric(10, 2),
    arrived_at timestamptz,
    booked_via text DEFAULT 'DESK' NOT NULL,
    version integer DEFAULT '1' NOT NULL,
    booking_key uuid DEFAULT gen_random_uuid() NOT NULL,
    change_key uuid,
    CONSTRAINT appointment_pkey PRIMARY KEY (appointment_id),
    CONSTRAINT appointment_status_is_known_check
        CHECK (status IN ('PENDING', 'CONFIRMED', 'CANCELLED', 'COMPLETED', 'NO_SHOW')),
    CONSTRAINT appointment_ends_after_start_check CHECK (end_time > start_time),
    CONSTRAINT appointment_buffer_follows_end_check
        CHECK (busy_until >= end_time
            AND busy_until <= end_time + interval '12 hours'),
    CONSTRAINT appointment_lasts_a_day_at_most_check
        CHECK (end_time <= start_time + interval '24 hours'),
    CONSTRAINT appointment_start_time_is_sane_check
        CHECK (start_time >= '2000-01-01 00:00+00'
            AND start_time < '2200-01-01 00:00+00'),
    CONSTRAINT appointment_busy_until_is_sane_check
        CHECK (busy_until >= '2000-01-01 00:00+00'
            AND busy_until < '2200-01-01 00:00+00'),
    CONSTRAINT appointment_created_at_is_sane_check
        CHECK (created_at >= '2000-01-01 00:00+00'
            AND created_at < '2200-01-01 00:00+00'),
    CONSTRAINT appointment_cancelled_at_is_sane_check
        CHECK (cancelled_at >= '2000-01-01 00:00+00'
            AND cancelled_at < '2200-01-01 00:00+00'),
    CONSTRAINT appointment_arrived_at_is_sane_check
        CHECK (arrived_at >= '2000-01-01 00:00+00'
            AND arrived_at < '2200-01-01 00:00+00'),
    CONSTRAINT appointment_cancelled_has_time_check
        CHECK ((status = 'CANCELLED') = (cancelled_at IS NOT NULL)),
    CONSTRAINT appointment_notes_is_a_paragraph_check
        CHECK (length(notes) <= 10000
            AND notes !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT appointment_meeting_link_is_a_line_check
        CHECK (length(meeting_link) <= 2000
            AND meeting_link !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT appointment_meeting_link_is_https_check
        CHECK (meeting_link = '' OR meeting_link ~ '^https://'),
    CONSTRAINT appointment_cancellation_reason_is_a_paragraph_check
        CHECK (length(cancellation_reason) <= 1000
            AND cancellation_reason !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT appointment_cancelled_by_is_known_check
        CHECK (cancelled_by IN ('CLIENT', 'PRACTICE')),
    CONSTRAINT appointment_cancellation_hours_fits_check
        CHECK (cancellation_hours BETWEEN 0 AND 8760),
    CONSTRAINT appointment_booked_via_is_known_check
        CHECK (booked_via IN ('PHONE', 'WALK_IN', 'DESK', 'ONLINE')),
    CONSTRAINT appointment_price_is_an_amount_check CHECK (price BETWEEN 0 AND 99999999.99),
    CONSTRAINT appointment_currency_is_iso_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT appointment_refund_is_within_price_check CHECK (refund_due BETWEEN 0 AND price),
    CONSTRAINT appointment_version_is_positive_check CHECK (version >= 1),
    CONSTRAINT appointment_created_by_is_a_line_check
        CHECK (length(created_by) <= 63
            AND created_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT appointment_service_id_fkey FOREIGN KEY(service_id, provider_id) REFERENCES service (service_id, provider_id),
    CONSTRAINT appointment_no_overlap EXCLUDE USING gist (provider_id WITH =, busy_range WITH &&) WHERE (status <> 'CANCELLED'),
    CONSTRAINT appointment_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id),
    CONSTRAINT appointment_client_id_fkey FOREIGN KEY(client_id) REFERENCES client (client_id),
    CONSTRAINT appointment_booking_key_key UNIQUE (booking_key)
);

CREATE INDEX appointment_client_ix ON appointment (client_id, start_time);
CREATE INDEX appointment_provider_start_ix ON appointment (provider_id, start_time);
CREATE INDEX appointment_start_ix ON appointment (start_time);

CREATE TABLE availability_override (
    override_id integer GENERATED ALWAYS AS IDENTITY,
    provider_id integer NOT NULL,
    date date NOT NULL,
    start_time time NOT NULL,
    end_time time NOT NULL,
    is_blocked boolean NOT NULL,
    reason text DEFAULT '' NOT NULL,
    source text DEFAULT 'MANUAL' NOT NULL,
    sync_id integer,
    external_event_id text,
    starts_at timestamptz,
    ends_at timestamptz,
    CONSTRAINT availability_override_pkey PRIMARY KEY (override_id),
    CONSTRAINT availability_override_ends_after_start_check
        CHECK ((end_time > start_time OR end_time = '00:00')
            AND start_time < '24:00'
            AND end_time < '24:00'),
    CONSTRAINT availability_override_date_is_sane_check
        CHECK (date >= '2000-01-01'
            AND date < '2200-01-01'),
    CONSTRAINT availability_override_starts_at_is_sane_check
        CHECK (starts_at >= '2000-01-01 00:00+00'
            AND starts_at < '2200-01-01 00:00+00'),
    CONSTRAINT availability_override_ends_at_is_sane_check
        CHECK (ends_at >= '2000-01-01 00:00+00'
            AND ends_at < '2200-01-01 00:00+00'),
    CONSTRAINT availability_override_instants_are_whole_check
        CHECK ((starts_at IS NULL) = (ends_at IS NULL)
            AND ends_at > starts_at),
    CONSTRAINT availability_override_reason_is_a_line_check
        CHECK (length(reason) <= 500
            AND reason !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT availability_override_source_is_known_check
        CHECK (source IN ('MANUAL', 'GOOGLE', 'OUTLOOK', 'APPLE')),
    CONSTRAINT availability_override_external_event_id_is_a_line_check
        CHECK (length(external_event_id) <= 1024
            AND external_event_id !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT availability_override_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id),
    CONSTRAINT availability_override_sync_id_fkey FOREIGN KEY(sync_id) REFERENCES calendar_sync (sync_id)
);

CREATE INDEX availability_override_provider_id_date_ix ON availability_override (provider_id, date);

CREATE TABLE external_conflict (
    conflict_id integer GENERATED ALWAYS AS IDENTITY,
    appointment_id integer NOT NULL,
    override_id integer,
    kind text NOT NULL,
    state text DEFAULT 'OPEN' NOT NULL,
    found_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT external_conflict_pkey PRIMARY KEY (conflict_id),
    CONSTRAINT external_conflict_kind_is_known_check
        CHECK (kind IN ('OVERLAP', 'MOVED_OUTSIDE', 'DELETED_OUTSIDE')),
    CONSTRAINT external_conflict_state_is_known_check
        CHECK (state IN ('OPEN', 'ACCEPTED', 'PUT_BACK', 'DISMISSED')),
    CONSTRAINT external_conflict_found_at_is_sane_check
        CHECK (found_at >= '2000-01-01 00:00+00'
            AND found_at < '2200-01-01 00:00+00'),
    CONSTRAINT external_conflict_appointment_id_fkey FOREIGN KEY(appointment_id) REFERENCES appointment (appointment_id) ON DELETE CASCADE,
    CONSTRAINT external_conflict_override_id_fkey FOREIGN KEY(override_id) REFERENCES availability_override (override_id) ON DELETE SET NULL
);

CREATE INDEX external_conflict_appointment_id_ix ON external_conflict (appointment_id);

CREATE TABLE idempotency_key (
    key uuid NOT NULL,
    request_hash bytea NOT NULL,
    appointment_id integer,
    created_at timestamptz DEFAULT now() NOT NULL,
    expires_at timestamptz DEFAULT now() + interval '7 days' NOT NULL,
    CONSTRAINT idempotency_key_pkey PRIMARY KEY (key),
    CONSTRAINT idempotency_key_request_hash_is_a_hash_check
        CHECK (octet_length(request_hash) BETWEEN 16 AND 64),
    CONSTRAINT idempotency_key_created_at_is_sane_check
        CHECK (created_at >= '2000-01-01 00:00+00'
            AND created_at < '2200-01-01 00:00+00'),
    CONSTRAINT idempotency_key_expires_at_is_sane_check
        CHECK (expires_at >= '2000-01-01 00:00+00'
            AND expires_at < '2200-01-01 00:00+00'),
    CONSTRAINT idempotency_key_appointment_id_fkey FOREIGN KEY(appointment_id) REFERENCES appointment (appointment_id) ON DELETE CASCADE
);

CREATE INDEX idempotency_key_expires_at_ix ON idempotency_key (expires_at);

CREATE TABLE outbox (
    outbox_id integer GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    appointment_id integer,
    payload jsonb DEFAULT '{}' NOT NULL,
    dedupe_key text NOT NULL,
    run_at timestamptz DEFAULT now() NOT NULL,
    state text DEFAULT 'WAITING' NOT NULL,
    attempts integer DEFAULT '0' NOT NULL,
    leased_until timestamptz,
    lease_token uuid,
    last_error text DEFAULT '' NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT outbox_pkey PRIMARY KEY (outbox_id),
    CONSTRAINT outbox_state_is_known_check
        CHECK (state IN ('WAITING', 'SENDING', 'DONE', 'DEAD', 'DROPPED')),
    CONSTRAINT outbox_kind_is_a_line_check
        CHECK (length(kind) <= 64
            AND kind !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND kind ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT outbox_dedupe_key_is_a_line_check
        CHECK (length(dedupe_key) <= 200
            AND dedupe_key !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND dedupe_key ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT outbox_last_error_is_a_paragraph_check
        CHECK (length(last_error) <= 2000
            AND last_error !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT outbox_attempts_fits_check CHECK (attempts BETWEEN 0 AND 1000),
    CONSTRAINT outbox_run_at_is_sane_check
        CHECK (run_at >= '2000-01-01 00:00+00'
            AND run_at < '2200-01-01 00:00+00'),
    CONSTRAINT outbox_leased_until_is_sane_check
        CHECK (leased_until >= '2000-01-01 00:00+00'
            AND leased_until < '2200-01-01 00:00+00'),
    CONSTRAINT outbox_created_at_is_sane_check
        CHECK (created_at >= '2000-01-01 00:00+00'
            AND created_at < '2200-01-01 00:00+00'),
    CONSTRAINT outbox_appointment_id_fkey FOREIGN KEY(appointment_id) REFERENCES appointment (appointment_id) ON DELETE CASCADE,
    CONSTRAINT outbox_dedupe_key_key UNIQUE (dedupe_key)
);

CREATE INDEX outbox_appointment_id_ix ON outbox (appointment_id);
CREATE INDEX outbox_due_ix ON outbox (run_at) WHERE state = 'WAITING';

CREATE TABLE waitlist_entry (
    entry_id integer GENERATED ALWAYS AS IDENTITY,
    client_id integer NOT NULL,
    provider_id integer,
    service_id integer,
    appointment_id integer,
    is_urgent boolean DEFAULT false NOT NULL,
    notes text DEFAULT '' NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT waitlist_entry_pkey PRIMARY KEY (entry_id),
    CONSTRAINT waitlist_entry_notes_is_a_paragraph_check
        CHECK (length(notes) <= 2000
            AND notes !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT waitlist_entry_created_at_is_sane_check
        CHECK (created_at >= '2000-01-01 00:00+00'
            AND created_at < '2200-01-01 00:00+00'),
    CONSTRAINT waitlist_entry_client_id_fkey FOREIGN KEY(client_id) REFERENCES client (client_id),
    CONSTRAINT waitlist_entry_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id),
    CONSTRAINT waitlist_entry_service_id_fkey FOREIGN KEY(service_id) REFERENCES service (service_id),
    CONSTRAINT waitlist_entry_appointment_id_fkey FOREIGN KEY(appointment_id) REFERENCES appointment (appointment_id)
);
