-- A person chooses which mails they get; what answers them is always sent.
alter table people add column received_ended_at integer;
alter table people add column notice_ended_at integer;
alter table people add column mail_paused_until integer;

-- Every try of a mail: when, how it ended, what was said.
alter table outbox add column tries text not null default '[]';
-- Counts and lists by state without reading the mails themselves; and all that went to an address.
create index outbox_state on outbox (status, created_at, id);
create index outbox_address on outbox (address);

-- Addresses that mail does not reach, by what came back from them.
create table undeliverable (
    -- In lower case.
    address text primary key not null,
    -- In tenths: a soft bounce is 5, at most once a day, and from 30 on nothing is sent; a hard one stops the address at once.
    points integer not null,
    scored_at integer not null,
    -- Nothing is sent to it from then on.
    stopped_at integer,
    -- What the other side said last.
    said text not null
);

-- How much went to a domain in the minute and the day that run, and how far mails that have to wait are spread: up to
-- which minute, and how many of them in that one.
create table mail_domains (
    domain text primary key not null,
    minute_at integer not null,
    minute_sent integer not null,
    day_at integer not null,
    day_sent integer not null,
    planned_at integer not null,
    planned integer not null
);

-- The processes that run on this database, and what each is doing.
create table nodes (
    id text primary key not null,
    host text not null,
    version text not null,
    started_at integer not null,
    seen_at integer not null,
    state text not null
);

-- Backups that were made, or tried.
create table backups (
    id integer primary key not null,
    node text not null,
    started_at integer not null,
    ended_at integer,
    -- Where it lies on the node that made it.
    file text not null,
    bytes integer,
    -- Rows by table, as counted in the copy.
    contents text,
    error text
);
create index backups_started on backups (started_at);
