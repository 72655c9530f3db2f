-- In whose name a session acts is asked again at each request: by a mandate, only who has identified themself strongly; helping
-- somebody, only who is an advisor still.
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
        where mandate.id = found.acting_mandate and found.kind = 'strong' and taken_at is not null and mandate.ended_at is null
          and today between valid_from and valid_until and giving.erased_at is null
          and (taker = found.person or (taker_organisation = found.acting_organisation and exists (
            select from organisation_member join organisation on organisation.id = organisation_member.organisation
            where organisation.id = taker_organisation and state = 'active'
              and organisation_member.person = found.person and until is null)))),
      'helped', (
        select jsonb_build_object('person', helped.id, 'reason', found.helped_reason,
          'name', trim(helped.given_name || ' ' || helped.family_name))
        from person as helped where helped.id = found.helped_person and helped.erased_at is null
          and exists (select from staff_role where city = found.staff_city and staff_role.person = found.person
            and role = 'advisor' and scope = '')))
    from person where person.id = found.person and erased_at is null);
end $$;
