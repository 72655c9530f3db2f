-- Function classes of records (tehtäväluokka): the cities share one scheme, each with its own additions.
create table function_class (
  city text not null references city,
  code text not null check (code ~ '^\d{2}( \d{2}){0,3}$'),
  title text not null,
  primary key (city, code)
);

-- Who decides: a body or an office holder. `slug` stands in addresses and filters.
create table decision_maker (
  city text not null references city,
  slug text not null check (slug ~ '^[a-z0-9-]{1,120}$'),
  name text not null,
  kind text not null check (kind in ('body', 'officeHolder')),
  primary key (city, slug)
);

-- What a record number names. `key` is the one form of all its spellings; `slug` stands in addresses.
create table matter (
  city text not null references city,
  key text not null,
  id uuid not null,
  slug text not null,
  written text not null,
  title text not null,
  class_code text,
  primary key (city, key),
  unique (city, slug),
  unique (city, id)
);
create index matter_key on matter (key);

-- Original bytes as they came, named by their SHA-256.
create table document (
  city text not null references city,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null,
  media_type text not null,
  received_at timestamptz not null,
  primary key (city, sha256)
);
alter table document alter column bytes set storage external;

-- One decision: a section of a meeting or of an office holder. Columns are those of its newest version, for lists.
create table decision (
  city text not null references city,
  id uuid not null,
  -- What makes two documents the same decision (decisions/identity.ts).
  identity text not null,
  -- Readable address: HEL-2015-004216-29.
  ref text not null,
  version int not null check (version >= 1),
  language text not null check (language in ('fi', 'sv', 'en')),
  stage text not null check (stage in ('decided', 'proposed')),
  title text not null,
  section text,
  maker text,
  matter_key text,
  class_code text,
  day date,
  -- Year for lists and counts: of the day, else of the record number.
  year int,
  -- A few sentences of the decision itself, for lists.
  excerpt text not null,
  search_text tsvector not null,
  first_published_at timestamptz not null,
  published_at timestamptz not null,
  primary key (city, id),
  unique (city, identity),
  foreign key (city, maker) references decision_maker,
  foreign key (city, matter_key) references matter
);
create unique index decision_ref on decision (lower(ref));
-- Lists: newest first, whole or within one filter. Undated ones come last.
create index decision_newest on decision (coalesce(day, '0001-01-01') desc, id desc);
create index decision_city_newest on decision (city, coalesce(day, '0001-01-01') desc, id desc);
create index decision_maker_newest on decision (city, maker, coalesce(day, '0001-01-01') desc, id desc);
create index decision_class_newest on decision (city, class_code text_pattern_ops, coalesce(day, '0001-01-01') desc, id desc);
create index decision_year_newest on decision (city, year, coalesce(day, '0001-01-01') desc, id desc);
create index decision_matter on decision (city, matter_key);
create index decision_search on decision using gin (search_text);

-- Every version with what was read from it. Never changed, never removed.
create table decision_version (
  city text not null references city,
  decision_id uuid not null,
  version int not null check (version >= 1),
  sha256 text not null,
  reading jsonb not null,
  published_at timestamptz not null,
  primary key (city, decision_id, version),
  foreign key (city, decision_id) references decision on delete cascade,
  foreign key (city, sha256) references document
);
create index decision_version_document on decision_version (city, sha256);

-- Other documents that say the same as a version: the same decision, other bytes.
create table decision_copy (
  city text not null references city,
  sha256 text not null,
  decision_id uuid not null,
  version int not null,
  primary key (city, sha256),
  foreign key (city, decision_id, version) references decision_version on delete cascade,
  foreign key (city, sha256) references document
);
create index decision_copy_version on decision_copy (city, decision_id, version);

-- Other matters that a decision's text mentions.
create table decision_mention (
  city text not null references city,
  decision_id uuid not null,
  matter_key text not null,
  written text not null,
  primary key (city, decision_id, matter_key),
  foreign key (city, decision_id) references decision on delete cascade
);
create index decision_mention_matter on decision_mention (city, matter_key);

-- Documents that could not be read: kept with the reason until a registrar has dealt with them. Private to their city;
-- those whose city is not known belong to 'joint'.
create table unread_document (
  city text not null references city,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null,
  source_name text not null,
  reason_code text not null,
  reason_detail text not null,
  tries int not null default 1,
  received_at timestamptz not null,
  last_tried_at timestamptz not null,
  primary key (city, sha256)
);
create index unread_document_newest on unread_document (city, received_at desc, sha256);
alter table unread_document enable row level security;
create policy own_city on unread_document
  using (city = current_setting('avoin.city', true)) with check (city = current_setting('avoin.city', true));

grant select, insert, update on function_class, decision_maker, matter, decision to avoin_app;
grant select, insert on document, decision_version, decision_copy to avoin_app;
grant select, insert, delete on decision_mention to avoin_app;
grant select, insert, update, delete on unread_document to avoin_app;
