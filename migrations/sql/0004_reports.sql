-- What reports need; see desk_app/db/models.
SELECT 1;
