-- An administrator invites somebody to work here by their address: the role is theirs when they sign in by the city's directory.
create table staff_invitation (
  city text not null references city,
  id uuid not null,
  -- As the directory will tell it, in small letters.
  address text not null,
  role text not null,
  scope text not null default '',
  -- Of the mails about it: nobody knows yet who they are.
  language text not null check (language in ('fi', 'sv', 'en')),
  invited_by uuid not null references person,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (city, id)
);
create unique index staff_invitation_once on staff_invitation (city, address, role, scope);
create index staff_invitation_by on staff_invitation (invited_by);
create index staff_invitation_end on staff_invitation (expires_at);
alter table staff_invitation enable row level security;
create policy own_city on staff_invitation
  using (city = current_setting('avoin.city', true)) with check (city = current_setting('avoin.city', true));

-- The staff of the transaction's city with their names, for its administrators: one person, or so many of all by their names. Names
-- of others stay private. Each person has one row for each role.
create function staff_of_city(of_person uuid, skipped int, most int) returns table (
    person uuid, given text, family text, mail text, language text, role text, scope text, source text, since timestamptz)
  language sql stable security definer set search_path = public
  begin atomic
    select found.id, given_name, family_name, found.mail, found.language, role, scope, source, since
    from (
      select person.id, given_name, family_name, person.mail, person.language
      from (
        select distinct staff_role.person from staff_role
        where city = current_setting('avoin.city', true) and (of_person is null or staff_role.person = of_person)) as here
      join person on person.id = here.person
      order by lower(family_name), lower(given_name), person.id
      offset skipped limit most) as found
    join staff_role on city = current_setting('avoin.city', true) and staff_role.person = found.id
    order by lower(family_name), lower(given_name), found.id, role, scope, source;
  end;

-- Who of the staff of the transaction's city has that address, written in small letters.
create function staff_with_mail(address text) returns uuid
  language sql stable security definer set search_path = public
  begin atomic
    select person.id
    from staff_role join person on person.id = staff_role.person
    where city = current_setting('avoin.city', true) and lower(mail) = address
    limit 1;
  end;

-- Ends the sessions that somebody has as staff of the transaction's city.
create function end_staff_sessions(of_person uuid) returns int
  language sql security definer set search_path = public
  begin atomic
    with ended as (
      delete from session where person = of_person and staff_city = current_setting('avoin.city', true) returning 1)
    select count(*)::int from ended;
  end;

-- Removes invitations that have run out, of all cities.
create function sweep_staff_invitations(now timestamptz) returns void
  language sql security definer set search_path = public
  begin atomic
    delete from staff_invitation where expires_at < now;
  end;

grant select, insert, delete on staff_invitation to avoin_app;
grant execute on function staff_of_city, staff_with_mail, end_staff_sessions, sweep_staff_invitations to avoin_app;
