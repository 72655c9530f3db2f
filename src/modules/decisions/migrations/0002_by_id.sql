-- The log of changes and the search name decisions by id alone; matters have theirs within the city already.
create unique index decision_id on decision (id);
