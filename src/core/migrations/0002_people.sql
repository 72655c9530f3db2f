-- Whose own rows are visible: policies of personal tables compare with it. Set by withPerson for one transaction.
create function current_person() returns uuid
  language sql stable
  return nullif(current_setting('avoin.person', true), '')::uuid;

-- Who acted, in whose name, and whose data it was about. The person it was about sees the row, whatever the city.
alter table audit
  add column person uuid,
  add column organisation uuid,
  add column on_behalf_of uuid,
  add column unit text,
  add column about uuid,
  add column reason text;
create index audit_about on audit (about, at desc) where about is not null;
create policy about_oneself on audit for select using (about = current_person());
