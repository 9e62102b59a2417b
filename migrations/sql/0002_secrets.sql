-- The practice's secrets, sealed by the desks before they come here: the server never
-- sees a key. Run after the group roles, desk_role() and desk_provider_id() exist.

CREATE TABLE practice_secret (
    name text NOT NULL,
    sealed bytea NOT NULL,
    changed_at timestamptz DEFAULT now() NOT NULL,
    changed_by text DEFAULT session_user NOT NULL,
    CONSTRAINT practice_secret_pkey PRIMARY KEY (name),
    CONSTRAINT practice_secret_name_is_a_line_check
        CHECK (length(name) <= 64
            AND name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
            AND name ~ '[^\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164]'),
    CONSTRAINT practice_secret_sealed_has_a_size_check
        CHECK (octet_length(sealed) BETWEEN 30 AND 100000),
    CONSTRAINT practice_secret_changed_at_is_sane_check
        CHECK (changed_at >= '2000-01-01 00:00+00'
            AND changed_at < '2200-01-01 00:00+00')
);

CREATE TABLE desk_enrolment (
    lookup bytea NOT NULL,
    wrapped bytea,
    offered_by text DEFAULT session_user NOT NULL,
    offered_at timestamptz DEFAULT now() NOT NULL,
    expires_at timestamptz NOT NULL,
    taken_at timestamptz,
    taken_by text,
    CONSTRAINT desk_enrolment_pkey PRIMARY KEY (lookup),
    CONSTRAINT desk_enrolment_lookup_is_a_hash_check CHECK (octet_length(lookup) = 32),
    CONSTRAINT desk_enrolment_wrapped_has_a_size_check
        CHECK (octet_length(wrapped) BETWEEN 30 AND 10000),
    CONSTRAINT desk_enrolment_wrapped_until_taken_check
        CHECK ((wrapped IS NULL) = (taken_at IS NOT NULL)),
    CONSTRAINT desk_enrolment_offered_at_is_sane_check
        CHECK (offered_at >= '2000-01-01 00:00+00'
            AND offered_at < '2200-01-01 00:00+00'),
    CONSTRAINT desk_enrolment_expires_at_is_sane_check
        CHECK (expires_at >= '2000-01-01 00:00+00'
            AND expires_at < '2200-01-01 00:00+00'),
    CONSTRAINT desk_enrolment_taken_at_is_sane_check
        CHECK (taken_at >= '2000-01-01 00:00+00'
            AND taken_at < '2200-01-01 00:00+00')
);

-- Whoever writes a secret signs it, whatever the statement says. The worker only seals
-- the same secret under a newer key: who had set it, and when, stays.
CREATE FUNCTION practice_secret_before_write() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND pg_has_role(session_user, 'desk_worker', 'MEMBER')
        AND NOT pg_has_role(session_user, 'desk_manager', 'MEMBER')
    THEN
        NEW.changed_at := OLD.changed_at;
        NEW.changed_by := OLD.changed_by;
    ELSE
        NEW.changed_at := now();
        NEW.changed_by := session_user;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER practice_secret_before_write BEFORE INSERT OR UPDATE ON practice_secret
    FOR EACH ROW EXECUTE FUNCTION practice_secret_before_write();

-- A manager may set a secret and see that it is set, the worker may open it. There is
-- no ON CONFLICT ... EXCLUDED.sealed for a manager: that would read what he may not.
REVOKE ALL ON practice_secret FROM PUBLIC, desk_staff, desk_receptionist, desk_provider,
    desk_manager, desk_worker, desk_webhook;
GRANT SELECT (name, changed_at, changed_by), INSERT (name, sealed), UPDATE (sealed), DELETE
    ON practice_secret TO desk_manager;
GRANT SELECT, UPDATE (sealed) ON practice_secret TO desk_worker;

ALTER TABLE practice_secret ENABLE ROW LEVEL SECURITY;
-- By the role of this moment: a manager who has left keeps his group for a while.
CREATE POLICY practice_secret_of_managers ON practice_secret TO desk_manager
    USING ((SELECT public.desk_role()) = 'MANAGER');
CREATE POLICY practice_secret_read_by_worker ON practice_secret FOR SELECT TO desk_worker
    USING (true);
CREATE POLICY practice_secret_sealed_by_worker ON practice_secret FOR UPDATE TO desk_worker
    USING (true);

-- Tokens are written by who signs in to a calendar and read by the worker only.
REVOKE ALL ON calendar_sync FROM PUBLIC, desk_staff, desk_receptionist, desk_provider,
    desk_manager, desk_worker, desk_webhook;
GRANT SELECT (sync_id, provider_id, calendar_type, last_synced_at, external_calendar_id,
        state, last_error, leased_until),
    INSERT (provider_id, calendar_type, external_calendar_id, access_token,
        refresh_token, state),
    UPDATE (external_calendar_id, access_token, refresh_token, cursor, state, last_error),
    DELETE
    ON calendar_sync TO desk_manager, desk_provider;
GRANT SELECT,
    UPDATE (access_token, refresh_token, last_synced_at, cursor, push_channel, state,
        last_error, leased_until, lease_token)
    ON calendar_sync TO desk_worker;

ALTER TABLE calendar_sync ENABLE ROW LEVEL SECURITY;
CREATE POLICY calendar_sync_of_managers ON calendar_sync TO desk_manager
    USING ((SELECT public.desk_role()) = 'MANAGER');
CREATE POLICY calendar_sync_of_its_provider ON calendar_sync TO desk_provider
    USING (provider_id = (SELECT public.desk_provider_id()));
CREATE POLICY calendar_sync_read_by_worker ON calendar_sync FOR SELECT TO desk_worker
    USING (true);
CREATE POLICY calendar_sync_kept_by_worker ON calendar_sync FOR UPDATE TO desk_worker
    USING (true);

-- The two functions run with the rights of their owner, because grants cannot say "the
-- one row whose code you know, once, before it expires". Nobody else has any right on
-- the table. Both look at the clock, not at when the transaction began: whoever keeps
-- one open must not stop the time.
REVOKE ALL ON desk_enrolment FROM PUBLIC, desk_staff, desk_receptionist, desk_provider,
    desk_manager, desk_worker, desk_webhook;
ALTER TABLE desk_enrolment ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION offer_enrolment(lookup bytea, wrapped bytea, valid interval) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF public.desk_role() IS DISTINCT FROM 'MANAGER'
        AND NOT pg_has_role(session_user, 'desk_owner', 'MEMBER')
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'only a manager lets a desk in';
    END IF;
    IF valid IS NULL OR valid <= interval '0' OR valid > interval '1 day' THEN
        RAISE invalid_parameter_value USING MESSAGE = 'a code is valid for a day at most';
    END IF;
    -- Who took a code can be looked up for a month.
    DELETE FROM public.desk_enrolment e WHERE e.expires_at < clock_timestamp()
        AND (e.taken_at IS NULL OR e.taken_at < clock_timestamp() - interval '30 days');
    -- The same offer again is a retry whose answer got lost.
    INSERT INTO public.desk_enrolment (lookup, wrapped, expires_at)
        VALUES (offer_enrolment.lookup, offer_enrolment.wrapped, clock_timestamp() + valid)
        ON CONFLICT DO NOTHING;
END
$$;

-- NULL for a code that is wrong, has expired or was used: one answer, after one pause.
-- The pause limits how often somebody can guess; unlike a count, it cannot be undone by
-- rolling back.
CREATE FUNCTION take_enrolment(lookup bytea) RETURNS bytea
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    keys bytea;
BEGIN
    IF public.desk_role() IS NULL
        AND NOT pg_has_role(session_user, 'desk_worker', 'MEMBER')
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'this login has no desk';
    END IF;
    SELECT e.wrapped INTO keys FROM public.desk_enrolment e
        WHERE e.lookup = take_enrolment.lookup AND e.expires_at > clock_timestamp()
        FOR UPDATE;
    IF keys IS NULL THEN
        PERFORM pg_sleep(0.5);
        RETURN NULL;
    END IF;
    UPDATE public.desk_enrolment e
        SET wrapped = NULL, taken_at = clock_timestamp(), taken_by = session_user
        WHERE e.lookup = take_enrolment.lookup;
    RETURN keys;
END
$$;

REVOKE ALL ON FUNCTION offer_enrolment(bytea, bytea, interval), take_enrolment(bytea)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offer_enrolment(bytea, bytea, interval) TO desk_manager;
GRANT EXECUTE ON FUNCTION take_enrolment(bytea)
    TO desk_receptionist, desk_provider, desk_manager, desk_worker;

ALTER TABLE practice_secret OWNER TO desk_owner;
ALTER TABLE desk_enrolment OWNER TO desk_owner;
ALTER FUNCTION practice_secret_before_write() OWNER TO desk_owner;
ALTER FUNCTION offer_enrolment(bytea, bytea, interval) OWNER TO desk_owner;
ALTER FUNCTION take_enrolment(bytea) OWNER TO desk_owner;
