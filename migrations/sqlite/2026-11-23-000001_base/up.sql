-- Times are microseconds since 1970 in UTC. An integer primary key is the rowid.
create table teams (
    id integer primary key not null,
    name text not null unique,
    created_at integer not null
);

-- Everybody we can write to: a contact has no password and no rights, the other roles sign in.
create table people (
    id integer primary key not null,
    email text unique,
    name text not null,
    lang text not null,
    role text not null check (role in ('contact', 'employee', 'owner', 'council', 'admin')),
    team_id integer references teams (id),
    password_hash text,
    created_at integer not null,
    disabled_at integer,
    digest_since integer,
    digest_ended_at integer
);
create index people_team on people (team_id);
-- The few who sign in among the many who wrote.
create index people_role on people (role, name);

create table sessions (
    id integer primary key not null,
    token_hash text not null unique,
    person_id integer not null references people (id),
    agent text not null,
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null
);
create index sessions_person on sessions (person_id);

-- One-time links: first set-up, invitation, new password.
create table links (
    id integer primary key not null,
    purpose text not null,
    token_hash text not null unique,
    person_id integer references people (id),
    created_at integer not null,
    expires_at integer not null,
    used_at integer
);

create table api_tokens (
    id integer primary key not null,
    person_id integer not null references people (id),
    name text not null,
    token_hash text not null unique,
    scopes text not null,
    created_at integer not null,
    expires_at integer,
    last_used_at integer,
    revoked_at integer
);
create index api_tokens_person on api_tokens (person_id);

create table settings (
    key text primary key not null,
    value text not null
);

create table topics (
    id integer primary key not null,
    slug text not null unique,
    name_en text not null,
    name_ru text not null,
    position integer not null,
    archived_at integer
);

-- What was said, word for word; never updated.
create table feedback (
    id integer primary key not null,
    reference text not null unique,
    voice text not null check (voice in ('employee', 'customer')),
    kind text not null check (kind in ('complaint', 'idea', 'problem', 'question', 'praise')),
    channel text not null,
    topic_id integer references topics (id),
    title text not null,
    text text not null,
    affected text,
    lang text not null,
    person_id integer references people (id),
    anonymous boolean not null,
    receipt_hash text unique,
    nps integer check (nps between 0 and 10),
    enps integer check (enps between 0 and 10),
    csat integer check (csat between 1 and 5),
    ces integer check (ces between 1 and 7),
    external_id text,
    import_id integer,
    received_at integer not null,
    created_at integer not null,
    check (not (anonymous and person_id is not null))
);
create unique index feedback_external on feedback (channel, external_id) where external_id is not null;
create index feedback_person on feedback (person_id) where person_id is not null;
create index feedback_topic on feedback (topic_id);

-- The work of answering one piece of feedback: same id.
create table cases (
    id integer primary key not null references feedback (id),
    status text not null check (status in ('new', 'in_review', 'waiting', 'decided', 'doing', 'resolved', 'closed')),
    owner_id integer references people (id),
    team_id integer references teams (id),
    primary_id integer references cases (id),
    version integer not null,
    respond_by integer not null,
    resolve_by integer not null,
    tell_by integer not null,
    -- The deadline that comes next; null when nothing is due (waiting for the person, or finished).
    next_due integer,
    responded_at integer,
    waiting_since integer,
    resolved_at integer,
    outcome text,
    resolution text,
    told_at integer,
    told_how text,
    helped boolean,
    helped_at integer,
    reopened integer not null,
    updated_at integer not null
);
create index cases_due on cases (next_due, id) where next_due is not null;
create index cases_owner_due on cases (owner_id, next_due, id) where next_due is not null;
create index cases_team_due on cases (team_id, next_due, id) where next_due is not null;
create index cases_status on cases (status, updated_at, id);
create index cases_owner_status on cases (owner_id, status, updated_at, id);
create index cases_primary on cases (primary_id) where primary_id is not null;

create table messages (
    id integer primary key not null,
    case_id integer not null references cases (id),
    direction text not null check (direction in ('inbound', 'outbound', 'note')),
    author_id integer references people (id),
    body text not null,
    at integer not null
);
create index messages_case on messages (case_id, id);

-- Append-only: who did what to which subject, when. `seq` orders the events of one subject.
create table journal (
    id integer primary key not null,
    at integer not null,
    actor_id integer references people (id),
    actor text not null check (actor in ('person', 'originator', 'system', 'import')),
    subject text not null,
    subject_id integer not null,
    seq integer not null,
    event text not null,
    data text not null
);
create index journal_subject on journal (subject_id, seq);
create index journal_event on journal (event, at);

create table changes (
    id integer primary key not null,
    reference text not null unique,
    title text not null,
    proposal text not null,
    ex integer not null check (ex between 0 and 5),
    cx integer not null check (cx between 0 and 5),
    effort double not null check (effort > 0),
    confidence double not null check (confidence between 0 and 1),
    owner_id integer references people (id),
    target_on date,
    status text not null check (status in ('proposed', 'accepted', 'in_progress', 'shipped', 'declined')),
    public boolean not null,
    -- What changed, or why not, in one sentence for those who asked, in the languages they read.
    outcome_en text,
    outcome_ru text,
    version integer not null,
    created_by integer references people (id),
    created_at integer not null,
    status_at integer not null,
    updated_at integer not null
);
create index changes_status on changes (status, status_at, id);

-- Without row ids: theirs would tell in which order anonymous cases were linked.
create table change_cases (
    change_id integer not null references changes (id),
    case_id integer not null references cases (id),
    linked_by integer references people (id),
    linked_at integer not null,
    primary key (change_id, case_id)
) without rowid;
create index change_cases_case on change_cases (case_id);

create table outbox (
    id integer primary key not null,
    message_id text not null unique,
    person_id integer not null references people (id),
    template text not null,
    event_id integer not null,
    case_id integer references cases (id),
    lang text not null,
    address text not null,
    name text not null,
    data text not null,
    status text not null check (status in ('queued', 'leased', 'sent', 'retry', 'unknown', 'suppressed', 'failed')),
    attempts integer not null,
    next_at integer not null,
    leased_by text,
    leased_until integer,
    reply text,
    sent_at integer,
    created_at integer not null,
    unique (person_id, template, event_id)
);
create index outbox_due on outbox (next_at, id) where status in ('queued', 'retry', 'unknown');
create index outbox_leased on outbox (leased_until) where status = 'leased';
create index outbox_case on outbox (case_id) where case_id is not null;
create index outbox_newest on outbox (created_at, id);
create index outbox_digest on outbox (event_id, status) where template = 'digest';

create table digests (
    id integer primary key not null,
    starts_on date not null,
    ends_on date not null,
    created_at integer not null,
    queued_at integer,
    unique (starts_on, ends_on)
);

create table imports (
    id integer primary key not null,
    file_hash text not null unique,
    name text not null,
    rows_done integer not null,
    added integer not null,
    skipped integer not null,
    failed integer not null,
    started_at integer not null,
    finished_at integer
);

create table idempotency (
    id integer primary key not null,
    owner text not null,
    key text not null,
    request_hash text not null,
    status integer not null,
    body text not null,
    created_at integer not null,
    unique (owner, key)
);
create index idempotency_created on idempotency (created_at);

-- Stemmed words of cases and changes, written in the same transaction as the row itself.
create virtual table search using fts5 (words, content='', contentless_delete=1, tokenize='ascii');
-- Every commit adds a segment; merging sixteen at a time instead of four writes each word fewer times.
insert into search (search, rank) values ('automerge', 16);
