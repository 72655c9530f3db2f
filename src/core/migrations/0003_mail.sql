-- Mail on its way out, kept until it is sent (core/mail.ts). Private to the city in whose name it goes.
create table mail (
  city text not null references city,
  id uuid not null,
  recipient text not null,
  subject text not null,
  body text not null,
  language text not null check (language in ('fi', 'sv', 'en')),
  created_at timestamptz not null,
  -- What would come too late is not sent: a link that has run out, a digest of last week.
  useful_until timestamptz not null,
  primary key (city, id)
);
create index mail_newest on mail (city, created_at desc);
alter table mail enable row level security;
create policy own_city on mail
  using (city = current_setting('avoin.city', true)) with check (city = current_setting('avoin.city', true));

grant select, insert, delete on mail to avoin_app;
