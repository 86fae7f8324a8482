drop index cases_told;
create table digests (
    id integer primary key not null,
    starts_on date not null,
    ends_on date not null,
    created_at integer not null,
    queued_at integer,
    unique (starts_on, ends_on)
);
insert into digests (id, starts_on, ends_on, created_at, queued_at)
    select min(id), starts_on, ends_on, min(made_at), min(queued_at) from digest_editions
    where status in ('sending', 'paused', 'stopped', 'sent') group by starts_on, ends_on;
drop table thank_notes;
drop table digest_answers;
drop table digest_items;
drop table digest_editions;
drop table digest_series;
alter table people drop column zone;
alter table people drop column site;
