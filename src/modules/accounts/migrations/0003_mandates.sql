-- The right to act for somebody in named kinds of matters, until a day. Offered by mail; it holds once the other has taken it.
create table mandate (
  id uuid primary key,
  -- 'given' by the person themself; 'guardian' of a child, on the word of a register or of staff that has seen the papers.
  kind text not null check (kind in ('given', 'guardian')),
  -- For whom.
  giver uuid not null references person,
  -- To whom: one of the two, once it is taken.
  taker uuid references person,
  taker_organisation uuid references organisation,
  -- How the giver calls the taker, until they are known.
  offered_to text not null,
  token_hash text unique,
  matters text[] not null check (cardinality(matters) between 1 and 20),
  valid_from date not null,
  valid_until date not null,
  created_at timestamptz not null,
  taken_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references person,
  check (valid_from <= valid_until),
  check (taker is null or taker_organisation is null),
  check ((taken_at is null) = (taker is null and taker_organisation is null)),
  check (giver <> taker)
);
create index mandate_giver on mandate (giver, created_at);
create index mandate_taker on mandate (taker, created_at);
create index mandate_taker_organisation on mandate (taker_organisation, created_at);
create index mandate_ended_by on mandate (ended_by);
alter table mandate enable row level security;
create policy own_mandates on mandate
  using (giver = current_person() or taker = current_person() or taker_organisation in (select my_organisations()))
  with check (giver = current_person() or taker = current_person() or taker_organisation in (select my_organisations()));

-- The offer of a link, for who holds it.
create function find_mandate_offer(hash text, today date)
  returns table (id uuid, giver uuid, given text, family text, matters text[], valid_until date)
  language sql stable security definer set search_path = public
  begin atomic
    select mandate.id, person.id, given_name, family_name, matters, mandate.valid_until
    from mandate join person on person.id = mandate.giver
    where token_hash = hash and taken_at is null and ended_at is null and mandate.valid_until >= today;
  end;

-- The person of this transaction takes the offer, for themself or for an organisation of theirs. True when it was there.
create function take_mandate(hash text, for_organisation uuid, at timestamptz, today date) returns boolean
  language plpgsql security definer set search_path = public as $$
begin
  if current_person() is null or (for_organisation is not null and for_organisation not in (select my_organisations())) then
    return false;
  end if;
  update mandate
    set taken_at = at, token_hash = null, taker_organisation = for_organisation,
        taker = case when for_organisation is null then current_person() end
    where token_hash = hash and taken_at is null and ended_at is null and valid_until >= today and giver <> current_person();
  return found;
end $$;

-- Mandates that somebody has given and taken, with the other's name: names are private, and these two know each other's.
create function my_mandates() returns table (
    id uuid, kind text, giver uuid, giver_name text, taker uuid, taker_organisation uuid, taker_name text, offered_to text,
    matters text[], valid_from date, valid_until date, created_at timestamptz, taken_at timestamptz, ended_at timestamptz)
  language sql stable security definer set search_path = public
  begin atomic
    select mandate.id, mandate.kind, giver, trim(giving.given_name || ' ' || giving.family_name), taker, taker_organisation,
      coalesce(organisation.name, trim(taking.given_name || ' ' || taking.family_name)), offered_to,
      matters, valid_from, valid_until, mandate.created_at, taken_at, mandate.ended_at
    from mandate
      join person as giving on giving.id = giver
      left join person as taking on taking.id = taker
      left join organisation on organisation.id = taker_organisation
    where giver = current_person() or taker = current_person() or taker_organisation in (select my_organisations())
    order by mandate.created_at desc, mandate.id
    limit 500;
  end;

-- For whom somebody acts in this session: by a mandate, or as staff who helps them, with the reason they gave.
alter table session
  add column acting_mandate uuid references mandate,
  add column helped_person uuid references person,
  add column helped_reason text,
  add check (num_nonnulls(acting_organisation, acting_mandate, helped_person) <= 1 or (acting_organisation is not null and acting_mandate is not null and helped_person is null)),
  add check ((helped_person is null) = (helped_reason is null)),
  add check (helped_person is null or kind = 'staff');
create index session_acting_mandate on session (acting_mandate);
create index session_helped_person on session (helped_person);

-- As before, and with whom the person acts as, as far as that still holds.
create or replace function find_session(hash bytea, at timestamptz) returns jsonb
  language plpgsql security definer set search_path = public as $$
declare
  found session;
  today date := (at at time zone 'Europe/Helsinki')::date;
begin
  select * into found from session where token_hash = hash and ends_at > at and seen_at + idle > at;
  if found.id is null then
    return null;
  end if;
  if found.seen_at < at - interval '1 minute' then
    update session set seen_at = at where id = found.id;
  end if;
  return (
    select jsonb_build_object(
      'session', found.id, 'kind', found.kind, 'person', person.id, 'given', person.given_name,
      'family', person.family_name, 'mail', person.mail, 'language', person.language,
      'roles', coalesce((
        select jsonb_agg(distinct jsonb_build_object('city', city, 'role', role, 'scope', nullif(scope, '')))
        from staff_role where staff_role.person = found.person and city = found.staff_city), '[]'),
      'organisation', (
        select jsonb_build_object('id', organisation.id, 'name', organisation.name, 'role', role)
        from organisation_member join organisation on organisation.id = organisation_member.organisation
        where organisation.id = found.acting_organisation and organisation_member.person = found.person
          and until is null and state = 'active'),
      'mandate', (
        select jsonb_build_object('id', mandate.id, 'person', giver, 'matters', matters,
          'name', trim(giving.given_name || ' ' || giving.family_name))
        from mandate join person as giving on giving.id = giver
        where mandate.id = found.acting_mandate and taken_at is not null and mandate.ended_at is null
          and today between valid_from and valid_until
          and (taker = found.person or (taker_organisation = found.acting_organisation and exists (
            select from organisation_member where organisation = taker_organisation
              and organisation_member.person = found.person and until is null)))),
      'helped', (
        select jsonb_build_object('person', helped.id, 'reason', found.helped_reason,
          'name', trim(helped.given_name || ' ' || helped.family_name))
        from person as helped where helped.id = found.helped_person and helped.erased_at is null))
    from person where person.id = found.person and erased_at is null);
end $$;

grant select, insert, update on mandate to avoin_app;
grant update (acting_mandate, helped_person, helped_reason) on session to avoin_app;
grant execute on function find_mandate_offer, take_mandate, my_mandates to avoin_app;
