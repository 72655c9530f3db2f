-- What waits for the person of this transaction to come back, for minutes: links to their address or that they asked for, and visits to
-- Suomi.fi e-Authorizations.
create function my_waiting(most int, skip int) returns table (kind text, address text, expires_at timestamptz)
  language sql stable security definer set search_path = public
  begin atomic
    select * from (
      select case when person is null then 'linkSignIn' else 'linkConfirm' end as kind, address, expires_at
      from mail_link where person = current_person() or (person is null and lower(address) = lower(address_of_person()))
      union all
      select 'visitAuthorizations', null, expires_at from authorization_visit where person = current_person()) as all_of_them
    order by expires_at desc, kind, address limit most offset skip;
  end;

create function erase_my_waiting() returns int
  language sql security definer set search_path = public
  begin atomic
    with links as (
      delete from mail_link
      where person = current_person() or (person is null and lower(address) = lower(address_of_person())) returning 1),
    visits as (delete from authorization_visit where person = current_person() returning 1)
    select (select count(*) from links)::int + (select count(*) from visits)::int;
  end;

-- Mail that waits to be sent, alone.
create or replace function erase_my_mail() returns int
  language sql security definer set search_path = public
  begin atomic
    with erased as (
      delete from mail
      where lower(recipient) = lower(address_of_person())
        and created_at < coalesce((select asked_at from erasure where person = current_person()), 'infinity')
      returning 1)
    select count(*)::int from erased;
  end;

grant execute on function my_waiting, erase_my_waiting to avoin_app;
