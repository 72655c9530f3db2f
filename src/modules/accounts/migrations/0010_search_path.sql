-- What runs with the owner's rights looks for names in `public` first. Without pg_temp in the path PostgreSQL looks there before
-- all else, and a temporary table of the serving role with a trigger would run as the owner.
do $$
declare
  of_owner regprocedure;
begin
  for of_owner in
    select oid::regprocedure from pg_proc
    where prosecdef and pronamespace = 'public'::regnamespace and proconfig @> '{search_path=public}'
  loop
    execute format('alter function %s set search_path = public, pg_temp', of_owner);
  end loop;
end $$;
