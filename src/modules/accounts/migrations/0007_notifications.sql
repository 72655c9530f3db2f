-- What the service has told somebody of what concerns them: on their own pages, and by mail as they have chosen.
create table notification (
  person uuid not null references person,
  -- Ordered by time (uuidv7).
  id uuid not null,
  -- In whose name: a city's, or all of theirs.
  sender text not null references city,
  -- "accounts.mandates": a kind of mail of the register (core/retention.ts).
  kind text not null,
  -- Each in every language: {fi, sv, en}. `text` goes when somebody whom it names is erased; `path` is where one goes on from it.
  title jsonb not null,
  text jsonb,
  path jsonb,
  -- Other people whose names stand in the text.
  names uuid[] not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (person, id)
);
create index notification_unread on notification (person) where read_at is null;
create index notification_names on notification using gin (names);
create index notification_age on notification (created_at);
create index notification_sender on notification (sender);
alter table notification enable row level security;
create policy oneself on notification using (person = current_person()) with check (person = current_person());

-- Keeps notifications, and answers with whom to write to and in which language: those who have an address and want that kind.
-- Only who is not erased is told anything; the lock keeps those who are told and named from being erased in between.
create function post_notifications(rows jsonb, at timestamptz)
  returns table (id uuid, city text, mail text, language text)
  language plpgsql security definer set search_path = public as $$
begin
  perform from person
    where person.id in (
      select given.person from jsonb_to_recordset(rows) as given (person uuid)
      union
      select unnest(given.names) from jsonb_to_recordset(rows) as given (names uuid[]))
    order by person.id for key share;
  return query
    with posted as (
      insert into notification (person, id, sender, kind, title, text, path, names, created_at)
      select given.person, given.id, current_setting('avoin.city'), given.kind, given.title, given.text, given.path, given.names, at
      from jsonb_to_recordset(rows) as given (person uuid, id uuid, kind text, title jsonb, text jsonb, path jsonb, names uuid[])
        join person on person.id = given.person and erased_at is null
      returning notification.id, notification.person, notification.sender, notification.kind)
    select posted.id, posted.sender, person.mail, person.language
    from posted
      join person on person.id = posted.person
      join jsonb_to_recordset(rows) as given (id uuid, is_must boolean) on given.id = posted.id
    where person.mail is not null and (given.is_must or posted.kind <> all (person.unwanted_mail))
    order by posted.id;
end $$;

-- Texts in which the person of this transaction is named lose them. Answers with how many did.
create function forget_name_in_notifications() returns int
  language sql security definer set search_path = public
  begin atomic
    with forgotten as (
      update notification set text = null where names @> array[current_person()] and text is not null returning 1)
    select count(*)::int from forgotten;
  end;

-- What is kept for a year only.
create function sweep_notifications(before timestamptz) returns void
  language sql security definer set search_path = public
  begin atomic
    delete from notification where created_at < before;
  end;

-- Who is told of a change is a person now, whether they have an address or not. Only for members, who claims the organisation, and a
-- city's desk.
drop function members_to_tell;
create function members_to_tell(of_organisation uuid, of_roles text[]) returns setof uuid
  language sql stable security definer set search_path = public
  begin atomic
    select person.id
    from organisation_member join person on person.id = organisation_member.person
    where organisation = of_organisation and until is null and role = any (of_roles) and erased_at is null
      and (of_organisation in (select my_organisations())
        or current_setting('avoin.city', true) in (select code from city where code <> 'joint')
        or exists (
          select from organisation_claim
          where organisation_claim.organisation = of_organisation and organisation_claim.person = current_person() and state = 'open'))
    order by organisation_member.id
    limit 1000;
  end;

-- `taker_mail`: of an organisation, or of whom an offer is for. A person's own address is not told.
drop function sides_of_mandate;
create function sides_of_mandate(of_mandate uuid) returns table (
    giver uuid, giver_name text, taker uuid, taker_name text, taker_mail text, taker_language text, matters text[],
    valid_from date, valid_until date)
  language sql stable security definer set search_path = public
  begin atomic
    select giver, trim(giving.given_name || ' ' || giving.family_name),
      taker, coalesce(organisation.name, nullif(trim(taking.given_name || ' ' || taking.family_name), ''), offered_to),
      case when taker is null then coalesce(organisation.contact_mail, offered_mail) end,
      coalesce(taking.language, offered_language), matters, valid_from, valid_until
    from mandate
      join person as giving on giving.id = giver
      left join person as taking on taking.id = taker
      left join organisation on organisation.id = taker_organisation
    where mandate.id = of_mandate and (giver = current_person() or taker = current_person() or ended_by = current_person()
      or taker_organisation in (select my_organisations()));
  end;

drop function end_my_mandates;
create function end_my_mandates(at timestamptz) returns table (person uuid)
  language plpgsql security definer set search_path = public as $$
begin
  update mandate set offered_to = '', offered_mail = null
    where giver = current_person() and (offered_to <> '' or offered_mail is not null);
  update mandate set offered_mail = null where taker = current_person() and offered_mail is not null;
  return query
    with ended as (
      update mandate set ended_at = at, ended_by = current_person(), token_hash = null, token_expires_at = null
      where (giver = current_person() or taker = current_person()) and mandate.ended_at is null
      returning giver, taker, taken_at, valid_until)
    select distinct other.id
    from ended join person as other on other.id = case when giver = current_person() then taker else giver end
    where taken_at is not null and valid_until >= (at at time zone 'Europe/Helsinki')::date;
end $$;

-- Who is found at the desk is told by a notification: neither name nor address leaves the database.
drop function find_customer;
create function find_customer(of_kind text, fingerprints text[]) returns uuid
  language sql stable security definer set search_path = public
  begin atomic
    select person.id
    from person_identity join person on person.id = person_identity.person
    where kind = of_kind and kind in ('strong', 'mail') and fingerprint = any (fingerprints) and erased_at is null
      and exists (select from staff_role where city = current_setting('avoin.city', true)
        and staff_role.person = current_person() and role = 'advisor')
    limit 1;
  end;

grant select, delete, update (read_at) on notification to avoin_app;
grant execute on function post_notifications, forget_name_in_notifications, sweep_notifications, members_to_tell, sides_of_mandate,
  end_my_mandates, find_customer to avoin_app;
