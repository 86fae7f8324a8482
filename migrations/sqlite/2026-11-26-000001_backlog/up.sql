-- What a change works through: the list is the admins' own.
create table levers (
    id integer primary key not null,
    -- For those that come with the product; null for a house's own.
    word text unique,
    name_en text not null,
    name_ru text not null,
    position integer not null,
    archived_at integer
);
insert into levers (id, word, name_en, name_ru, position) values
    (1, 'fcr', 'First contact resolution', 'Решение с первого обращения', 1),
    (2, 'knowledge', 'Knowledge article', 'Статья базы знаний', 2),
    (3, 'hybrid', 'Hybrid work', 'Гибридная работа', 3),
    (4, 'assist', 'AI assist for staff', 'ИИ-помощник для сотрудников', 4),
    (5, 'wfm', 'Workforce management', 'Управление персоналом (WFM)', 5),
    (6, 'loop', 'Closed loop', 'Замкнутая обратная связь', 6),
    (7, 'desktop', 'Single desktop', 'Единое рабочее место', 7),
    (8, 'other', 'Other', 'Другое', 8);
-- More statuses; only the condition changes, which SQLite lets us write in place.
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, '(''proposed'', ''accepted'', ''in_progress'', ''shipped'', ''declined'')', '(''proposed'', ''needs_data'', ''accepted'', ''in_progress'', ''shipped'', ''verified'', ''deferred'', ''declined'')') where type = 'table' and name = 'changes';
-- Reads it anew.
pragma writable_schema = reset;
-- In one sentence, as it stands on the council's screen.
alter table changes add column problem text not null default '';
alter table changes add column kind text not null default 'change' check (kind in ('change', 'article'));
alter table changes add column lever_id integer references levers (id);
alter table changes add column sponsor_id integer references people (id);
-- Small enough to ship before the next council.
alter table changes add column quick_fix boolean not null default false;
-- For RICE: 3, 2, 1, 0.5 or 0.25.
alter table changes add column impact double check (impact > 0);
-- For WSJF: cost of delay.
alter table changes add column delay_cost double check (delay_cost > 0);
-- Where somebody with reasons put it, whatever its score; 1 is the top.
alter table changes add column rank integer check (rank > 0);
alter table changes add column rank_reason text;
-- A deferred change comes back on this day.
alter table changes add column back_on date;
-- A reversible link to the change that goes on in its place.
alter table changes add column merged_into integer references changes (id);
alter table changes add column archived_at integer;
create index changes_merged on changes (merged_into) where merged_into is not null;
-- What a change is expected to do, and with whom it is tried first.
create table change_plans (
    change_id integer primary key not null references changes (id),
    via text check (via in ('ex_to_cx', 'cx_to_ex')),
    metric text,
    -- In the metric's unit; negative where less is better.
    delta double,
    delta_by date,
    -- In hundredths of the house's currency.
    cost integer check (cost >= 0),
    pilot_group text,
    control_group text,
    -- Of a knowledge article.
    article_url text,
    reviewed_on date,
    -- How many days a review holds.
    review_days integer check (review_days > 0)
);
-- Who set an input of a score, and when: what is older than 90 days is stale.
create table change_inputs (
    change_id integer not null references changes (id),
    input text not null check (input in ('ex', 'cx', 'effort', 'confidence', 'impact', 'delay_cost')),
    set_by integer references people (id),
    set_at integer not null,
    primary key (change_id, input)
);
-- The steps of a change, ticked off one by one.
create table change_steps (
    id integer primary key not null,
    change_id integer not null references changes (id),
    position integer not null,
    text text not null,
    done_at integer,
    done_by integer references people (id)
);
create index change_steps_change on change_steps (change_id, position);
-- What staff say about a change among themselves.
create table change_notes (
    id integer primary key not null,
    change_id integer not null references changes (id),
    author_id integer references people (id),
    body text not null,
    at integer not null
);
create index change_notes_change on change_notes (change_id, id);
-- Evidence that is no case: a figure, a survey's answer, a reason people come back.
create table change_facts (
    id integer primary key not null,
    change_id integer not null references changes (id),
    kind text not null check (kind in ('metric', 'survey', 'repeat_reason', 'other')),
    text text not null,
    url text,
    noted_by integer references people (id),
    noted_at integer not null
);
create index change_facts_change on change_facts (change_id, id);
-- Words chosen to stand for many: a part of what somebody said, at most three to a change.
create table change_quotes (
    change_id integer not null references changes (id),
    feedback_id integer not null references feedback (id),
    position integer not null,
    excerpt text not null,
    chosen_by integer references people (id),
    primary key (change_id, feedback_id)
);
-- Who allowed to quote what was said anonymously: its author, or an admin.
create table quote_consents (
    feedback_id integer primary key not null references feedback (id),
    given_by text not null check (given_by in ('author', 'admin')),
    admin_id integer references people (id),
    given_at integer not null
);
-- Whoever stands behind a change, once for each voice, and with how many linked cases; `person` is the id of the person, or of
-- the feedback where nobody may know who it was.
create table change_people (
    change_id integer not null references changes (id),
    voice text not null check (voice in ('employee', 'customer', 'machine')),
    person integer not null,
    cases integer not null,
    primary key (change_id, voice, person)
);
-- The sums of it, written in the same transaction.
create table change_reach (
    change_id integer primary key not null references changes (id),
    -- Distinct over both voices; machines are not people.
    people integer not null,
    employees integer not null,
    customers integer not null,
    machines integer not null,
    cases integer not null
);
-- Weights of the priority score; one set is in use.
create table weight_sets (
    id integer primary key not null,
    name text not null unique,
    ex double not null check (ex >= 0),
    cx double not null check (cx >= 0),
    in_use boolean not null,
    updated_by integer references people (id),
    updated_at integer not null
);
-- How many changes may stand in a column of the board at once.
create table board_limits (
    status text primary key not null,
    most integer not null check (most > 0)
);
-- A bot spoke for a customer: counted apart from people.
alter table feedback add column machine boolean not null default false;
-- Came with a change that was merged into this one, and leaves with it.
alter table change_cases add column from_change_id integer references changes (id);
create index change_cases_from on change_cases (from_change_id) where from_change_id is not null;
alter table saved_filters add column page text not null default 'cases';
-- The sums of what is linked already.
insert into change_people (change_id, voice, person, cases)
    select change_cases.change_id, feedback.voice, coalesce(feedback.person_id, feedback.id), count(*)
    from change_cases join feedback on feedback.id = change_cases.case_id
    group by change_cases.change_id, feedback.voice, coalesce(feedback.person_id, feedback.id);
insert into change_reach (change_id, people, employees, customers, machines, cases)
    select change_id, count(distinct person), count(distinct case when voice = 'employee' then person end),
        count(distinct case when voice = 'customer' then person end), 0, sum(cases)
    from change_people group by change_id;
