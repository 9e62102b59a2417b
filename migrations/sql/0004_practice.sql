-- What practice need; see desk_app/db/models.
SELECT 1;
