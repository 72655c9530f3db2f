-- People who have signed in. One person deals with several cities, so they belong to none; each sees their own rows only.
create table person (
  id uuid primary key,
  given_name text not null,
  family_name text not null,
  -- Where they want mail, once they have confirmed it.
  mail text,
  language text not null check (language in ('fi', 'sv', 'en')),
  created_at timestamptz not null,
  -- What others may go on referring to; names and mail are gone.
  erased_at timestamptz
);
alter table person enable row level security;
create policy oneself on person using (id = current_person()) with check (id = current_person());

-- By what somebody is known again: a national identity code, a subject of a city's directory, or a mail address. Only its keyed
-- hash is compared; the code itself is sealed (core/seal.ts).
create table person_identity (
  kind text not null check (kind in ('strong', 'staff', 'mail')),
  fingerprint text not null,
  person uuid not null references person,
  sealed text,
  added_at timestamptz not null,
  primary key (kind, fingerprint)
);
create index person_identity_person on person_identity (person);
alter table person_identity enable row level security;
create policy oneself on person_identity using (person = current_person()) with check (person = current_person());

-- The one question that comes before anybody is known: whose identity is it? At most one person's, also by hashes of older keys.
create function find_person(of_kind text, fingerprints text[]) returns uuid
  language sql stable security definer set search_path = public
  begin atomic
    select person from person_identity where kind = of_kind and fingerprint = any (fingerprints) limit 1;
  end;

-- Roles of staff in a city. `source`: what the city's directory said at the last sign-in, or what an administrator gave here.
create table staff_role (
  city text not null references city,
  person uuid not null references person,
  role text not null,
  -- The unit or category that it is limited to; '' = the whole city.
  scope text not null default '',
  source text not null check (source in ('directory', 'grant')),
  since timestamptz not null,
  primary key (city, person, role, scope, source)
);
create index staff_role_person on staff_role (person);
alter table staff_role enable row level security;
create policy own_city on staff_role
  using (city = current_setting('avoin.city', true)) with check (city = current_setting('avoin.city', true));
create policy oneself on staff_role for select using (person = current_person());

-- One row for each browser that somebody is signed in with. The cookie holds a secret of which only the hash is here.
create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  person uuid not null references person,
  -- How they signed in: 'mail', or an identity provider and what it calls the session and the person (hashed, for its logouts).
  provider text not null,
  kind text not null check (kind in ('mail', 'strong', 'staff')),
  provider_session text,
  provider_subject text,
  -- The city whose directory vouched: a session has the rights of one city's staff at most.
  staff_city text references city,
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  idle interval not null,
  ends_at timestamptz not null,
  check ((kind = 'staff') = (staff_city is not null))
);
create index session_person on session (person, seen_at desc);
create index session_provider on session (provider, provider_session);
create index session_subject on session (provider, provider_subject);
create index session_end on session (ends_at);
alter table session enable row level security;
create policy oneself on session using (person = current_person()) with check (person = current_person());

-- Who asks, and with which rights, in one question; null when the session has ended. Notes once a minute that it is in use.
create function find_session(hash bytea, at timestamptz) returns jsonb
  language plpgsql security definer set search_path = public as $$
declare
  found session;
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
        from staff_role where staff_role.person = found.person and city = found.staff_city), '[]'))
    from person where person.id = found.person and erased_at is null);
end $$;

-- A provider says that somebody has signed out there: their sessions here end too. Answers with how many did.
create function end_sessions_of_provider(of_provider text, of_session text, of_subject text) returns int
  language sql security definer set search_path = public
  begin atomic
    with ended as (
      delete from session
      where provider = of_provider
        and ((of_session is not null and provider_session = of_session)
          or (of_session is null and of_subject is not null and provider_subject = of_subject))
      returning 1)
    select count(*)::int from ended;
  end;

-- Ends the session of a cookie, whoever it is.
create function end_session(hash bytea) returns void
  language sql security definer set search_path = public
  begin atomic
    delete from session where token_hash = hash;
  end;

-- What waits for a browser to come back from somewhere: only who knows its secret sees the rows.
create function current_browser() returns text
  language sql stable
  return nullif(current_setting('avoin.browser', true), '');

-- One sign-in on its way to an identity provider and back. Taken once.
create table sign_in (
  state_hash text primary key,
  browser text not null,
  provider text not null,
  nonce text not null,
  verifier text not null,
  language text not null check (language in ('fi', 'sv', 'en')),
  return_to text not null,
  expires_at timestamptz not null
);
create index sign_in_end on sign_in (expires_at);
alter table sign_in enable row level security;
create policy own_browser on sign_in using (browser = current_browser()) with check (browser = current_browser());

-- A link sent by mail. Taken once, in the browser that asked.
create table mail_link (
  token_hash text primary key,
  browser text not null,
  -- What it is for: signing in, or confirming an address of a person who is signed in.
  person uuid references person,
  address text not null,
  language text not null check (language in ('fi', 'sv', 'en')),
  return_to text not null,
  expires_at timestamptz not null
);
create index mail_link_end on mail_link (expires_at);
create index mail_link_person on mail_link (person);
alter table mail_link enable row level security;
create policy own_browser on mail_link using (browser = current_browser()) with check (browser = current_browser());

-- What somebody typed before they had to sign in.
create table parked_form (
  id uuid primary key,
  browser text not null,
  path text not null,
  form_values jsonb not null,
  expires_at timestamptz not null
);
create index parked_form_end on parked_form (expires_at);
alter table parked_form enable row level security;
create policy own_browser on parked_form using (browser = current_browser()) with check (browser = current_browser());

-- Tries that are limited by address and by network, whichever process they came to. `key`: a keyed hash of what is limited.
create table attempt (
  key text not null,
  at timestamptz not null,
  id uuid not null,
  primary key (key, at, id)
);
create index attempt_time on attempt (at);

-- Removes what has run out.
create function sweep_accounts(now timestamptz) returns void
  language sql security definer set search_path = public
  begin atomic
    delete from session where ends_at < now or seen_at + idle < now;
    delete from sign_in where expires_at < now;
    delete from mail_link where expires_at < now;
    delete from parked_form where expires_at < now;
    delete from attempt where at < now - interval '1 day';
  end;

grant select, insert, update on person, person_identity to avoin_app;
grant delete on person_identity to avoin_app;
grant select, insert, delete on staff_role to avoin_app;
grant select, insert, delete on session, sign_in, mail_link, parked_form to avoin_app;
grant select, insert on attempt to avoin_app;
grant execute on function find_person, find_session, end_sessions_of_provider, end_session, sweep_accounts, current_browser,
  current_person to avoin_app;
