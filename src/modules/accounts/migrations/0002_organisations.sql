-- Companies, associations, schools, research groups, groups of people. Public, and of no single city: they act in several.
create table organisation (
  id uuid primary key,
  -- Y-tunnus; an informal group has none.
  business_id text unique check (business_id ~ '^\d{7}-\d$'),
  name text not null,
  kind text not null check (kind in ('company', 'association', 'school', 'research', 'publicBody', 'group')),
  -- Who has looked that it is what it says: nobody yet, the company register, or a city.
  checked_by text not null check (checked_by in ('nobody', 'register', 'city')),
  contact_mail text,
  website text,
  -- {fi, sv, en} and the language it was written in.
  presentation jsonb not null default '{}',
  presentation_language text not null check (presentation_language in ('fi', 'sv', 'en')),
  languages text[] not null default '{}',
  interests text[] not null default '{}',
  state text not null check (state in ('active', 'merged', 'ended')),
  merged_into uuid references organisation,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'merged') = (merged_into is not null)),
  check (kind <> 'group' or business_id is null)
);
-- In the order of characters' codes, so that the beginning of a name is a range of the index, whatever the server's locale.
create index organisation_name on organisation ((lower(name)) collate "C", id) where state = 'active';
create index organisation_merged on organisation (merged_into);

-- Who takes part in its name. One row for each time somebody was a member: the history stays.
create table organisation_member (
  id uuid primary key,
  organisation uuid not null references organisation,
  person uuid not null references person,
  role text not null check (role in ('owner', 'signatory', 'member')),
  since timestamptz not null,
  until timestamptz
);
create unique index organisation_member_now on organisation_member (organisation, person) where until is null;
create index organisation_member_person on organisation_member (person, organisation);

-- What the person of this transaction is a member of; outside the policies, which ask it.
create function my_organisations() returns setof uuid
  language sql stable security definer set search_path = public
  begin atomic
    select organisation from organisation_member where person = current_person() and until is null;
  end;

alter table organisation_member enable row level security;
create policy own_organisations on organisation_member
  using (person = current_person() or organisation in (select my_organisations()))
  with check (person = current_person() or organisation in (select my_organisations()));

-- Members with their names, for each other. `is_strong`: known by strong identification, as owners and signatories must be.
create function members_of(of_organisation uuid)
  returns table (id uuid, person uuid, given text, family text, role text, since timestamptz, is_strong boolean)
  language sql stable security definer set search_path = public
  begin atomic
    select organisation_member.id, person.id, given_name, family_name, role, since,
      exists (select from person_identity where person_identity.person = organisation_member.person and kind = 'strong')
    from organisation_member join person on person.id = organisation_member.person
    where organisation = of_organisation and until is null and of_organisation in (select my_organisations())
    order by array_position(array['owner', 'signatory', 'member'], role), since, organisation_member.id
    limit 1000;
  end;

-- An invitation by mail; whoever opens the link, signs in and takes it becomes a member.
create table organisation_invitation (
  id uuid primary key,
  token_hash text not null unique,
  organisation uuid not null references organisation,
  address text not null,
  role text not null check (role in ('owner', 'signatory', 'member')),
  invited_by uuid not null references person,
  language text not null check (language in ('fi', 'sv', 'en')),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index organisation_invitation_of on organisation_invitation (organisation, created_at);
create index organisation_invitation_by on organisation_invitation (invited_by);
alter table organisation_invitation enable row level security;
create policy own_organisations on organisation_invitation
  using (organisation in (select my_organisations())) with check (organisation in (select my_organisations()));

-- The invitation of a link, for who holds it, with who invites; null when it has run out. It holds only as long as who invited is an
-- owner: whom the others put out leaves no door open.
create function find_invitation(hash text, at timestamptz)
  returns table (id uuid, organisation uuid, name text, role text, given text, family text)
  language sql stable security definer set search_path = public
  begin atomic
    select organisation_invitation.id, organisation.id, organisation.name, organisation_invitation.role, given_name, family_name
    from organisation_invitation
      join organisation on organisation.id = organisation_invitation.organisation
      join organisation_member as inviting on inviting.organisation = organisation.id and inviting.person = invited_by
      join person on person.id = invited_by
    where token_hash = hash and expires_at > at and state = 'active' and inviting.until is null and inviting.role = 'owner';
  end;

-- Makes the person of this transaction a member by an invitation, once. True when it did. Who is a member already gets the role if
-- it is more than they have: a link never takes anything away. The organisation is locked first, as by whatever ends it.
create function take_invitation(hash text, at timestamptz, new_id uuid) returns boolean
  language plpgsql security definer set search_path = public as $$
declare
  offered record;
  ranks constant text[] := array['owner', 'signatory', 'member'];
begin
  select * into offered from find_invitation(hash, at);
  if current_person() is null or offered.id is null then
    return false;
  end if;
  perform from organisation where organisation.id = offered.organisation for share;
  -- Asked again: meanwhile the organisation may have ended, and who invited may be no owner any more.
  select * into offered from find_invitation(hash, at);
  delete from organisation_invitation where organisation_invitation.id = offered.id;
  if not found then
    return false;
  end if;
  insert into organisation_member (id, organisation, person, role, since)
    values (new_id, offered.organisation, current_person(), offered.role, at)
    on conflict (organisation, person) where until is null do update set role = excluded.role
      where array_position(ranks, excluded.role) < array_position(ranks, organisation_member.role);
  return true;
end $$;

-- Somebody says that an organisation which is known already is theirs; a city looks at it.
create table organisation_claim (
  city text not null references city,
  id uuid not null,
  organisation uuid not null references organisation,
  person uuid not null references person,
  -- What they say to show it, in their own words.
  grounds text not null,
  created_at timestamptz not null,
  state text not null check (state in ('open', 'approved', 'refused')),
  decided_at timestamptz,
  decided_by uuid references person,
  answer text,
  primary key (city, id)
);
create unique index organisation_claim_open on organisation_claim (organisation, person) where state = 'open';
create index organisation_claim_city on organisation_claim (city, state, created_at);
create index organisation_claim_person on organisation_claim (person);
create index organisation_claim_decided_by on organisation_claim (decided_by);
alter table organisation_claim enable row level security;
create policy own_city on organisation_claim
  using (city = current_setting('avoin.city', true)) with check (city = current_setting('avoin.city', true));
create policy oneself on organisation_claim for select using (person = current_person());
create policy claiming on organisation_claim for insert with check (person = current_person() and state = 'open');

-- Makes the claimant an owner, for a city that has looked at the claim. Only a claim that this city has approved counts.
create function make_owner_by_claim(of_city text, claim uuid, at timestamptz, new_id uuid) returns void
  language sql security definer set search_path = public
  begin atomic
    insert into organisation_member (id, organisation, person, role, since)
      select new_id, organisation, person, 'owner', at from organisation_claim
      where city = of_city and id = claim and state = 'approved' and city = current_setting('avoin.city', true)
        and organisation in (select organisation.id from organisation where organisation.state = 'active')
      on conflict (organisation, person) where until is null do update set role = 'owner';
  end;

-- Where members are told what happens to their organisation: for themselves, for who claims it, and for a city's desk.
create function members_to_tell(of_organisation uuid, of_roles text[])
  returns table (person uuid, mail text, language text)
  language sql stable security definer set search_path = public
  begin atomic
    select person.id, person.mail, person.language
    from organisation_member join person on person.id = organisation_member.person
    where organisation = of_organisation and until is null and role = any (of_roles) and mail is not null and erased_at is null
      and (of_organisation in (select my_organisations())
        or current_setting('avoin.city', true) in (select code from city where code <> 'joint')
        or exists (
          select from organisation_claim
          where organisation_claim.organisation = of_organisation and organisation_claim.person = current_person() and state = 'open'))
    order by organisation_member.id
    limit 1000;
  end;

-- Nobody acts in the name of what has ended or was merged: its memberships and invitations end too. Only of such an organisation,
-- whoever asks.
create function end_memberships(of_organisation uuid, at timestamptz) returns void
  language sql security definer set search_path = public
  begin atomic
    delete from organisation_invitation
      where organisation in (select id from organisation where id = of_organisation and state <> 'active');
    update organisation_member set until = at
      where until is null and organisation in (select id from organisation where id = of_organisation and state <> 'active');
  end;

-- As whom somebody acts in this session.
alter table session add column acting_organisation uuid references organisation;
create index session_acting_organisation on session (acting_organisation);

grant select, insert, update on organisation, organisation_member, organisation_claim to avoin_app;
grant select, insert, delete on organisation_invitation to avoin_app;
grant update (acting_organisation) on session to avoin_app;
grant execute on function my_organisations, members_of, find_invitation, take_invitation, make_owner_by_claim,
  members_to_tell, end_memberships to avoin_app;
