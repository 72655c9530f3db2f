-- A telephone number as its owner gave it: not confirmed. And the kinds of mail that they do not want, of those one may refuse.
alter table person
  add column phone text,
  add column unwanted_mail text[] not null default '{}' check (cardinality(unwanted_mail) <= 100);

-- One person asks once to be erased. From then on nobody comes in as them; each source of data is erased by itself.
create table erasure (
  person uuid primary key references person,
  asked_at timestamptz not null,
  -- Who has the link sees the receipt.
  receipt_hash text not null unique,
  -- Where the receipt goes by mail; gone when everything is told.
  mail text,
  language text not null check (language in ('fi', 'sv', 'en')),
  -- When the first receipt was sent: each source had been tried.
  told_at timestamptz,
  finished_at timestamptz
);
create index erasure_asked on erasure (asked_at);
alter table erasure enable row level security;
create policy oneself on erasure using (person = current_person()) with check (person = current_person());

-- What of it is done. `result`: how many rows are erased, and what stays, why and until when.
create table erasure_part (
  person uuid not null references erasure,
  source text not null,
  state text not null check (state in ('waiting', 'failed', 'erased')),
  changed_at timestamptz not null,
  result jsonb,
  primary key (person, source),
  check ((state = 'erased') = (result is not null))
);
create index erasure_part_open on erasure_part (changed_at) where state <> 'erased';
alter table erasure_part enable row level security;
create policy oneself on erasure_part using (person = current_person()) with check (person = current_person());

-- The receipt of a link, for who holds it.
create function find_erasure(hash text, since timestamptz) returns jsonb
  language sql stable security definer set search_path = public
  begin atomic
    select jsonb_build_object('askedAt', asked_at, 'parts', (
      select jsonb_agg(jsonb_build_object('source', source, 'state', state, 'result', result) order by source)
      from erasure_part where erasure_part.person = erasure.person))
    from erasure where receipt_hash = hash and asked_at > since;
  end;

-- What is still to be done and has not been tried since a moment, for the job that asks again.
create function overdue_erasures(before timestamptz, most int) returns table (person uuid, source text)
  language sql stable security definer set search_path = public
  begin atomic
    select person, source from erasure_part where state <> 'erased' and changed_at < before order by changed_at limit most;
  end;

-- An erased person stays erased, also when somebody was signing in as them in that very moment: nothing is written to their row any
-- more, and nothing new becomes theirs. The lock makes the two wait for each other.
create function keep_erased() returns trigger language plpgsql as $$
begin
  if old.erased_at is not null then
    raise exception 'an erased person does not change';
  end if;
  return new;
end $$;
create trigger erased_stays before update on person for each row execute function keep_erased();

create function refuse_erased() returns trigger language plpgsql security definer set search_path = public as $$
declare
  erased timestamptz;
begin
  select erased_at into erased from person where id = new.person for key share;
  if erased is not null then
    raise exception 'nothing becomes an erased person''s';
  end if;
  return new;
end $$;
create trigger not_for_erased before insert on person_identity for each row execute function refuse_erased();
create trigger not_for_erased before insert on session for each row execute function refuse_erased();
create trigger not_for_erased before insert on staff_role for each row execute function refuse_erased();
create trigger not_for_erased before insert on organisation_member for each row execute function refuse_erased();
create trigger not_for_erased before insert on api_key for each row execute function refuse_erased();

-- Organisations that would be without an owner if the person of this transaction went. Owners who are being erased do not count.
create function sole_ownerships() returns table (id uuid, name text)
  language sql stable security definer set search_path = public
  begin atomic
    select organisation.id, organisation.name
    from organisation_member as mine join organisation on organisation.id = mine.organisation
    where mine.person = current_person() and mine.until is null and mine.role = 'owner' and organisation.state = 'active'
      and not exists (
        select from organisation_member as other join person on person.id = other.person
        where other.organisation = mine.organisation and other.person <> mine.person and other.role = 'owner'
          and other.until is null and person.erased_at is null)
    order by organisation.name, organisation.id
    limit 100;
  end;

-- The address of the person of this transaction; of somebody who is being erased, the one that the receipt goes to.
create function address_of_person() returns text
  language sql stable security definer set search_path = public
  begin atomic
    select coalesce(person.mail, erasure.mail)
    from person left join erasure on erasure.person = person.id where person.id = current_person();
  end;

-- Mails that wait to be sent to that address, in whichever city's name.
create index mail_recipient on mail (lower(recipient), created_at desc);
create function my_mail(most int, skip int)
  returns table (city text, recipient text, subject text, created_at timestamptz, useful_until timestamptz)
  language sql stable security definer set search_path = public
  begin atomic
    select city, recipient, subject, created_at, useful_until
    from mail where lower(recipient) = lower(address_of_person())
    order by created_at desc, id limit most offset skip;
  end;

-- Removes those mails, but not what came after the wish to be erased: the receipt. And links that wait to confirm an address.
create function erase_my_mail() returns int
  language sql security definer set search_path = public
  begin atomic
    delete from mail_link where person = current_person();
    with erased as (
      delete from mail
      where lower(recipient) = lower(address_of_person())
        and created_at < coalesce((select asked_at from erasure where person = current_person()), 'infinity')
      returning 1)
    select count(*)::int from erased;
  end;

-- Invitations that wait: by the person, and to their address, of organisations and of cities.
create index organisation_invitation_address on organisation_invitation (lower(address));
create index staff_invitation_address on staff_invitation (address);
create function my_invitations(most int, skip int) returns table (
    kind text, organisation_name text, city text, address text, role text, created_at timestamptz, expires_at timestamptz)
  language sql stable security definer set search_path = public
  begin atomic
    select * from (
      select 'byMe' as kind, organisation.name as organisation_name, null::text as city, address, role,
        organisation_invitation.created_at, expires_at
      from organisation_invitation join organisation on organisation.id = organisation
      where invited_by = current_person()
      union all
      select 'toMe', organisation.name, null, address, role, organisation_invitation.created_at, expires_at
      from organisation_invitation join organisation on organisation.id = organisation
      where lower(address) = lower(address_of_person()) and invited_by <> current_person()
      union all
      select 'byMe', null, city, address, role, created_at, expires_at from staff_invitation where invited_by = current_person()
      union all
      select 'toMe', null, city, address, role, created_at, expires_at from staff_invitation
      where address = lower(address_of_person()) and invited_by <> current_person()) as all_of_them
    order by created_at desc, address, role limit most offset skip;
  end;

-- Those of organisations by the person, and all to their address. What they invited for a city waits on: it is the city's.
create function erase_my_invitations() returns int
  language sql security definer set search_path = public
  begin atomic
    with of_organisations as (
      delete from organisation_invitation
      where invited_by = current_person() or lower(address) = lower(address_of_person()) returning 1),
    of_cities as (
      delete from staff_invitation
      where address = lower(address_of_person()) and invited_by <> current_person() returning 1)
    select (select count(*) from of_organisations)::int + (select count(*) from of_cities)::int;
  end;

-- Claims of the person that nobody has decided yet.
create function erase_my_claims() returns int
  language sql security definer set search_path = public
  begin atomic
    with erased as (delete from organisation_claim where person = current_person() and state = 'open' returning 1)
    select count(*)::int from erased;
  end;

-- Mandates that the person has given or taken for themself, with the other's name: these two know each other's.
create function my_own_mandates(most int, skip int) returns table (
    direction text, other text, matters text[], valid_from date, valid_until date, created_at timestamptz,
    taken_at timestamptz, ended_at timestamptz)
  language sql stable security definer set search_path = public
  begin atomic
    select case when giver = current_person() then 'given' else 'taken' end,
      case when giver = current_person()
        then coalesce(organisation.name, nullif(trim(taking.given_name || ' ' || taking.family_name), ''), offered_to)
        else trim(giving.given_name || ' ' || giving.family_name) end,
      matters, valid_from, valid_until, mandate.created_at, taken_at, mandate.ended_at
    from mandate
      join person as giving on giving.id = giver
      left join person as taking on taking.id = taker
      left join organisation on organisation.id = taker_organisation
    where giver = current_person() or taker = current_person()
    order by mandate.created_at desc, mandate.id limit most offset skip;
  end;

-- Ends them and forgets how the person called the others. Answers with whom to tell: the other party of each that was in force.
create function end_my_mandates(at timestamptz) returns table (mail text, language text)
  language plpgsql security definer set search_path = public as $$
begin
  update mandate set offered_to = '', offered_mail = null
    where giver = current_person() and (offered_to <> '' or offered_mail is not null);
  update mandate set offered_mail = null where taker = current_person() and offered_mail is not null;
  delete from authorization_visit where person = current_person();
  return query
    with ended as (
      update mandate set ended_at = at, ended_by = current_person(), token_hash = null, token_expires_at = null
      where (giver = current_person() or taker = current_person()) and mandate.ended_at is null
      returning giver, taker, taken_at, valid_until)
    select distinct person.mail, person.language
    from ended join person on person.id = case when giver = current_person() then taker else giver end
    where taken_at is not null and valid_until >= (at at time zone 'Europe/Helsinki')::date and person.mail is not null;
end $$;

-- What is recorded about the person of this transaction, newest first, with the names that they know: of those whom they have
-- given a mandate, and of organisations, which are public.
create function seen_of_me(after_id uuid, most int) returns table (
    id uuid, at timestamptz, city text, actor text, action text, subject_kind text, is_own boolean, organisation_name text,
    taker_name text, unit text, reason text)
  language sql stable security definer set search_path = public
  begin atomic
    select audit.id, audit.at, audit.city, actor, action, subject_kind, coalesce(audit.person = current_person(), false),
      organisation.name,
      case when on_behalf_of = current_person() and actor <> 'staff'
        then nullif(trim(taking.given_name || ' ' || taking.family_name), '') end,
      unit, reason
    from audit
      left join organisation on organisation.id = audit.organisation
      left join person as taking on taking.id = audit.person
    where about = current_person()
      and (after_id is null
        or (audit.at, audit.id) < (select last.at, last.id from audit as last
                                   where last.about = current_person() and last.id = after_id limit 1))
    order by audit.at desc, audit.id desc limit most;
  end;

-- What is kept for a time only: five years of what is recorded about people, and of erasures that are done.
create function sweep_records(now timestamptz) returns void
  language sql security definer set search_path = public
  begin atomic
    delete from audit using city where audit.city = city.code and at < now - interval '5 years';
    delete from erasure_part using erasure
      where erasure.person = erasure_part.person and finished_at is not null and asked_at < now - interval '5 years';
    delete from erasure where finished_at is not null and asked_at < now - interval '5 years';
  end;

grant select, insert, update on erasure, erasure_part to avoin_app;
-- What the person called a key goes with them.
grant update (name) on api_key to avoin_app;
grant execute on function find_erasure, overdue_erasures, sole_ownerships, address_of_person, my_mail, erase_my_mail,
  my_invitations, erase_my_invitations, erase_my_claims, my_own_mandates, end_my_mandates, seen_of_me, sweep_records to avoin_app;
