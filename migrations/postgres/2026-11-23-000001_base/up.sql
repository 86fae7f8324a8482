create table teams (
    id bigint primary key,
    name text not null unique,
    created_at timestamptz not null
);

-- Everybody we can write to: a contact has no password and no rights, the other roles sign in.
create table people (
    id bigint primary key,
    email text unique,
    name text not null,
    lang text not null,
    role text not null check (role in ('contact', 'employee', 'owner', 'council', 'admin')),
    team_id bigint references teams (id),
    password_hash text,
    created_at timestamptz not null,
    disabled_at timestamptz,
    digest_since timestamptz,
    digest_ended_at timestamptz
);
create index people_team on people (team_id);
-- The few who sign in among the many who wrote.
create index people_role on people (role, name);

create table sessions (
    id bigint primary key,
    token_hash text not null unique,
    person_id bigint not null references people (id),
    agent text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null
);
create index sessions_person on sessions (person_id);

-- One-time links: first set-up, invitation, new password.
create table links (
    id bigint primary key,
    purpose text not null,
    token_hash text not null unique,
    person_id bigint references people (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

create table api_tokens (
    id bigint primary key,
    person_id bigint not null references people (id),
    name text not null,
    token_hash text not null unique,
    scopes text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);
create index api_tokens_person on api_tokens (person_id);

create table settings (
    key text primary key,
    value text not null
);

create table topics (
    id bigint primary key,
    slug text not null unique,
    name_en text not null,
    name_ru text not null,
    position integer not null,
    archived_at timestamptz
);

-- What was said, word for word; never updated.
create table feedback (
    id bigint primary key,
    reference text not null unique,
    voice text not null check (voice in ('employee', 'customer')),
    kind text not null check (kind in ('complaint', 'idea', 'problem', 'question', 'praise')),
    channel text not null,
    topic_id bigint references topics (id),
    title text not null,
    text text not null,
    affected text,
    lang text not null,
    person_id bigint references people (id),
    anonymous boolean not null,
    receipt_hash text unique,
    nps smallint check (nps between 0 and 10),
    enps smallint check (enps between 0 and 10),
    csat smallint check (csat between 1 and 5),
    ces smallint check (ces between 1 and 7),
    external_id text,
    import_id bigint,
    received_at timestamptz not null,
    created_at timestamptz not null,
    check (not (anonymous and person_id is not null))
);
create unique index feedback_external on feedback (channel, external_id) where external_id is not null;
create index feedback_person on feedback (person_id) where person_id is not null;
create index feedback_topic on feedback (topic_id);

-- The work of answering one piece of feedback: same id.
create table cases (
    id bigint primary key references feedback (id),
    status text not null check (status in ('new', 'in_review', 'waiting', 'decided', 'doing', 'resolved', 'closed')),
    owner_id bigint references people (id),
    team_id bigint references teams (id),
    primary_id bigint references cases (id),
    version integer not null,
    respond_by timestamptz not null,
    resolve_by timestamptz not null,
    tell_by timestamptz not null,
    -- The deadline that comes next; null when nothing is due (waiting for the person, or finished).
    next_due timestamptz,
    responded_at timestamptz,
    waiting_since timestamptz,
    resolved_at timestamptz,
    outcome text,
    resolution text,
    told_at timestamptz,
    told_how text,
    helped boolean,
    helped_at timestamptz,
    reopened integer not null,
    updated_at timestamptz not null
);
create index cases_due on cases (next_due, id) where next_due is not null;
create index cases_owner_due on cases (owner_id, next_due, id) where next_due is not null;
create index cases_team_due on cases (team_id, next_due, id) where next_due is not null;
create index cases_status on cases (status, updated_at, id);
create index cases_owner_status on cases (owner_id, status, updated_at, id);
create index cases_primary on cases (primary_id) where primary_id is not null;

create table messages (
    id bigint primary key,
    case_id bigint not null references cases (id),
    direction text not null check (direction in ('inbound', 'outbound', 'note')),
    author_id bigint references people (id),
    body text not null,
    at timestamptz not null
);
create index messages_case on messages (case_id, id);

-- Append-only: who did what to which subject, when. `seq` orders the events of one subject.
create table journal (
    id bigint primary key,
    at timestamptz not null,
    actor_id bigint references people (id),
    actor text not null check (actor in ('person', 'originator', 'system', 'import')),
    subject text not null,
    subject_id bigint not null,
    seq integer not null,
    event text not null,
    data jsonb not null
);
create index journal_subject on journal (subject_id, seq);
create index journal_event on journal (event, at);

create table changes (
    id bigint primary key,
    reference text not null unique,
    title text not null,
    proposal text not null,
    ex smallint not null check (ex between 0 and 5),
    cx smallint not null check (cx between 0 and 5),
    effort double precision not null check (effort > 0),
    confidence double precision not null check (confidence between 0 and 1),
    owner_id bigint references people (id),
    target_on date,
    status text not null check (status in ('proposed', 'accepted', 'in_progress', 'shipped', 'declined')),
    public boolean not null,
    -- What changed, or why not, in one sentence for those who asked, in the languages they read.
    outcome_en text,
    outcome_ru text,
    version integer not null,
    created_by bigint references people (id),
    created_at timestamptz not null,
    status_at timestamptz not null,
    updated_at timestamptz not null
);
create index changes_status on changes (status, status_at, id);

create table change_cases (
    change_id bigint not null references changes (id),
    case_id bigint not null references cases (id),
    linked_by bigint references people (id),
    linked_at timestamptz not null,
    primary key (change_id, case_id)
);
create index change_cases_case on change_cases (case_id);

create table outbox (
    id bigint primary key,
    message_id text not null unique,
    person_id bigint not null references people (id),
    template text not null,
    event_id bigint not null,
    case_id bigint references cases (id),
    lang text not null,
    address text not null,
    name text not null,
    data jsonb not null,
    status text not null check (status in ('queued', 'leased', 'sent', 'retry', 'unknown', 'suppressed', 'failed')),
    attempts integer not null,
    next_at timestamptz not null,
    leased_by text,
    leased_until timestamptz,
    reply text,
    sent_at timestamptz,
    created_at timestamptz not null,
    unique (person_id, template, event_id)
);
create index outbox_due on outbox (next_at, id) where status in ('queued', 'retry', 'unknown');
create index outbox_leased on outbox (leased_until) where status = 'leased';
create index outbox_case on outbox (case_id) where case_id is not null;
create index outbox_newest on outbox (created_at, id);
create index outbox_digest on outbox (event_id, status) where template = 'digest';

create table digests (
    id bigint primary key,
    starts_on date not null,
    ends_on date not null,
    created_at timestamptz not null,
    queued_at timestamptz,
    unique (starts_on, ends_on)
);

create table imports (
    id bigint primary key,
    file_hash text not null unique,
    name text not null,
    rows_done bigint not null,
    added bigint not null,
    skipped bigint not null,
    failed bigint not null,
    started_at timestamptz not null,
    finished_at timestamptz
);

create table idempotency (
    id bigint primary key,
    owner text not null,
    key text not null,
    request_hash text not null,
    status smallint not null,
    body text not null,
    created_at timestamptz not null,
    unique (owner, key)
);
create index idempotency_created on idempotency (created_at);

-- Stemmed words of cases and changes, written in the same transaction as the row itself.
create table search (
    id bigint primary key,
    words tsvector not null
);
create index search_words on search using gin (words);
