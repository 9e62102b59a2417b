-- Staff and clients' rights: what grants cannot say. Each function checks who calls and
-- every value it is given; the answers tell no more than the caller may see.

CREATE FUNCTION desk_require_manager() RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Who sets up the server makes the first manager.
    IF public.desk_role() IS DISTINCT FROM 'MANAGER' AND NOT EXISTS (
        SELECT FROM pg_roles WHERE rolname = session_user AND rolsuper)
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is for managers';
    END IF;
END
$$;

-- The verifier that the desk computed: no password ever reaches the server or its log.
CREATE FUNCTION staff_require_verifier(verifier text) RETURNS void
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF verifier !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$'
    THEN
        RAISE check_violation USING
            MESSAGE = 'this is no SCRAM verifier', COLUMN = 'password';
    END IF;
END
$$;

CREATE FUNCTION staff_group(role text) RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE role WHEN 'RECEPTIONIST' THEN 'desk_receptionist'
        WHEN 'PROVIDER' THEN 'desk_provider' WHEN 'MANAGER' THEN 'desk_manager' END
$$;

-- Managers take turns: of two who leave at once one has to stay, and PostgreSQL itself
-- refuses two changes at once to who may enter a database. Who has waited may have
-- lost the right meanwhile, so that is looked at afterwards.
CREATE FUNCTION staff_require_turn() RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM public.staff_user WHERE role = 'MANAGER' AND is_active
        ORDER BY user_id FOR UPDATE;
    PERFORM public.desk_require_manager();
END
$$;

-- Somebody has to be left who can let others in.
CREATE FUNCTION staff_require_another_manager(leaving integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM public.staff_user
               WHERE user_id = leaving AND role = 'MANAGER' AND is_active)
        AND NOT EXISTS (SELECT FROM public.staff_user
                        WHERE user_id <> leaving AND role = 'MANAGER' AND is_active)
    THEN
        RAISE check_violation USING
            MESSAGE = 'the practice needs a manager', TABLE = 'staff_user',
            CONSTRAINT = 'staff_user_manager_stays';
    END IF;
END
$$;

-- Gives a login its group, and takes others away; '' takes all. What the server's
-- administrator has granted by hand cannot be taken back here, only refused.
CREATE FUNCTION staff_set_group(login text, role text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    wanted CONSTANT text := public.staff_group(role);
    known text;
BEGIN
    FOREACH known IN ARRAY ARRAY['desk_receptionist', 'desk_provider', 'desk_manager'] LOOP
        IF known = wanted THEN
            EXECUTE format('GRANT %I TO %I', known, login);
        ELSIF EXISTS (
            SELECT FROM pg_auth_members m
            JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
            WHERE g.rolname = known AND r.rolname = login)
        THEN
            EXECUTE format('REVOKE %I FROM %I', known, login);
        END IF;
    END LOOP;
    IF wanted IS NOT NULL AND EXISTS (
        SELECT FROM pg_auth_members m
        JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
        WHERE r.rolname = login AND g.rolname <> wanted
            AND g.rolname IN ('desk_receptionist', 'desk_provider', 'desk_manager'))
    THEN
        RAISE insufficient_privilege USING
            MESSAGE = 'the administrator of the server has given this login another group';
    END IF;
END
$$;

CREATE FUNCTION staff_link_provider(whom integer, to_provider integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE public.provider SET user_id = NULL
        WHERE user_id = whom AND provider_id IS DISTINCT FROM to_provider;
    IF to_provider IS NOT NULL THEN
        -- Those who left keep nothing that somebody else needs.
        UPDATE public.provider p SET user_id = whom WHERE provider_id = to_provider
            AND NOT EXISTS (SELECT FROM public.staff_user s
                WHERE s.user_id = p.user_id AND s.user_id <> whom AND s.is_active);
        IF NOT FOUND THEN
            RAISE check_violation USING
                MESSAGE = 'this provider has a login already, or does not exist',
                TABLE = 'provider', COLUMN = 'provider_id',
                CONSTRAINT = 'provider_has_one_login';
        END IF;
    END IF;
END
$$;

CREATE FUNCTION staff_require(whom integer) RETURNS public.staff_user
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    person public.staff_user;
BEGIN
    SELECT * INTO person FROM public.staff_user WHERE user_id = whom FOR UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'there is no such person';
    END IF;
    RETURN person;
END
$$;

-- The verifier may be NULL: a login without one signs in where the server asks none.
CREATE FUNCTION staff_add(
    new_login text, new_name text, new_role text, verifier text, to_provider integer
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    made integer;
BEGIN
    PERFORM public.staff_require_turn();
    IF new_login !~ '^[a-z][a-z0-9_.-]{0,62}$'
        OR new_login ~ '^(pg_|desk_|(postgres|public|none)$)'
    THEN
        RAISE check_violation USING
            MESSAGE = 'this cannot be a login', TABLE = 'staff_user', COLUMN = 'login',
            CONSTRAINT = 'staff_user_login_is_a_name';
    END IF;
    INSERT INTO public.staff_user (login, name, role) VALUES (new_login, new_name, new_role)
        RETURNING user_id INTO made;
    IF verifier IS NOT NULL THEN
        PERFORM public.staff_require_verifier(verifier);
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 40 PASSWORD %L',
                   new_login, verifier);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), new_login);
    PERFORM public.staff_set_group(new_login, new_role);
    PERFORM public.staff_link_provider(made, to_provider);
    RETURN made;
END
$$;

CREATE FUNCTION staff_change(
    whom integer, new_name text, new_role text, to_provider integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.staff_user;
BEGIN
    PERFORM public.staff_require_turn();
    IF new_role <> 'MANAGER' THEN
        PERFORM public.staff_require_another_manager(whom);
    END IF;
    known := public.staff_require(whom);
    UPDATE public.staff_user SET name = new_name, role = new_role WHERE user_id = whom;
    IF known.is_active THEN
        PERFORM public.staff_set_group(known.login, new_role);
    END IF;
    PERFORM public.staff_link_provider(whom, to_provider);
END
$$;

CREATE FUNCTION staff_set_password(whom integer, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.staff_user;
BEGIN
    IF NOT EXISTS (SELECT FROM public.staff_user
                   WHERE user_id = whom AND login = session_user AND is_active)
    THEN
        PERFORM public.desk_require_manager();
    END IF;
    known := public.staff_require(whom);
    PERFORM public.staff_require_verifier(verifier);
    UPDATE public.staff_user SET password_set_at = now() WHERE user_id = whom;
    EXECUTE format('ALTER ROLE %I PASSWORD %L', known.login, verifier);
END
$$;

-- Ends what a person has open now, at every desk, but not what calls this. Takes no
-- lock: whoever has something open must not be able to hold this up.
CREATE FUNCTION staff_end_sessions(whom integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known text;
    ended integer;
BEGIN
    PERFORM public.desk_require_manager();
    SELECT login INTO known FROM public.staff_user WHERE user_id = whom;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'there is no such person';
    END IF;
    SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) INTO ended
        FROM pg_stat_activity
        WHERE usename = known AND datname = current_database()
            AND pid <> pg_backend_pid();
    RETURN ended;
END
$$;

-- A leaver loses the group first, which closes what is open already; then the login.
CREATE FUNCTION staff_set_active(whom integer, to_active boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.staff_user;
BEGIN
    PERFORM public.staff_require_turn();
    IF NOT to_active THEN
        PERFORM public.staff_require_another_manager(whom);
    END IF;
    known := public.staff_require(whom);
    UPDATE public.staff_user SET is_active = to_active WHERE user_id = whom;
    IF to_active THEN
        PERFORM public.staff_set_group(known.login, known.role);
        EXECUTE format('ALTER ROLE %I LOGIN', known.login);
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I',
                       current_database(), known.login);
    ELSE
        PERFORM public.staff_set_group(known.login, '');
        EXECUTE format('ALTER ROLE %I NOLOGIN', known.login);
        EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I',
                       current_database(), known.login);
    END IF;
END
$$;

-- Lets in who works here. A copy of a database has the rows, but not the rights to it.
CREATE FUNCTION staff_open_database() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known record;
BEGIN
    PERFORM public.desk_require_manager();
    FOR known IN
        SELECT s.login FROM public.staff_user s JOIN pg_roles r ON r.rolname = s.login
        WHERE s.is_active ORDER BY s.login
    LOOP
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I',
                       current_database(), known.login);
    END LOOP;
END
$$;

-- What was written about a client beside their own row: texts, the hashes of what was
-- asked, which can be guessed, and whatever an outside service answered.
CREATE FUNCTION client_forget_visits(gone integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM public.waitlist_entry WHERE client_id = gone;
    DELETE FROM public.idempotency_key k USING public.appointment a
        WHERE a.appointment_id = k.appointment_id AND a.client_id = gone;
    UPDATE public.outbox o
        SET last_error = '', payload = coalesce(
            (SELECT jsonb_object_agg(key, value) FROM jsonb_each(o.payload)
             WHERE jsonb_typeof(value) = 'number'), '{}')
        FROM public.appointment a
        WHERE a.appointment_id = o.appointment_id AND a.client_id = gone;
    UPDATE public.appointment
        SET notes = '', cancellation_reason = '', meeting_link = '', version = version + 1
        WHERE client_id = gone AND (notes, cancellation_reason, meeting_link) <> ('', '', '');
END
$$;

-- Forgets a client: nothing personal is left here or in the audit log; that there were
-- appointments, when and at what price stays. A definer, for nobody may touch the log.
CREATE FUNCTION client_erase(gone integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.client;
BEGIN
    PERFORM public.desk_require_manager();
    -- Whoever books for this client comes first, or waits here and is refused.
    SELECT * INTO known FROM public.client WHERE client_id = gone FOR UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'there is no such client';
    ELSIF known.erased_at IS NOT NULL THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM public.appointment WHERE client_id = gone
               AND status IN ('PENDING', 'CONFIRMED') AND end_time > now())
    THEN
        RAISE check_violation USING
            MESSAGE = 'this client has appointments to come', TABLE = 'client',
            CONSTRAINT = 'client_has_no_more_visits';
    END IF;
    PERFORM public.client_forget_visits(gone);
    UPDATE public.client
        SET name = 'Erased client', phone = '', email = '', push_address = '',
            language = '', timezone = '', notes = '', no_show_flag = false,
            same_day_locked_until = NULL, consent_email = false, consent_push = false,
            consent_sms = false, is_active = false, created_by = '', erased_at = now()
        WHERE client_id = gone;
    PERFORM public.audit_forget_client(gone);
    -- The planner's samples hold names and numbers too.
    ANALYZE public.client;
END
$$;

-- Nothing new is written about somebody who was erased. The foreign key alone would let
-- a booking pass that had waited for the erasure.
CREATE FUNCTION client_is_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM public.client WHERE client_id = NEW.client_id AND erased_at IS NULL
        FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'this client was erased';
    END IF;
    RETURN NULL;
END
$$;

-- Their own row can no longer be found by who wants to write it.
CREATE FUNCTION client_stays_erased() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN NULL;
END
$$;

CREATE TRIGGER appointment_client_is_kept
    AFTER INSERT OR UPDATE OF client_id ON appointment
    FOR EACH ROW EXECUTE FUNCTION client_is_kept();
CREATE TRIGGER appointment_text_client_is_kept AFTER UPDATE ON appointment
    FOR EACH ROW WHEN (NEW.notes IS DISTINCT FROM OLD.notes
        OR NEW.cancellation_reason IS DISTINCT FROM OLD.cancellation_reason
        OR NEW.meeting_link IS DISTINCT FROM OLD.meeting_link)
    EXECUTE FUNCTION client_is_kept();
CREATE TRIGGER waitlist_entry_client_is_kept AFTER INSERT OR UPDATE ON waitlist_entry
    FOR EACH ROW EXECUTE FUNCTION client_is_kept();
CREATE TRIGGER client_stays_erased BEFORE UPDATE ON client
    FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION client_stays_erased();

CREATE TRIGGER staff_user_tells_desks AFTER INSERT OR UPDATE OR DELETE ON staff_user
    FOR EACH STATEMENT EXECUTE FUNCTION tell_desks_of_catalogue();
