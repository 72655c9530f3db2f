-- Tenants: the six cities and 'joint', the installation itself. Filled from core/cities.ts at each migration.
create table city (
  code text primary key check (code ~ '^[a-z]{2,30}$')
);

-- The public change log. Its cursor is (tx, seq): tx orders transactions by their start, and readers stop below the
-- oldest transaction that is still open, so that a row which commits late is never skipped (core/change.ts).
-- Transaction numbers start anew in a restored copy; the offset keeps tx growing there (core/migrate.ts).
create table change_offset (
  only_row boolean primary key default true check (only_row),
  value bigint not null
);
insert into change_offset (value) values (0);

create function change_tx() returns bigint
  language sql volatile
  return pg_current_xact_id()::text::bigint + (select value from change_offset);

create function change_horizon() returns bigint
  language sql volatile
  return pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select value from change_offset);

create table change (
  city text not null references city,
  seq bigint generated always as identity,
  tx bigint not null default change_tx(),
  kind text not null,
  id uuid not null,
  verb text not null check (verb in ('published', 'changed', 'deleted')),
  actor text not null,
  at timestamptz not null,
  primary key (city, seq)
);
create index change_cursor on change (tx, seq);
create index change_city_cursor on change (city, tx, seq);
create index change_entity on change (city, kind, id);

create function announce_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('avoin_change', '');
  return null;
end $$;
create trigger change_announced after insert on change for each statement execute function announce_change();

-- Who read or changed private data. Append-only for the serving role; a city sees its own.
create table audit (
  city text not null references city,
  id uuid not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  primary key (city, id)
);
create index audit_time on audit (city, at desc);
alter table audit enable row level security;
create policy own_city on audit using (city = current_setting('avoin.city', true)) with check (city = current_setting('avoin.city', true));

-- Jobs are added inside the caller's transaction; the queue itself belongs to the owner role.
create function enqueue(task text, payload json, key text, max_tries int) returns void
  language sql security definer set search_path = pg_catalog
  begin atomic
    select graphile_worker.add_job(identifier => task, payload => payload, job_key => key, max_attempts => max_tries,
                                   job_key_mode => 'preserve_run_at');
  end;

grant select on city, change_offset to avoin_app;
grant select, insert on change to avoin_app;
grant select, insert on audit to avoin_app;
grant execute on function enqueue to avoin_app;
