-- Two entries of one person become one, and can become two again. Nothing is written
-- over: what the kept one has stays, what it lacks is filled in from the other.
-- The names are those of desk_app/db/models; a test compares the two.

ALTER TABLE client
    ADD COLUMN merged_into integer,
    ADD CONSTRAINT client_merged_is_inactive_check
        CHECK (merged_into IS NULL OR (NOT is_active AND merged_into <> client_id)),
    ADD CONSTRAINT client_merged_into_fkey
        FOREIGN KEY(merged_into) REFERENCES client (client_id);
CREATE INDEX client_merged_into_ix ON client (merged_into) WHERE merged_into IS NOT NULL;

-- What a merge moved and filled in, so that it can be taken back. Once it was, only
-- which fields it filled in is kept: the log holds their values until somebody is erased.
CREATE TABLE client_merge (
    merge_id integer GENERATED ALWAYS AS IDENTITY,
    kept_id integer NOT NULL,
    gone_id integer NOT NULL,
    merged_at timestamptz DEFAULT now() NOT NULL,
    merged_by text DEFAULT session_user NOT NULL,
    was_active boolean NOT NULL,
    kept_was jsonb NOT NULL,
    kept_became jsonb NOT NULL,
    appointments integer[] NOT NULL,
    waitlist_entries integer[] NOT NULL,
    walk_ins integer[] NOT NULL,
    undone_at timestamptz,
    undone_by text,
    CONSTRAINT client_merge_pkey PRIMARY KEY (merge_id),
    CONSTRAINT client_merge_merged_at_is_sane_check
        CHECK (merged_at >= '2000-01-01 00:00+00'
            AND merged_at < '2200-01-01 00:00+00'),
    CONSTRAINT client_merge_merged_by_is_a_line_check
        CHECK (length(merged_by) <= 63
            AND merged_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT client_merge_undone_at_is_sane_check
        CHECK (undone_at >= '2000-01-01 00:00+00'
            AND undone_at < '2200-01-01 00:00+00'),
    CONSTRAINT client_merge_undone_by_is_a_line_check
        CHECK (length(undone_by) <= 63
            AND undone_by !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'),
    CONSTRAINT client_merge_kept_id_fkey FOREIGN KEY(kept_id) REFERENCES client (client_id),
    CONSTRAINT client_merge_gone_id_fkey FOREIGN KEY(gone_id) REFERENCES client (client_id)
);

CREATE INDEX client_merge_kept_id_ix ON client_merge (kept_id);
CREATE INDEX client_merge_gone_id_ix ON client_merge (gone_id);
CREATE UNIQUE INDEX client_merge_stands_ix ON client_merge (gone_id)
    WHERE undone_at IS NULL;
ALTER TABLE client_merge ALTER COLUMN kept_was SET STATISTICS 0,
    ALTER COLUMN kept_became SET STATISTICS 0;

-- What the note says of the other entry: its note, and whatever of name, phone and
-- e-mail is another one than the kept entry has.
CREATE FUNCTION client_notes_of_both(kept client, other client) RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    differs CONSTANT text := concat_ws(', ',
        nullif(other.name, kept.name),
        CASE WHEN kept.phone <> '' AND other.phone <> kept.phone
            THEN nullif(other.phone, '') END,
        CASE WHEN kept.email <> '' AND lower(other.email) <> lower(kept.email)
            THEN nullif(other.email, '') END);
BEGIN
    IF other.notes IN ('', kept.notes) AND differs = '' THEN
        RETURN kept.notes;
    ELSIF kept.notes = '' AND differs = '' THEN
        RETURN other.notes;
    END IF;
    RETURN concat_ws(E'\n\n', nullif(kept.notes, ''), concat_ws(E'\n',
        format('— Merged: %s —', coalesce(nullif(differs, ''), other.name)),
        nullif(other.notes, '')));
END
$$;

-- What the kept entry becomes. A warning and a refusal of either count for both.
CREATE FUNCTION client_of_both(kept client, other client) RETURNS client
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    merged public.client := kept;
BEGIN
    merged.notes := public.client_notes_of_both(kept, other);
    merged.phone := coalesce(nullif(kept.phone, ''), other.phone);
    merged.email := coalesce(nullif(kept.email, ''), other.email);
    merged.push_address := coalesce(nullif(kept.push_address, ''), other.push_address);
    merged.language := coalesce(nullif(kept.language, ''), other.language);
    merged.timezone := coalesce(nullif(kept.timezone, ''), other.timezone);
    merged.no_show_count := least(kept.no_show_count + other.no_show_count, 100000);
    merged.no_show_flag := kept.no_show_flag OR other.no_show_flag;
    merged.same_day_locked_until :=
        greatest(kept.same_day_locked_until, other.same_day_locked_until);
    merged.consent_email := kept.consent_email AND other.consent_email;
    merged.consent_push := kept.consent_push AND other.consent_push;
    merged.consent_sms := kept.consent_sms AND other.consent_sms;
    RETURN merged;
END
$$;

CREATE FUNCTION client_write(wanted client) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE public.client
        SET phone = wanted.phone, email = wanted.email,
            push_address = wanted.push_address, language = wanted.language,
            timezone = wanted.timezone, notes = wanted.notes,
            no_show_count = wanted.no_show_count, no_show_flag = wanted.no_show_flag,
            same_day_locked_until = wanted.same_day_locked_until,
            consent_email = wanted.consent_email, consent_push = wanted.consent_push,
            consent_sms = wanted.consent_sms
        WHERE client_id = wanted.client_id;
END
$$;

-- Returns an entry that may be merged, or separated again. Whoever books for it comes
-- first, or waits here and then finds the kept one.
CREATE FUNCTION client_require(wanted integer) RETURNS client
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.client;
BEGIN
    SELECT * INTO known FROM public.client
        WHERE client_id = wanted AND erased_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'there is no such client';
    ELSIF known.merged_into IS NOT NULL THEN
        RAISE check_violation USING
            MESSAGE = 'this client was merged into another', TABLE = 'client',
            CONSTRAINT = 'client_is_merged_once';
    END IF;
    RETURN known;
END
$$;

-- Merges `gone` into `keep` and returns the number by which that can be taken back; may
-- be called again. A definer, for no login may give an appointment to another client.
CREATE FUNCTION client_merge(keep integer, gone integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kept public.client;
    other public.client;
    merged public.client;
    made integer;
BEGIN
    IF keep = gone THEN
        RAISE check_violation USING
            MESSAGE = 'a client is not merged with themselves', TABLE = 'client',
            CONSTRAINT = 'client_is_merged_once';
    END IF;
    -- Always in this order, so that two desks never wait for each other.
    PERFORM FROM public.client WHERE client_id IN (keep, gone)
        ORDER BY client_id FOR UPDATE;
    SELECT merge_id INTO made FROM public.client_merge
        WHERE kept_id = keep AND gone_id = gone AND undone_at IS NULL;
    IF FOUND THEN
        RETURN made;
    END IF;
    kept := public.client_require(keep);
    other := public.client_require(gone);
    merged := public.client_of_both(kept, other);
    INSERT INTO public.client_merge (kept_id, gone_id, was_active, kept_was, kept_became,
            appointments, waitlist_entries, walk_ins)
        SELECT keep, gone, other.is_active,
            coalesce(jsonb_object_agg(was.key, was.value), '{}'),
            coalesce(jsonb_object_agg(was.key, now.value), '{}'),
            ARRAY(SELECT appointment_id FROM public.appointment
                WHERE client_id = gone ORDER BY 1),
            ARRAY(SELECT entry_id FROM public.waitlist_entry
                WHERE client_id = gone ORDER BY 1),
            ARRAY(SELECT walk_in_id FROM public.walk_in WHERE client_id = gone ORDER BY 1)
        FROM jsonb_each(to_jsonb(kept) - 'search_text') was
            JOIN jsonb_each(to_jsonb(merged) - 'search_text') now USING (key)
        WHERE was.value <> now.value
        RETURNING merge_id INTO made;
    PERFORM public.client_move_rows(made, gone, keep);
    PERFORM public.client_write(merged);
    UPDATE public.client SET is_active = false, merged_into = keep WHERE client_id = gone;
    RETURN made;
END
$$;

-- Gives what a merge has moved from one entry to the other.
CREATE FUNCTION client_move_rows(of_merge integer, from_id integer, to_id integer)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    merge public.client_merge;
BEGIN
    SELECT * INTO merge FROM public.client_merge WHERE merge_id = of_merge;
    UPDATE public.appointment SET client_id = to_id, version = version + 1
        WHERE client_id = from_id AND appointment_id = ANY (merge.appointments);
    UPDATE public.waitlist_entry SET client_id = to_id
        WHERE client_id = from_id AND entry_id = ANY (merge.waitlist_entries);
    UPDATE public.walk_in SET client_id = to_id
        WHERE client_id = from_id AND walk_in_id = ANY (merge.walk_ins);
END
$$;

-- Makes two of them again: what was moved goes back, and of what was filled in
-- whatever nobody has written since. May be called again.
CREATE FUNCTION client_unmerge(wanted integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    merge public.client_merge;
    kept public.client;
    before jsonb;
BEGIN
    SELECT * INTO merge FROM public.client_merge WHERE merge_id = wanted;
    PERFORM FROM public.client WHERE client_id IN (merge.kept_id, merge.gone_id)
        ORDER BY client_id FOR UPDATE;
    -- Somebody else may have taken it back before the lock.
    SELECT * INTO merge FROM public.client_merge WHERE merge_id = wanted
        AND undone_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    kept := public.client_require(merge.kept_id);
    SELECT jsonb_object_agg(key, value) INTO before FROM jsonb_each(merge.kept_was)
        WHERE to_jsonb(kept) -> key = merge.kept_became -> key;
    before := coalesce(before, '{}');
    IF NOT before ? 'no_show_count' AND merge.kept_was ? 'no_show_count' THEN
        before := before || jsonb_build_object('no_show_count', greatest(0,
            kept.no_show_count - (merge.kept_became ->> 'no_show_count')::integer
            + (merge.kept_was ->> 'no_show_count')::integer));
    END IF;
    PERFORM public.client_move_rows(wanted, merge.kept_id, merge.gone_id);
    PERFORM public.client_write(jsonb_populate_record(kept, before));
    UPDATE public.client SET is_active = merge.was_active, merged_into = NULL
        WHERE client_id = merge.gone_id;
    UPDATE public.client_merge
        SET undone_at = clock_timestamp(), undone_by = session_user, kept_became = '{}',
            kept_was = coalesce((SELECT jsonb_object_agg(key, NULL)
                FROM jsonb_object_keys(kept_was) key), '{}')
        WHERE merge_id = wanted;
END
$$;

-- Who a client is by now: the one that they were merged into, else themselves.
CREATE FUNCTION client_now(wanted integer) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known integer := wanted;
    into_whom integer;
BEGIN
    LOOP
        SELECT merged_into INTO into_whom FROM public.client WHERE client_id = known;
        IF into_whom IS NULL THEN
            RETURN known;
        END IF;
        known := into_whom;
    END LOOP;
END
$$;

-- What is written for somebody who is being merged waits, and goes to the kept one:
-- no booking is lost between two entries.
CREATE FUNCTION client_is_followed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    into_whom integer;
BEGIN
    LOOP
        SELECT merged_into INTO into_whom FROM public.client
            WHERE client_id = NEW.client_id FOR KEY SHARE;
        IF into_whom IS NULL THEN
            RETURN NEW;
        END IF;
        NEW.client_id := into_whom;
    END LOOP;
END
$$;

CREATE TRIGGER appointment_client_is_followed BEFORE INSERT ON appointment
    FOR EACH ROW EXECUTE FUNCTION client_is_followed();
CREATE TRIGGER waitlist_entry_client_is_followed BEFORE INSERT ON waitlist_entry
    FOR EACH ROW EXECUTE FUNCTION client_is_followed();
CREATE TRIGGER walk_in_client_is_followed BEFORE INSERT ON walk_in
    FOR EACH ROW EXECUTE FUNCTION client_is_followed();
CREATE TRIGGER client_merge_is_audited AFTER INSERT OR UPDATE OR DELETE ON client_merge
    FOR EACH ROW EXECUTE FUNCTION audit_change('merge_id', 'kept_was', 'kept_became');

-- Everybody who was merged into a client, and into those, and the client.
CREATE FUNCTION client_entries(wanted integer) RETURNS integer[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    WITH RECURSIVE entry AS (
        SELECT wanted AS client_id
        UNION SELECT c.client_id FROM public.client c JOIN entry e
            ON c.merged_into = e.client_id)
    SELECT array_agg(client_id ORDER BY client_id) FROM entry
$$;

-- What the log holds of visits that were another entry's for a while.
CREATE FUNCTION audit_forget_visits(about text, visits text[], gone integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kept CONSTANT text[] := ARRAY['client_id', 'appointment_id', 'provider_id',
        'service_id', 'entry_id', 'walk_in_id', 'start_time', 'end_time', 'status',
        'cancelled_at', 'cancelled_by', 'arrived_at', 'seen_at', 'left_at', 'version'];
BEGIN
    UPDATE public.audit_log SET
        "old" = (SELECT jsonb_object_agg(key, value) FROM jsonb_each("old")
            WHERE key = ANY (kept)),
        "new" = (SELECT jsonb_object_agg(key, value) FROM jsonb_each("new")
            WHERE key = ANY (kept))
        WHERE table_name = about AND row_id = ANY (visits)
            AND client_id IS DISTINCT FROM gone;
END
$$;

-- What the log holds of fields that another entry had from this one for a while.
CREATE FUNCTION audit_forget_fields(
    of_client integer, fields text[], since timestamptz, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE public.audit_log SET "old" = "old" - fields, "new" = "new" - fields
        WHERE client_id = of_client AND table_name = 'client'
            AND at BETWEEN since AND until;
END
$$;

CREATE FUNCTION client_forget(gone integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM public.audit_forget_fields(kept_id,
            ARRAY(SELECT jsonb_object_keys(kept_was)), merged_at, undone_at)
        FROM public.client_merge WHERE gone_id = gone AND undone_at IS NOT NULL;
    DELETE FROM public.client_merge WHERE gone IN (kept_id, gone_id);
    PERFORM public.audit_forget_visits('appointment', ARRAY(
        SELECT appointment_id::text FROM public.appointment WHERE client_id = gone), gone);
    PERFORM public.audit_forget_visits('waitlist_entry', ARRAY(
        SELECT entry_id::text FROM public.waitlist_entry WHERE client_id = gone), gone);
    PERFORM public.audit_forget_visits('walk_in', ARRAY(
        SELECT walk_in_id::text FROM public.walk_in WHERE client_id = gone), gone);
    PERFORM public.client_forget_visits(gone);
    UPDATE public.client
        SET name = 'Erased client', phone = '', email = '', push_address = '',
            language = '', timezone = '', notes = '', no_show_flag = false,
            same_day_locked_until = NULL, consent_email = false, consent_push = false,
            consent_sms = false, is_active = false, created_by = '', erased_at = now()
        WHERE client_id = gone;
    PERFORM public.audit_forget_client(gone);
END
$$;

-- As before, and with a client all entries that were merged into theirs.
CREATE OR REPLACE FUNCTION client_erase(gone integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.client;
    entries integer[];
BEGIN
    PERFORM public.desk_require_manager();
    -- Whoever books for this client comes first, or waits here and is refused.
    SELECT * INTO known FROM public.client WHERE client_id = gone FOR UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'there is no such client';
    ELSIF known.erased_at IS NOT NULL THEN
        RETURN;
    ELSIF known.merged_into IS NOT NULL THEN
        RAISE check_violation USING
            MESSAGE = 'this client was merged into another', TABLE = 'client',
            CONSTRAINT = 'client_is_merged_once';
    END IF;
    entries := public.client_entries(gone);
    PERFORM FROM public.client WHERE client_id = ANY (entries) ORDER BY client_id
        FOR UPDATE;
    IF EXISTS (SELECT FROM public.appointment WHERE client_id = ANY (entries)
               AND status IN ('PENDING', 'CONFIRMED') AND end_time > now())
    THEN
        RAISE check_violation USING
            MESSAGE = 'this client has appointments to come', TABLE = 'client',
            CONSTRAINT = 'client_has_no_more_visits';
    END IF;
    PERFORM public.client_forget(entry) FROM unnest(entries) entry;
    -- The planner's samples hold names and numbers too.
    ANALYZE public.client;
END
$$;

-- As 0002: whose, for whom.

ALTER TABLE client_merge OWNER TO desk_owner;
ALTER TABLE client_merge ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON client_merge FROM PUBLIC;
ALTER FUNCTION client_notes_of_both(client, client) OWNER TO desk_owner;
ALTER FUNCTION client_of_both(client, client) OWNER TO desk_owner;
ALTER FUNCTION client_write(client) OWNER TO desk_owner;
ALTER FUNCTION client_require(integer) OWNER TO desk_owner;
ALTER FUNCTION client_merge(integer, integer) OWNER TO desk_owner;
ALTER FUNCTION client_move_rows(integer, integer, integer) OWNER TO desk_owner;
ALTER FUNCTION client_unmerge(integer) OWNER TO desk_owner;
ALTER FUNCTION client_now(integer) OWNER TO desk_owner;
ALTER FUNCTION client_is_followed() OWNER TO desk_owner;
ALTER FUNCTION client_entries(integer) OWNER TO desk_owner;
ALTER FUNCTION client_forget(integer) OWNER TO desk_owner;
ALTER FUNCTION audit_forget_visits(text, text[], integer) OWNER TO desk_audit;
ALTER FUNCTION audit_forget_fields(integer, text[], timestamptz, timestamptz)
    OWNER TO desk_audit;
REVOKE ALL ON FUNCTION client_notes_of_both(client, client), client_of_both(client, client),
    client_write(client), client_require(integer), client_merge(integer, integer),
    client_move_rows(integer, integer, integer), client_unmerge(integer),
    client_now(integer), client_is_followed(), client_entries(integer),
    client_forget(integer), audit_forget_visits(text, text[], integer),
    audit_forget_fields(integer, text[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_forget_visits(text, text[], integer),
    audit_forget_fields(integer, text[], timestamptz, timestamptz) TO desk_owner;
GRANT EXECUTE ON FUNCTION client_now(integer), client_entries(integer)
    TO desk_staff, desk_worker;
GRANT EXECUTE ON FUNCTION client_merge(integer, integer), client_unmerge(integer),
    client_notes_of_both(client, client), client_of_both(client, client) TO desk_receptionist;
GRANT SELECT ON client_merge TO desk_receptionist, desk_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO desk_backup;
GRANT SELECT (merged_into) ON client TO desk_worker;
CREATE POLICY desk ON client_merge FOR SELECT TO desk_receptionist USING (true);
