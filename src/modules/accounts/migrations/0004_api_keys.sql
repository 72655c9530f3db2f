-- Keys by which programs of people and organisations use the interface. Only the hash of a key is kept.
create table api_key (
  id uuid primary key,
  token_hash bytea not null unique,
  -- What one sees of it later: its first characters.
  beginning text not null,
  name text not null,
  -- Who made it, and answers for it; an organisation's key also needs them to go on as its owner.
  person uuid not null references person,
  organisation uuid references organisation,
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  -- Requests a minute.
  rate int not null check (rate between 1 and 100000),
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  ended_at timestamptz
);
create index api_key_person on api_key (person, created_at);
create index api_key_organisation on api_key (organisation, created_at);

-- What the person of this transaction is an owner of; outside the policies, which ask it.
create function owned_organisations() returns setof uuid
  language sql stable security definer set search_path = public
  begin atomic
    select organisation from organisation_member where person = current_person() and role = 'owner' and until is null;
  end;

alter table api_key enable row level security;
create policy own_keys on api_key
  using (person = current_person() or organisation in (select owned_organisations()));
-- Nobody makes a key in another's name, also not in that of an organisation which is not theirs.
create policy made_by_oneself on api_key as restrictive for insert
  with check (person = current_person() and (organisation is null or organisation in (select owned_organisations())));

-- The key that a request brings, while it holds; notes once a minute that it is in use.
create function find_api_key(hash bytea, at timestamptz) returns jsonb
  language plpgsql security definer set search_path = public as $$
declare
  found api_key;
begin
  select api_key.* into found from api_key join person on person.id = api_key.person
  where token_hash = hash and ended_at is null and (expires_at is null or expires_at > at) and erased_at is null
    and (api_key.organisation is null or exists (
      select from organisation_member join organisation on organisation.id = organisation_member.organisation
      where organisation_member.organisation = api_key.organisation and organisation_member.person = api_key.person
        and role = 'owner' and until is null and state = 'active'));
  if found.id is null then
    return null;
  end if;
  if found.last_used_at is null or found.last_used_at < at - interval '1 minute' then
    update api_key set last_used_at = at
      where id = found.id and (last_used_at is null or last_used_at < at - interval '1 minute');
  end if;
  return jsonb_build_object('key', found.id, 'person', found.person, 'organisation', found.organisation,
    'scopes', to_jsonb(found.scopes), 'rate', found.rate);
end $$;

-- What a key may do is settled when it is made; afterwards it can only be ended.
grant select, insert, update (ended_at) on api_key to avoin_app;
grant execute on function find_api_key, owned_organisations to avoin_app;
