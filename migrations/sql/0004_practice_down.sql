-- Takes back 0004_practice.sql; patterns, closures, rooms and locations are lost.

ALTER TABLE appointment DROP COLUMN room_id;
DROP FUNCTION rooms_busy(integer[], timestamptz, timestamptz, integer[]);
DROP TABLE room_day, service_room, room, provider_photo, provider_location, location, closure;
DROP FUNCTION tell_desks_of_closures();
-- Hours that hold on some days only would hold on all of them.
DELETE FROM availability WHERE every_other_from IS NOT NULL OR valid_from IS NOT NULL
    OR valid_until IS NOT NULL;
ALTER TABLE availability DROP COLUMN every_other_from, DROP COLUMN valid_from,
    DROP COLUMN valid_until;
