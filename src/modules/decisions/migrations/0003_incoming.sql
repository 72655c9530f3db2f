-- Documents that wait for the worker to load them, with a job that was added in the same transaction (decisions/queue.ts).
-- Private to who handed them in: a city, or 'joint'. A row goes when its document is stored, or in the unread pile.
create table incoming_document (
  city text not null references city,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null,
  source_name text not null,
  received_at timestamptz not null,
  primary key (city, sha256)
);
alter table incoming_document alter column bytes set storage external;
create index incoming_document_oldest on incoming_document (city, received_at, sha256);
alter table incoming_document enable row level security;
create policy own_city on incoming_document
  using (city = current_setting('avoin.city', true)) with check (city = current_setting('avoin.city', true));

grant select, insert, delete on incoming_document to avoin_app;
