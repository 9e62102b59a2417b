-- Deliveries beside the tasks of the outbox, texts of messages, meetings, and who may do
-- what with them.

-- A task says what must follow; a delivery is one message to one address by one channel.
ALTER TABLE outbox
    ADD COLUMN recipient text DEFAULT '' NOT NULL,
    ADD COLUMN channel text DEFAULT '' NOT NULL,
    ADD COLUMN sent_to text DEFAULT '' NOT NULL,
    ADD COLUMN outcome text DEFAULT '' NOT NULL,
    ADD COLUMN handed_at timestamptz,
    ADD COLUMN settled_at timestamptz,
    ADD COLUMN decided_by text,
    DROP CONSTRAINT outbox_state_is_known_check,
    ADD CONSTRAINT outbox_state_is_known_check
        CHECK (state IN ('WAITING', 'SENDING', 'DONE', 'DEAD', 'DROPPED', 'UNSURE', 'MISSED')),
    ADD CONSTRAINT outbox_recipient_is_known_check
        CHECK (recipient IN ('', 'CLIENT', 'PROVIDER')),
    ADD CONSTRAINT outbox_channel_is_known_check
        CHECK (channel IN ('', 'EMAIL', 'PUSH', 'SMS', 'DESKTOP')),
    ADD CONSTRAINT outbox_channel_of_recipient_check
        CHECK ((recipient = '') = (channel = '')),
    ADD CONSTRAINT outbox_sent_to_is_a_line_check
        CHECK (length(sent_to) <= 254 AND sent_to !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT outbox_outcome_is_a_line_check
        CHECK (length(outcome) <= 64 AND outcome !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT outbox_decided_by_is_a_line_check
        CHECK (length(decided_by) <= 63 AND decided_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT outbox_handed_at_is_sane_check
        CHECK (handed_at >= '2000-01-01 00:00+00' AND handed_at < '2200-01-01 00:00+00'),
    ADD CONSTRAINT outbox_settled_at_is_sane_check
        CHECK (settled_at >= '2000-01-01 00:00+00' AND settled_at < '2200-01-01 00:00+00');
-- Until now all that ended was taken back; when, nobody wrote down.
UPDATE outbox SET settled_at = now() WHERE state <> 'WAITING';
CREATE INDEX outbox_settled_ix ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_leased_ix ON outbox (leased_until) WHERE state = 'SENDING';
CREATE INDEX outbox_trouble_ix ON outbox (outbox_id)
    WHERE state IN ('DEAD', 'UNSURE', 'MISSED');

-- How a provider sees somebody by video.
ALTER TABLE provider
    ADD COLUMN meeting_kind text DEFAULT '' NOT NULL,
    ADD COLUMN meeting_host text DEFAULT '' NOT NULL,
    ADD COLUMN meeting_room text DEFAULT '' NOT NULL,
    ADD CONSTRAINT provider_meeting_kind_is_known_check
        CHECK (meeting_kind IN ('', 'ZOOM', 'MEET', 'ROOM')),
    ADD CONSTRAINT provider_meeting_host_is_a_line_check
        CHECK (length(meeting_host) <= 254 AND meeting_host !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT provider_meeting_room_is_a_line_check
        CHECK (length(meeting_room) <= 2000 AND meeting_room !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    ADD CONSTRAINT provider_meeting_room_is_https_check
        CHECK (meeting_room = '' OR meeting_room ~ '^https://');

-- A meeting that was made outside; only the link of guests is known here.
CREATE TABLE meeting (
    meeting_id integer GENERATED ALWAYS AS IDENTITY,
    appointment_id integer NOT NULL,
    provider_id integer NOT NULL,
    kind text NOT NULL,
    host text DEFAULT '' NOT NULL,
    external_id text DEFAULT '' NOT NULL,
    link text DEFAULT '' NOT NULL,
    starts_at timestamptz,
    ends_at timestamptz,
    made_at timestamptz DEFAULT now() NOT NULL,
    ended_at timestamptz,
    CONSTRAINT meeting_pkey PRIMARY KEY (meeting_id),
    CONSTRAINT meeting_kind_is_known_check CHECK (kind IN ('ZOOM', 'MEET', 'ROOM')),
    CONSTRAINT meeting_host_is_a_line_check
        CHECK (length(host) <= 254 AND host !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT meeting_external_id_is_a_line_check
        CHECK (length(external_id) <= 1024 AND external_id !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT meeting_link_is_a_line_check
        CHECK (length(link) <= 2000 AND link !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT meeting_link_is_https_check CHECK (link = '' OR link ~ '^https://'),
    CONSTRAINT meeting_starts_at_is_sane_check
        CHECK (starts_at >= '2000-01-01 00:00+00' AND starts_at < '2200-01-01 00:00+00'),
    CONSTRAINT meeting_ends_at_is_sane_check
        CHECK (ends_at >= '2000-01-01 00:00+00' AND ends_at < '2200-01-01 00:00+00'),
    CONSTRAINT meeting_made_at_is_sane_check
        CHECK (made_at >= '2000-01-01 00:00+00' AND made_at < '2200-01-01 00:00+00'),
    CONSTRAINT meeting_ended_at_is_sane_check
        CHECK (ended_at >= '2000-01-01 00:00+00' AND ended_at < '2200-01-01 00:00+00'),
    CONSTRAINT meeting_appointment_id_fkey FOREIGN KEY(appointment_id) REFERENCES appointment (appointment_id) ON DELETE CASCADE,
    CONSTRAINT meeting_provider_id_fkey FOREIGN KEY(provider_id) REFERENCES provider (provider_id)
);
CREATE INDEX meeting_appointment_id_ix ON meeting (appointment_id);
CREATE INDEX meeting_host_made_at_ix ON meeting (host, made_at);
-- One appointment has one meeting at a time.
CREATE UNIQUE INDEX meeting_stands_ix ON meeting (appointment_id) WHERE ended_at IS NULL;

-- A text that the practice has written itself, in place of the one that is shipped.
CREATE TABLE message_text (
    text_id integer GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    recipient text NOT NULL,
    channel text NOT NULL,
    language text NOT NULL,
    subject text DEFAULT '' NOT NULL,
    body text NOT NULL,
    CONSTRAINT message_text_pkey PRIMARY KEY (text_id),
    CONSTRAINT message_text_kind_is_a_line_check
        CHECK (length(kind) <= 64 AND kind !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND kind ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT message_text_recipient_is_known_check
        CHECK (recipient IN ('CLIENT', 'PROVIDER')),
    CONSTRAINT message_text_channel_is_known_check
        CHECK (channel IN ('EMAIL', 'PUSH', 'SMS', 'DESKTOP')),
    CONSTRAINT message_text_language_is_a_line_check
        CHECK (length(language) <= 35 AND language !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND language ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT message_text_subject_is_a_line_check
        CHECK (length(subject) <= 300 AND subject !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT message_text_body_is_a_paragraph_check
        CHECK (length(body) <= 10000 AND body !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f]'),
    CONSTRAINT message_text_kind_recipient_channel_language_key
        UNIQUE (kind, recipient, channel, language)
);

-- What a courier should look at, on a channel of its own: no desk wakes up for it.
CREATE FUNCTION tell_couriers() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_notify('desk_outbox', 'outbox 0');
    RETURN NULL;
END
$$;

-- Desks show what needs a person; a person's decision is something for couriers.
CREATE FUNCTION tell_of_trouble() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_notify('desk_app', 'queue 0');
    IF NEW.state = 'WAITING' THEN
        PERFORM pg_notify('desk_outbox', 'outbox 0');
    END IF;
    RETURN NULL;
END
$$;

-- Whoever decides about what could not be sent signs it; to try again is to begin anew.
CREATE FUNCTION outbox_before_decision() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    NEW.decided_by := session_user;
    IF NEW.state = 'WAITING' THEN
        NEW.attempts := 0;
        NEW.run_at := now();
        NEW.handed_at := NULL;
        NEW.settled_at := NULL;
        NEW.leased_until := NULL;
        NEW.lease_token := NULL;
        NEW.outcome := '';
        NEW.last_error := '';
    ELSE
        NEW.settled_at := now();
    END IF;
    RETURN NEW;
END
$$;

-- A desk may only say that something no longer counts; since when and why, is written
-- here: what it was about was changed or taken back.
CREATE FUNCTION outbox_before_dropping() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    NEW.settled_at := coalesce(NEW.settled_at, now());
    IF NEW.outcome = OLD.outcome THEN
        NEW.outcome := 'taken_back';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER outbox_before_dropping BEFORE UPDATE ON outbox
    FOR EACH ROW WHEN (OLD.state = 'WAITING' AND NEW.state = 'DROPPED')
    EXECUTE FUNCTION outbox_before_dropping();
CREATE TRIGGER outbox_before_decision BEFORE UPDATE ON outbox
    FOR EACH ROW WHEN (OLD.state IN ('DEAD', 'UNSURE', 'MISSED')
        AND NEW.state IN ('WAITING', 'DROPPED'))
    EXECUTE FUNCTION outbox_before_decision();
CREATE TRIGGER outbox_tells_couriers AFTER INSERT ON outbox
    FOR EACH STATEMENT EXECUTE FUNCTION tell_couriers();
CREATE TRIGGER outbox_tells_of_trouble AFTER UPDATE ON outbox
    FOR EACH ROW WHEN (OLD.state <> NEW.state
        AND (OLD.state IN ('DEAD', 'UNSURE', 'MISSED')
            OR NEW.state IN ('DEAD', 'UNSURE', 'MISSED')))
    EXECUTE FUNCTION tell_of_trouble();

-- What a desk may add: what can follow for an appointment, each under a name of its own.
-- Whoever may choose any name takes it from others, whose bookings would fail then.
CREATE FUNCTION outbox_is_of_visit(kind text, appointment_id integer, dedupe_key text)
    RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT kind IN ('calendar_push', 'calendar_remove', 'meeting_link', 'confirmation',
            'change_notice', 'cancellation_notice', 'no_show_notice', 'reminder_48h',
            'reminder_1h')
        AND starts_with(dedupe_key, kind || ':' || appointment_id || ':')
$$;

-- The login by which a desk carries messages, sealed: whoever has the practice's key
-- and works here may open it. No grant can say "this row only, whoever you are".
CREATE FUNCTION courier_login() RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF public.desk_role() IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this login has no desk';
    END IF;
    RETURN (SELECT sealed FROM public.practice_secret WHERE name = 'courier_login');
END
$$;

-- As 0003: what is forgotten with a client, now with where messages went.
CREATE OR REPLACE FUNCTION client_forget_visits(gone integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM public.waitlist_entry WHERE client_id = gone;
    DELETE FROM public.walk_in WHERE client_id = gone;
    DELETE FROM public.idempotency_key k USING public.appointment a
        WHERE a.appointment_id = k.appointment_id AND a.client_id = gone;
    UPDATE public.outbox o
        SET last_error = '', sent_to = '', payload = coalesce(
            (SELECT jsonb_object_agg(key, value) FROM jsonb_each(o.payload)
             WHERE jsonb_typeof(value) = 'number'), '{}')
        FROM public.appointment a
        WHERE a.appointment_id = o.appointment_id AND a.client_id = gone;
    UPDATE public.meeting m SET external_id = '', link = ''
        FROM public.appointment a
        WHERE a.appointment_id = m.appointment_id AND a.client_id = gone;
    UPDATE public.appointment
        SET notes = '', cancellation_reason = '', meeting_link = '', override_reason = '',
            version = version + 1
        WHERE client_id = gone
            AND (notes, cancellation_reason, meeting_link, override_reason)
                <> ('', '', '', '');
END
$$;

-- Whose, for whom, and what is written down of it.

ALTER TABLE meeting OWNER TO desk_owner;
ALTER TABLE meeting ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON meeting FROM PUBLIC;
ALTER TABLE message_text OWNER TO desk_owner;
ALTER TABLE message_text ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON message_text FROM PUBLIC;
ALTER FUNCTION tell_couriers() OWNER TO desk_owner;
ALTER FUNCTION tell_of_trouble() OWNER TO desk_owner;
ALTER FUNCTION outbox_before_decision() OWNER TO desk_owner;
ALTER FUNCTION outbox_before_dropping() OWNER TO desk_owner;
ALTER FUNCTION courier_login() OWNER TO desk_owner;
REVOKE ALL ON FUNCTION tell_couriers(), tell_of_trouble(), outbox_before_decision(),
    outbox_before_dropping(), courier_login() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION courier_login() TO desk_receptionist, desk_provider, desk_manager;
GRANT SELECT ON meeting, message_text TO desk_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO desk_backup;

GRANT SELECT ON message_text TO desk_staff, desk_worker;
GRANT INSERT (kind, recipient, channel, language, subject, body),
    UPDATE (subject, body), DELETE ON message_text TO desk_manager;
CREATE POLICY reading ON message_text FOR SELECT TO desk_staff, desk_worker USING (true);
CREATE POLICY managing ON message_text TO desk_manager USING (true) WITH CHECK (true);
CREATE TRIGGER message_text_is_audited AFTER INSERT OR UPDATE OR DELETE ON message_text
    FOR EACH ROW EXECUTE FUNCTION audit_change('text_id');

GRANT SELECT, INSERT (appointment_id, provider_id, kind, host, external_id, link, starts_at,
        ends_at),
    UPDATE (external_id, link, starts_at, ends_at, ended_at) ON meeting TO desk_worker;
CREATE POLICY outside ON meeting TO desk_worker USING (true) WITH CHECK (true);
GRANT SELECT (meeting_kind, meeting_host, meeting_room) ON provider TO desk_staff;
GRANT INSERT (meeting_kind, meeting_host, meeting_room),
    UPDATE (meeting_kind, meeting_host, meeting_room) ON provider TO desk_manager;
GRANT SELECT (import_id) ON appointment TO desk_worker;

GRANT INSERT (appointment_id, recipient, channel, sent_to, state, outcome, settled_at),
    UPDATE (payload, sent_to, outcome, handed_at, settled_at), DELETE ON outbox TO desk_worker;
-- What was settled long enough ago may go; what waits or is to be seen may not.
CREATE POLICY purging ON outbox AS RESTRICTIVE FOR DELETE TO desk_worker
    USING (settled_at < now() - interval '1 day');
-- A desk decides about what could not be sent; that something was sent it cannot say.
CREATE POLICY desk_deciding ON outbox FOR UPDATE TO desk_receptionist
    USING (state IN ('DEAD', 'UNSURE', 'MISSED')) WITH CHECK (state IN ('WAITING', 'DROPPED'));
CREATE POLICY own_deciding ON outbox FOR UPDATE TO desk_provider
    USING (state IN ('DEAD', 'UNSURE', 'MISSED') AND desk_appointment_is_mine(appointment_id))
    WITH CHECK (state IN ('WAITING', 'DROPPED') AND desk_appointment_is_mine(appointment_id));
ALTER FUNCTION outbox_is_of_visit(text, integer, text) OWNER TO desk_owner;
REVOKE ALL ON FUNCTION outbox_is_of_visit(text, integer, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outbox_is_of_visit(text, integer, text)
    TO desk_receptionist, desk_provider;
ALTER POLICY desk_adding ON outbox WITH CHECK (state = 'WAITING'
    AND outbox_is_of_visit(kind, appointment_id, dedupe_key));
ALTER POLICY own_adding ON outbox WITH CHECK (state = 'WAITING'
    AND desk_appointment_is_mine(appointment_id)
    AND outbox_is_of_visit(kind, appointment_id, dedupe_key));
ALTER POLICY webhook ON outbox WITH CHECK (kind = 'calendar_pull'
    AND appointment_id IS NULL AND state = 'WAITING'
    AND starts_with(dedupe_key, 'calendar_pull:'));
-- Whether a channel works is tried out by whoever sets it up.
CREATE POLICY testing ON outbox FOR INSERT TO desk_manager
    WITH CHECK (kind = 'test_message' AND appointment_id IS NULL AND state = 'WAITING'
        AND starts_with(dedupe_key, 'test_message:'));

GRANT SELECT (hold_id, expires_at), DELETE ON slot_hold TO desk_worker;
CREATE POLICY purging_seen ON slot_hold FOR SELECT TO desk_worker USING (expires_at < now());
CREATE POLICY purging ON slot_hold FOR DELETE TO desk_worker USING (expires_at < now());
