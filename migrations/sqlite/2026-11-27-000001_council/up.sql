-- A council that meets again and again.
create table councils (
    id integer primary key not null,
    name text not null unique,
    -- A cron rule, in the zone: "0 10 * * TUE#1".
    rule text not null,
    zone text not null,
    -- How long a meeting lasts; its agenda is filled up to that.
    minutes integer not null check (minutes between 15 and 480),
    -- Its holidays are skipped: the meeting moves to the next working day.
    calendar_id integer references calendars (id),
    place text,
    -- Quick fixes a month.
    quota integer not null check (quota between 0 and 20),
    version integer not null,
    closed_at integer,
    updated_at integer not null
);
-- Who sits in it, and for whom they speak.
create table council_members (
    council_id integer not null references councils (id),
    person_id integer not null references people (id),
    seat text not null check (seat in ('operations', 'quality', 'wfm', 'front_line', 'other')),
    chair boolean not null,
    -- Sits in when the member cannot; a delegate has no delegate.
    delegate_id integer references people (id),
    -- Of the address of their own calendar feed.
    feed_hash text unique,
    primary key (council_id, person_id)
);
-- How many of a seat must be there for a decision.
create table council_quorums (
    council_id integer not null references councils (id),
    seat text not null,
    needed integer not null check (needed >= 0),
    primary key (council_id, seat)
);
-- One meeting.
create table meetings (
    id integer primary key not null,
    council_id integer not null references councils (id),
    starts_at integer not null,
    -- When the rule wanted it, before holidays or people moved it; none where somebody called it by hand.
    slot_at integer,
    status text not null check (status in ('planned', 'running', 'ended', 'signed', 'cancelled')),
    -- From then on the agenda stands as it is.
    frozen_at integer,
    started_at integer,
    ended_at integer,
    chair_id integer references people (id),
    -- What phones type to join; none when it does not run.
    join_code text unique,
    -- The item on the screen.
    item_id integer,
    -- The minutes' text besides what was decided, and who signed them.
    notes text not null default '',
    read_back_at integer,
    signed_by integer references people (id),
    signed_at integer,
    invited_at integer,
    reminded_at integer,
    -- Counts every change of what is seen, so that screens know that they are behind.
    version integer not null,
    unique (council_id, starts_at)
);
create index meetings_starts on meetings (starts_at);
-- What is talked about, in its order.
create table agenda_items (
    id integer primary key not null,
    meeting_id integer not null references meetings (id),
    position integer not null,
    kind text not null check (kind in ('action', 'promise', 'shipped', 'returned', 'stalled', 'change', 'topic')),
    change_id integer references changes (id),
    action_id integer,
    case_id integer references cases (id),
    title text not null,
    minutes integer not null check (minutes >= 0),
    -- Put there, or taken off, by hand.
    added_by integer references people (id),
    removed_at integer,
    state text not null check (state in ('waiting', 'voting', 'revealed', 'done')),
    -- Since when it is on the screen, and how many seconds it was before that.
    shown_at integer,
    seconds integer not null,
    decision text check (decision in ('accept', 'not_now', 'decline', 'need_data', 'noted')),
    reason text,
    owner_id integer references people (id),
    due_on date,
    -- No quorum: a recommendation until it is ratified.
    recommended boolean not null,
    ratified_at integer,
    ratified_by integer references people (id),
    quick_fix boolean not null,
    -- Why a fix beyond the quota was taken.
    quota_reason text,
    decided_at integer,
    decided_by integer references people (id),
    -- What those who asked will read of it.
    news_en text,
    news_ru text,
    -- When the change was moved as decided; none if it had gone elsewhere by then.
    carried_out_at integer
);
create index agenda_items_meeting on agenda_items (meeting_id, position);
create index agenda_items_change on agenda_items (change_id) where change_id is not null;
-- What members want to know beforehand.
create table agenda_questions (
    id integer primary key not null,
    item_id integer not null references agenda_items (id),
    person_id integer not null references people (id),
    text text not null,
    asked_at integer not null
);
create index agenda_questions_item on agenda_questions (item_id, id);
-- Who is there, and for whom.
create table attendances (
    meeting_id integer not null references meetings (id),
    person_id integer not null references people (id),
    -- The member whose seat it is; the person themselves, or whom they sit in for.
    member_id integer not null references people (id),
    seat text not null,
    joined_at integer not null,
    seen_at integer not null,
    -- Had to go before the end.
    left_at integer,
    primary key (meeting_id, member_id)
);
-- Votes; one seat, one vote, which may change until it is shown.
create table council_votes (
    item_id integer not null references agenda_items (id),
    member_id integer not null references people (id),
    cast_by integer not null references people (id),
    vote text not null check (vote in ('accept', 'not_now', 'decline', 'need_data')),
    cast_at integer not null,
    primary key (item_id, member_id)
);
-- What somebody promised at a meeting.
create table council_actions (
    id integer primary key not null,
    meeting_id integer not null references meetings (id),
    item_id integer references agenda_items (id),
    change_id integer references changes (id),
    text text not null,
    owner_id integer not null references people (id),
    due_on date not null,
    done_at integer,
    done_note text,
    reminded_at integer,
    created_by integer references people (id),
    created_at integer not null
);
create index council_actions_owner on council_actions (owner_id, due_on) where done_at is null;
create index council_actions_meeting on council_actions (meeting_id);
-- What was put right after the minutes were signed.
create table minutes_addenda (
    id integer primary key not null,
    meeting_id integer not null references meetings (id),
    author_id integer not null references people (id),
    text text not null,
    added_at integer not null
);
create index minutes_addenda_meeting on minutes_addenda (meeting_id, id);
