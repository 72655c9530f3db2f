-- The right to act for somebody in named kinds of matters, until a day. Offered by mail; it holds once the other has taken it.
create table mandate (
  id uuid primary key,
  -- 'given' by the person themself; 'guardian' of a child.
  kind text not null check (kind in ('given', 'guardian')),
  -- On whose word: the giver's own, a register's for the day it was asked, or a city's advisor's who has seen the papers.
  vouched_by text not null check (vouched_by in ('giver', 'register', 'desk')),
  -- For whom.
  giver uuid not null references person,
  -- To whom: one of the two, once it is taken.
  taker uuid references person,
  taker_organisation uuid references organisation,
  -- How the giver calls the taker, until they are known.
  offered_to text not null,
  -- Where the offer went, for notices until the mandate ends, and their language.
  offered_mail text,
  offered_language text not null check (offered_language in ('fi', 'sv', 'en')),
  -- The link of an offer works once and for two weeks. The giver can send a new one as long as the mandate would hold.
  token_hash text unique,
  token_expires_at timestamptz,
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
  check ((token_hash is null) = (token_expires_at is null)),
  check (kind = 'given' or vouched_by <> 'giver'),
  check (giver <> taker)
);
create index mandate_giver on mandate (giver, created_at);
create index mandate_taker on mandate (taker, created_at);
create index mandate_taker_organisation on mandate (taker_organisation, created_at);
create index mandate_ended_by on mandate (ended_by);
create index mandate_address on mandate (valid_until) where offered_mail is not null;
-- A form sent twice offers once.
create unique index mandate_open_offer on mandate (giver, lower(offered_mail)) where taken_at is null and ended_at is null;
alter table mandate enable row level security;
create policy seen_by_both on mandate for select
  using (giver = current_person() or taker = current_person() or taker_organisation in (select my_organisations()));
create policy given_by_oneself on mandate for insert with check (giver = current_person());
create policy ended_by_both on mandate for update
  using (giver = current_person() or taker = current_person() or taker_organisation in (select my_organisations()));

-- The offer of a link, for who holds it.
create function find_mandate_offer(hash text, at timestamptz, today date)
  returns table (id uuid, giver uuid, giver_name text, matters text[], valid_from date, valid_until date)
  language sql stable security definer set search_path = public
  begin atomic
    select mandate.id, person.id, trim(given_name || ' ' || family_name), matters, mandate.valid_from, mandate.valid_until
    from mandate join person on person.id = mandate.giver
    where token_hash = hash and token_expires_at > at and taken_at is null and mandate.ended_at is null
      and mandate.valid_until >= today and erased_at is null;
  end;

-- The person of this transaction takes the offer, for themself or for an organisation that they bind. Answers with the mandate.
create function take_mandate(hash text, for_organisation uuid, at timestamptz, today date) returns uuid
  language plpgsql security definer set search_path = public as $$
declare
  taken uuid;
begin
  if current_person() is null or (for_organisation is not null and not exists (
    select from organisation_member join organisation on organisation.id = organisation_member.organisation
    where organisation.id = for_organisation and state = 'active'
      and person = current_person() and until is null and role in ('owner', 'signatory'))) then
    return null;
  end if;
  update mandate
    set taken_at = at, token_hash = null, token_expires_at = null, taker_organisation = for_organisation,
        taker = case when for_organisation is null then current_person() end
    where token_hash = hash and token_expires_at > at and taken_at is null and ended_at is null and valid_until >= today
      and giver <> current_person()
    returning id into taken;
  return taken;
end $$;

-- The person of this transaction says no to the offer. Answers with the mandate.
create function decline_mandate(hash text, at timestamptz, today date) returns uuid
  language plpgsql security definer set search_path = public as $$
declare
  declined uuid;
begin
  update mandate set ended_at = at, ended_by = current_person(), token_hash = null, token_expires_at = null
    where token_hash = hash and token_expires_at > at and taken_at is null and ended_at is null and valid_until >= today
      and giver <> current_person()
    returning id into declined;
  return declined;
end $$;

-- Mandates that somebody has given and taken, with the other's name: names are private, and these two know each other's.
-- `role`: the person's own in the organisation that has taken it.
create function my_mandates() returns table (
    id uuid, kind text, vouched_by text, giver uuid, giver_name text, taker uuid, taker_organisation uuid, taker_name text,
    role text, offered_to text, matters text[], valid_from date, valid_until date, created_at timestamptz,
    taken_at timestamptz, ended_at timestamptz, ended_by uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select mandate.id, mandate.kind, vouched_by, giver, trim(giving.given_name || ' ' || giving.family_name), taker,
      taker_organisation, coalesce(organisation.name, trim(taking.given_name || ' ' || taking.family_name)),
      organisation_member.role, offered_to, matters, valid_from, valid_until, mandate.created_at, taken_at,
      mandate.ended_at, ended_by
    from mandate
      join person as giving on giving.id = giver
      left join person as taking on taking.id = taker
      left join organisation on organisation.id = taker_organisation
      left join organisation_member on organisation_member.organisation = taker_organisation
        and organisation_member.person = current_person() and until is null
    where giver = current_person() or taker = current_person() or taker_organisation in (select my_organisations())
    order by mandate.created_at desc, mandate.id
    limit 500;
  end;

-- Where the two sides of a mandate are told what happens to it; for the one of them, or who has ended it.
create function sides_of_mandate(of_mandate uuid) returns table (
    giver uuid, giver_name text, giver_mail text, giver_language text,
    taker uuid, taker_name text, taker_mail text, taker_language text, matters text[], valid_from date, valid_until date)
  language sql stable security definer set search_path = public
  begin atomic
    select giver, trim(giving.given_name || ' ' || giving.family_name), giving.mail, giving.language,
      taker, coalesce(organisation.name, nullif(trim(taking.given_name || ' ' || taking.family_name), ''), offered_to),
      coalesce(taking.mail, organisation.contact_mail, offered_mail), coalesce(taking.language, offered_language),
      matters, valid_from, valid_until
    from mandate
      join person as giving on giving.id = giver
      left join person as taking on taking.id = taker
      left join organisation on organisation.id = taker_organisation
    where mandate.id = of_mandate and (giver = current_person() or taker = current_person() or ended_by = current_person()
      or taker_organisation in (select my_organisations()));
  end;

-- A visit to Suomi.fi e-Authorizations on its way: what it needs on the way back stands in `sealed`, codes of others among it.
create table authorization_visit (
  id uuid primary key,
  -- Null once the browser has come back with it.
  state_hash text unique,
  person uuid not null references person,
  sealed text not null,
  expires_at timestamptz not null
);
create index authorization_visit_person on authorization_visit (person);
create index authorization_visit_end on authorization_visit (expires_at);
alter table authorization_visit enable row level security;
create policy oneself on authorization_visit using (person = current_person()) with check (person = current_person());

-- Removes what has run out, and addresses that nobody writes to any more.
create function sweep_mandates(now timestamptz, today date) returns void
  language sql security definer set search_path = public
  begin atomic
    delete from authorization_visit where expires_at < now;
    update mandate set offered_mail = null where offered_mail is not null and (ended_at < now or valid_until < today);
  end;

-- A person by an identity of theirs, for an advisor of the transaction's city who has them at the desk or on the phone.
create function find_customer(of_kind text, fingerprints text[])
  returns table (id uuid, given text, family text, mail text, language text)
  language sql stable security definer set search_path = public
  begin atomic
    select person.id, given_name, family_name, person.mail, person.language
    from person_identity join person on person.id = person_identity.person
    where kind = of_kind and kind in ('strong', 'mail') and fingerprint = any (fingerprints) and erased_at is null
      and exists (select from staff_role where city = current_setting('avoin.city', true)
        and staff_role.person = current_person() and role = 'advisor')
    limit 1;
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
          and today between valid_from and valid_until and giving.erased_at is null
          and (taker = found.person or (taker_organisation = found.acting_organisation and exists (
            select from organisation_member join organisation on organisation.id = organisation_member.organisation
            where organisation.id = taker_organisation and state = 'active'
              and organisation_member.person = found.person and until is null)))),
      'helped', (
        select jsonb_build_object('person', helped.id, 'reason', found.helped_reason,
          'name', trim(helped.given_name || ' ' || helped.family_name))
        from person as helped where helped.id = found.helped_person and helped.erased_at is null))
    from person where person.id = found.person and erased_at is null);
end $$;

grant select, insert on mandate to avoin_app;
-- Nobody changes to whom, for what and until when.
grant update (token_hash, token_expires_at, ended_at, ended_by) on mandate to avoin_app;
grant select, insert, update, delete on authorization_visit to avoin_app;
grant update (acting_mandate, helped_person, helped_reason) on session to avoin_app;
grant execute on function find_mandate_offer, take_mandate, decline_mandate, my_mandates, sides_of_mandate, sweep_mandates,
  find_customer to avoin_app;
