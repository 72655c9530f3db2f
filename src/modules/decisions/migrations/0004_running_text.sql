-- What a search shows a piece of and the index is made from: what was read, without its shape. Written by the loader
-- (textOf in decisions/identity.ts); here once for what is there already, by the same rule.
alter table decision add column running_text text;
update decision as d set running_text = coalesce((
  select string_agg(line, E'\n' order by section_nr, block_nr, line_nr)
  from decision_version as v,
    jsonb_array_elements(v.reading -> 'sections') with ordinality as sections (section, section_nr),
    jsonb_array_elements(section -> 'blocks') with ordinality as blocks (block, block_nr),
    lateral (
      select block ->> 'text', 0 where block ->> 'kind' in ('paragraph', 'subheading')
      union all
      select item, nr from jsonb_array_elements_text(block #> '{list,items}') with ordinality as items (item, nr)
      union all
      select (select string_agg(cell, ' ' order by cell_nr)
              from jsonb_array_elements_text(table_row) with ordinality as cells (cell, cell_nr)), nr
      from jsonb_array_elements(block -> 'rows') with ordinality as table_rows (table_row, nr)
    ) as lines (line, line_nr)
  where v.city = d.city and v.decision_id = d.id and v.version = d.version
), '');
alter table decision alter column running_text set not null;
