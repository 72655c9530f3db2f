-- Volatile, the function took a snapshot of its own each time it was called, later than that of the query which asked: a row
-- that committed in between was below the horizon and yet not seen, and a reader went past it. Stable, both are one.
create or replace function change_horizon() returns bigint
  language sql stable
  return pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select value from change_offset);
