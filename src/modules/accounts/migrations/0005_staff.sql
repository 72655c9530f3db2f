-- An administrator invites somebody to work here by their address: the role is theirs when they sign in by the city's directory.
create table staff_invitation (
  city text not null references city,
  id uuid not null,
  -- As the directory will tell it, in small letters.
  address text not null,
  role text not null,
  scope text not null default '',
  invited_by uuid not null references person,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (city, id)
);
create unique index staff_invitation_once on staff_invitation (city, address, role, scope);
create index staff_invitation_by on staff_invitation (invited_by);
alter table staff_invitation enable row level security;
create policy own_city on staff_invitation
  using (city = current_setting('avoin.city', true)) with check (city = current_setting('avoin.city', true));

-- The staff of the transaction's city with their names, for its administrators. Names of others stay private.
create function staff_of_city() returns table (
    person uuid, given text, family text, mail text, role text, scope text, source text, since timestamptz)
  language sql stable security definer set search_path = public
  begin atomic
    select person.id, given_name, family_name, mail, role, scope, source, since
    from staff_role join person on person.id = staff_role.person
    where city = current_setting('avoin.city', true)
    order by family_name, given_name, person.id, role, scope, source
    limit 2000;
  end;

-- Ends the sessions that somebody has as staff of the transaction's city.
create function end_staff_sessions(of_person uuid) returns int
  language sql security definer set search_path = public
  begin atomic
    with ended as (
      delete from session where person = of_person and staff_city = current_setting('avoin.city', true) returning 1)
    select count(*)::int from ended;
  end;

grant select, insert, delete on staff_invitation to avoin_app;
grant update on staff_role to avoin_app;
grant execute on function staff_of_city, end_staff_sessions to avoin_app;
