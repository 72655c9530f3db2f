-- Which search index is the live one. The index itself is a folder below DATA_DIR/search, made from the change log and
-- the modules' entries; it can be lost at any time and is then built anew.
create table search_index (
  only_row boolean primary key default true check (only_row),
  -- Name of the folder; null before the first build.
  folder text check (folder ~ '^[0-9a-f-]{36}$'),
  -- Layout of the folder and what its terms were made by; others than the code's make it useless (search/rows.ts).
  layout int not null default 0,
  terms text not null default '',
  -- Place in the change log up to which the folder knows everything.
  cursor text not null default '0.0'
);
insert into search_index default values;

grant select, update on search_index to avoin_app;
