-- Keys by which programs of people and organisations use the interface. Only the hash of a key is kept.
create table api_key (
  id uuid primary key,
  token_hash bytea not null unique,
  -- What one sees of it later: its first characters.
  beginning text not null,
  name text not null,
  person uuid not null references person,
  organisation uuid references organisation,
  scopes text[] not null,
  -- Requests a minute.
  rate int not null check (rate between 1 and 100000),
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  ended_at timestamptz
);
create index api_key_person on api_key (person, created_at);
create index api_key_organisation on api_key (organisation, created_at);
alter table api_key enable row level security;
create policy own_keys on api_key
  using (person = current_person() or organisation in (select my_organisations()))
  with check (person = current_person() and (organisation is null or organisation in (select my_organisations())));

-- The key that a request brings, while it holds; notes once a minute that it is in use.
create function find_api_key(hash bytea, at timestamptz) returns jsonb
  language plpgsql security definer set search_path = public as $$
declare
  found api_key;
begin
  select * into found from api_key where token_hash = hash and ended_at is null and (expires_at is null or expires_at > at);
  if found.id is null then
    return null;
  end if;
  if found.last_used_at is null or found.last_used_at < at - interval '1 minute' then
    update api_key set last_used_at = at where id = found.id;
  end if;
  return jsonb_build_object('key', found.id, 'person', found.person, 'organisation', found.organisation,
    'scopes', to_jsonb(found.scopes), 'rate', found.rate);
end $$;

grant select, insert, update on api_key to avoin_app;
grant execute on function find_api_key to avoin_app;
