-- When a team works. `week` and `exceptions` are documents read as a whole by src/sla/calendar.rs.
create table calendars (
    id bigint primary key,
    name text not null unique,
    zone text not null,
    week jsonb not null,
    exceptions jsonb not null,
    is_default boolean not null,
    updated_at timestamptz not null
);
insert into calendars (id, name, zone, week, exceptions, is_default, updated_at)
values (1, 'Around the clock', 'UTC', '{"mon":["00:00-24:00"],"tue":["00:00-24:00"],"wed":["00:00-24:00"],"thu":["00:00-24:00"],"fri":["00:00-24:00"],"sat":["00:00-24:00"],"sun":["00:00-24:00"]}', '[]', true, to_timestamp(0));

alter table teams add column calendar_id bigint references calendars (id);
-- Whom a breached promise is raised to: the lead first, then the head.
alter table teams add column lead_id bigint references people (id);
alter table teams add column head_id bigint references people (id);

alter table people add column segment text;
alter table people add column away_until timestamptz;
alter table people add column deputy_id bigint references people (id);

-- What is promised to whom: the first that matches, by position.
create table policies (
    id bigint primary key,
    position integer not null,
    name text not null unique,
    criteria jsonb not null,
    targets jsonb not null,
    warn_percent integer not null check (warn_percent between 1 and 100),
    ladder jsonb not null,
    -- Kept apart: seen only by the case's team and owner (speak-up).
    apart boolean not null,
    archived_at timestamptz,
    updated_at timestamptz not null
);
insert into policies (id, position, name, criteria, targets, warn_percent, ladder, apart, updated_at) values
    (1, 1001, 'Complaints', '{"kind":"complaint"}', '{"first_response":"24h","next_response":"24h","resolution":"10d","tell_back":"12d"}', 80, '{"lead":"4h","head":"24h"}', false, to_timestamp(0)),
    (2, 1002, 'Problems', '{"kind":"problem"}', '{"first_response":"48h","next_response":"48h","resolution":"14d","tell_back":"16d"}', 80, '{"lead":"4h","head":"24h"}', false, to_timestamp(0)),
    (3, 1003, 'Questions', '{"kind":"question"}', '{"first_response":"24h","next_response":"24h","resolution":"5d","tell_back":"6d"}', 80, '{"lead":"4h","head":"24h"}', false, to_timestamp(0)),
    (4, 1004, 'Ideas', '{"kind":"idea"}', '{"first_response":"120h","next_response":"120h","resolution":"45d","tell_back":"47d"}', 80, '{"lead":"24h","head":"72h"}', false, to_timestamp(0)),
    (5, 1005, 'Everything else', '{}', '{"first_response":"120h","next_response":"120h","resolution":"14d","tell_back":"16d"}', 80, '{"lead":"24h","head":"72h"}', false, to_timestamp(0));

-- Who gets a new case: the first that matches, by position.
create table assignment_rules (
    id bigint primary key,
    position integer not null,
    name text not null unique,
    criteria jsonb not null,
    team_id bigint references teams (id),
    person_id bigint references people (id),
    -- Within the team, to whoever has the fewest open cases.
    by_load boolean not null,
    archived_at timestamptz,
    updated_at timestamptz not null
);

create table root_causes (
    id bigint primary key,
    name_en text not null,
    name_ru text not null,
    position integer not null,
    archived_at timestamptz
);

alter table cases add column severity text not null default 'normal' check (severity in ('low', 'normal', 'high', 'critical'));
-- What its owner says it is about; begins as what the originator said.
alter table cases add column topic_id bigint references topics (id);
alter table cases add column root_cause_id bigint references root_causes (id);
alter table cases add column first_contact boolean;
alter table cases add column snoozed_until timestamptz;
alter table cases add column policy_id bigint references policies (id);
-- The segments of its clock and what became of each target; everything else about promises is derived from it.
alter table cases add column clock jsonb not null default '{}';
-- When the originator's last message must be answered; null when nothing of theirs is unanswered.
alter table cases add column answer_by timestamptz;
-- When the sweep looks at it next.
alter table cases add column alert_at timestamptz;
-- How far up the ladder it was raised: 0 nobody, 1 owner, 2 lead, 3 head.
alter table cases add column escalation integer not null default 0;
alter table cases add column apart boolean not null default false;
alter table cases drop column waiting_since;
update cases set topic_id = (select topic_id from feedback where feedback.id = cases.id), alert_at = next_due;
-- Clocks of cases from before: running since they were taken in, and as they stand now since their last change.
update cases set clock = ('{"segments":[{"from":"'
    || (select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from feedback where feedback.id = cases.id)
    || '","state":"running","reason":"received"}' || case
        when status = 'closed' then ',{"from":"' || to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","state":"stopped","reason":"closed"}'
        when primary_id is not null then ',{"from":"' || to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","state":"stopped","reason":"merged"}'
        when status = 'resolved' then ',{"from":"' || to_char(resolved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","state":"telling","reason":"resolved"}'
        when status = 'waiting' then ',{"from":"' || to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","state":"paused","reason":"waiting"}'
        else '' end || ']}')::jsonb;
create index cases_alert on cases (alert_at) where alert_at is not null;
create index cases_snoozed on cases (snoozed_until, id) where snoozed_until is not null;
create index cases_escalated on cases (next_due, id) where escalation > 0;

alter table messages add column markdown boolean not null default false;
-- Came by mail from somebody we cannot be sure of: shown to staff as such, never as the originator's.
alter table messages add column unverified_from text;
-- What the mail quoted of earlier ones, folded away.
alter table messages add column quoted text;

-- Replies that wait out their ten seconds: until then they can be taken back, and nothing has happened.
create table pending_replies (
    id bigint primary key,
    case_id bigint not null references cases (id),
    author_id bigint not null references people (id),
    body text not null,
    wait boolean not null,
    send_at timestamptz not null
);
create index pending_replies_due on pending_replies (send_at);
create index pending_replies_case on pending_replies (case_id);

-- Files with feedback (no message) or with a message. Their bytes are read only when somebody takes the file.
create table attachments (
    id bigint primary key,
    case_id bigint not null references cases (id),
    message_id bigint,
    -- While its reply waits to be sent.
    pending_id bigint,
    name text not null,
    media_type text not null,
    size bigint not null,
    created_at timestamptz not null
);
create index attachments_case on attachments (case_id);
create index attachments_pending on attachments (pending_id) where pending_id is not null;
create table attachment_data (
    id bigint primary key references attachments (id),
    bytes bytea not null
);

create table saved_answers (
    id bigint primary key,
    name text not null unique,
    team_id bigint references teams (id),
    body_en text not null,
    body_ru text not null,
    archived_at timestamptz,
    updated_at timestamptz not null
);

create table saved_filters (
    id bigint primary key,
    person_id bigint not null references people (id),
    name text not null,
    query text not null,
    created_at timestamptz not null,
    unique (person_id, name)
);

create table case_tags (
    tag text not null,
    case_id bigint not null references cases (id),
    primary key (tag, case_id)
);
create index case_tags_case on case_tags (case_id);

create table watchers (
    case_id bigint not null references cases (id),
    person_id bigint not null references people (id),
    since timestamptz not null,
    primary key (case_id, person_id)
);

-- Who has a case open right now, so that two people do not work on it unknowingly.
create table presence (
    case_id bigint not null references cases (id),
    person_id bigint not null references people (id),
    writing boolean not null,
    seen_at timestamptz not null,
    primary key (case_id, person_id)
);
create index presence_seen on presence (seen_at);

-- What the front line may do without asking, by role, and by team where that differs.
create table authorities (
    id bigint primary key,
    role text not null,
    team_id bigint references teams (id),
    may_resolve boolean not null,
    may_apologise boolean not null,
    -- The most they may give away for one case, in the hundredth part of the currency.
    limit_cents bigint not null,
    updated_at timestamptz not null
);
create unique index authorities_role_team on authorities (role, team_id) where team_id is not null;
insert into authorities (id, role, team_id, may_resolve, may_apologise, limit_cents, updated_at) values
    (1, 'owner', null, true, true, 0, to_timestamp(0)),
    (2, 'council', null, true, true, 0, to_timestamp(0)),
    (3, 'admin', null, true, true, 0, to_timestamp(0));

-- What the front line decided: made within its right, or asked of the lead.
create table decisions (
    id bigint primary key,
    case_id bigint not null references cases (id),
    person_id bigint not null references people (id),
    at timestamptz not null,
    outcome text not null,
    apology boolean not null,
    amount_cents bigint not null,
    -- The resolution as it was written, carried out when the lead approves.
    data jsonb not null,
    status text not null check (status in ('made', 'asked', 'approved', 'declined')),
    decided_by bigint references people (id),
    decided_at timestamptz,
    reason text
);
create index decisions_case on decisions (case_id);
create index decisions_status on decisions (status, at);

-- Mail as it came in, kept before it is acknowledged; what cannot be read stays in quarantine.
create table inbound_mails (
    id bigint primary key,
    source text not null,
    raw bytea not null,
    -- Of Message-ID and body: the same mail twice is one.
    digest text not null unique,
    -- Theirs, with which their next mail and our answers refer to it.
    message_id text,
    sender text not null,
    subject text not null,
    status text not null check (status in ('new', 'done', 'ignored', 'quarantined')),
    reason text,
    case_id bigint references cases (id),
    attempts integer not null,
    received_at timestamptz not null,
    -- When it is read next: while somebody reads it, the end of their lease.
    next_at timestamptz not null,
    processed_at timestamptz
);
create index inbound_mails_status on inbound_mails (status, id);
create index inbound_mails_due on inbound_mails (next_at, id) where status = 'new';
create index inbound_mails_message on inbound_mails (message_id) where message_id is not null;
create index inbound_mails_sender on inbound_mails (sender, received_at);
create index inbound_mails_case on inbound_mails (case_id) where case_id is not null;
