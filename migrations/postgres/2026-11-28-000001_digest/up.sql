alter table people add column site text;
alter table people add column zone text;
-- A digest that comes again and again: for whom, when, from whom.
create table digest_series (
    id bigint primary key,
    name text not null unique,
    -- Of those who subscribed: all of them, or only whoever said something that has an answer this time.
    audience text not null check (audience in ('everybody', 'employees', 'customers', 'contributors')),
    -- Narrowed further, where given.
    team_id bigint references teams (id),
    site text,
    segment text,
    -- A cron rule, in the zone: "0 10 L * *". None: when somebody writes one.
    rule text,
    zone text not null,
    -- Days off of this calendar are not days of sending: it moves to the working day before, or the one after.
    calendar_id bigint references calendars (id),
    moves text not null default 'before' check (moves in ('before', 'after')),
    -- Whether the hour is that of each reader's own clock.
    local boolean not null default false,
    -- A draft is made so long before.
    days_ahead integer not null default 3 check (days_ahead between 0 and 30),
    -- What the mails say they are from, and where answers go; none: as all mails of the product.
    from_name text,
    reply_to text,
    -- The words that open each digest.
    intro_en text not null default '',
    intro_ru text not null default '',
    version integer not null default 1,
    -- Earlier dates of the rule are no dates of this series: it was made, changed or opened again then.
    since timestamptz not null default 'epoch',
    closed_at timestamptz
);
-- One digest: the draft, and what became of it.
create table digest_editions (
    id bigint primary key,
    series_id bigint not null references digest_series (id),
    -- The days it tells about, both included.
    starts_on date not null,
    ends_on date not null,
    -- When the rule wanted it; none where somebody made it by hand.
    slot_at timestamptz,
    -- When it goes out once it is approved; none: at once.
    send_at timestamptz,
    status text not null check (status in ('draft', 'submitted', 'approved', 'sending', 'paused', 'stopped', 'sent', 'skipped')),
    made_at timestamptz not null,
    -- What happened later is not in it; none while it is a draft, which follows what happens.
    until_at timestamptz,
    intro_en text not null default '',
    intro_ru text not null default '',
    -- What the readers are asked this time.
    ask_en text not null default '',
    ask_ru text not null default '',
    -- Told, helped, answered, quick fixes; as they stood at until_at.
    numbers jsonb not null default '{}',
    created_by bigint references people (id),
    submitted_by bigint references people (id),
    submitted_at timestamptz,
    approved_by bigint references people (id),
    approved_at timestamptz,
    -- The last reader that was gone through, and which process goes on from there.
    cursor_id bigint,
    runner text,
    runner_until timestamptz,
    recipients bigint not null default 0,
    -- How many were left out, by reason.
    skips jsonb not null default '{}',
    -- Of links in its mails, counted together; nobody's in particular.
    clicks bigint not null default 0,
    -- Why it was stopped, or not sent at all.
    why text,
    queued_at timestamptz,
    version integer not null default 1,
    unique (series_id, slot_at),
    unique (series_id, starts_on, ends_on)
);
create index digest_editions_open on digest_editions (status) where status in ('draft', 'submitted', 'approved', 'sending', 'paused');
-- One thing a digest tells: a change that shipped, was declined or is being made.
create table digest_items (
    id bigint primary key,
    edition_id bigint not null references digest_editions (id),
    position integer not null,
    section text not null check (section in ('done', 'declined', 'doing')),
    change_id bigint not null references changes (id),
    -- The word of the journal it comes from, and when that was.
    event_id bigint,
    at timestamptz not null,
    -- What it tells, in both languages: refreshed while it is a draft, fixed from then on, never edited.
    facts jsonb not null,
    topic_id bigint references topics (id),
    -- Who may read it besides those who asked for it.
    seen_by text not null check (seen_by in ('asked', 'team', 'employees', 'everyone')),
    team_id bigint references teams (id),
    -- Whether it stands on the page "You said, we did" once the digest is sent.
    on_page boolean not null,
    -- The editor's own sentence above it.
    line_en text not null default '',
    line_ru text not null default '',
    dropped_at timestamptz,
    dropped_by bigint references people (id),
    drop_reason text,
    unique (edition_id, change_id)
);
create index digest_items_change on digest_items (change_id);
create index digest_items_page on digest_items (at) where on_page;
-- What readers of a digest answered: each is a case of its own.
create table digest_answers (
    case_id bigint primary key references cases (id),
    edition_id bigint not null references digest_editions (id),
    item_id bigint references digest_items (id)
);
create index digest_answers_edition on digest_answers (edition_id);
-- A personal word to an employee whose idea shipped.
create table thank_notes (
    id bigint primary key,
    change_id bigint not null references changes (id),
    case_id bigint not null references cases (id),
    person_id bigint not null references people (id),
    -- Whose lead may change the words; none: the council.
    team_id bigint references teams (id),
    text text not null,
    status text not null check (status in ('draft', 'sent', 'dropped')),
    -- Then it goes out as it is.
    due_at timestamptz not null,
    edited_by bigint references people (id),
    sent_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1,
    unique (change_id, person_id)
);
create index thank_notes_draft on thank_notes (due_at) where status = 'draft';
create index thank_notes_team on thank_notes (team_id, sent_at) where status = 'sent';
-- What a digest says of how many were told.
create index cases_told on cases (told_at) where told_at is not null;
insert into digest_series (id, name, audience, zone) values (1, 'Everybody', 'everybody', 'UTC');
insert into digest_editions (id, series_id, starts_on, ends_on, status, made_at, until_at, queued_at)
    select id, 1, starts_on, ends_on, case when queued_at is null then 'sending' else 'sent' end,
        created_at, created_at, queued_at from digests;
drop table digests;
