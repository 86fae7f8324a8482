//! One description of the tables for both databases; `migrations/sqlite` and `migrations/postgres` create them.
//! Kept to 32 columns a table: wider ones triple the build time.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    teams (id) {
        id -> BigInt,
        name -> Text,
        created_at -> UtcTime,
        calendar_id -> Nullable<BigInt>,
        lead_id -> Nullable<BigInt>,
        head_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    people (id) {
        id -> BigInt,
        email -> Nullable<Text>,
        name -> Text,
        lang -> Text,
        role -> Text,
        team_id -> Nullable<BigInt>,
        password_hash -> Nullable<Text>,
        created_at -> UtcTime,
        disabled_at -> Nullable<UtcTime>,
        digest_since -> Nullable<UtcTime>,
        digest_ended_at -> Nullable<UtcTime>,
        segment -> Nullable<Text>,
        away_until -> Nullable<UtcTime>,
        deputy_id -> Nullable<BigInt>,
        received_ended_at -> Nullable<UtcTime>,
        notice_ended_at -> Nullable<UtcTime>,
        mail_paused_until -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    sessions (id) {
        id -> BigInt,
        token_hash -> Text,
        person_id -> BigInt,
        agent -> Text,
        created_at -> UtcTime,
        seen_at -> UtcTime,
        expires_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    links (id) {
        id -> BigInt,
        purpose -> Text,
        token_hash -> Text,
        person_id -> Nullable<BigInt>,
        created_at -> UtcTime,
        expires_at -> UtcTime,
        used_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    api_tokens (id) {
        id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        token_hash -> Text,
        scopes -> Text,
        created_at -> UtcTime,
        expires_at -> Nullable<UtcTime>,
        last_used_at -> Nullable<UtcTime>,
        revoked_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    settings (key) {
        key -> Text,
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    topics (id) {
        id -> BigInt,
        slug -> Text,
        name_en -> Text,
        name_ru -> Text,
        position -> Integer,
        archived_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    feedback (id) {
        id -> BigInt,
        reference -> Text,
        voice -> Text,
        kind -> Text,
        channel -> Text,
        topic_id -> Nullable<BigInt>,
        title -> Text,
        text -> Text,
        affected -> Nullable<Text>,
        lang -> Text,
        person_id -> Nullable<BigInt>,
        anonymous -> Bool,
        receipt_hash -> Nullable<Text>,
        nps -> Nullable<SmallInt>,
        enps -> Nullable<SmallInt>,
        csat -> Nullable<SmallInt>,
        ces -> Nullable<SmallInt>,
        external_id -> Nullable<Text>,
        import_id -> Nullable<BigInt>,
        received_at -> UtcTime,
        created_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    cases (id) {
        id -> BigInt,
        status -> Text,
        owner_id -> Nullable<BigInt>,
        team_id -> Nullable<BigInt>,
        primary_id -> Nullable<BigInt>,
        version -> Integer,
        respond_by -> UtcTime,
        resolve_by -> UtcTime,
        tell_by -> UtcTime,
        next_due -> Nullable<UtcTime>,
        responded_at -> Nullable<UtcTime>,
        resolved_at -> Nullable<UtcTime>,
        outcome -> Nullable<Text>,
        resolution -> Nullable<Text>,
        told_at -> Nullable<UtcTime>,
        told_how -> Nullable<Text>,
        helped -> Nullable<Bool>,
        helped_at -> Nullable<UtcTime>,
        reopened -> Integer,
        updated_at -> UtcTime,
        severity -> Text,
        topic_id -> Nullable<BigInt>,
        root_cause_id -> Nullable<BigInt>,
        first_contact -> Nullable<Bool>,
        snoozed_until -> Nullable<UtcTime>,
        policy_id -> Nullable<BigInt>,
        clock -> JsonDoc,
        answer_by -> Nullable<UtcTime>,
        alert_at -> Nullable<UtcTime>,
        escalation -> Integer,
        apart -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    messages (id) {
        id -> BigInt,
        case_id -> BigInt,
        direction -> Text,
        author_id -> Nullable<BigInt>,
        body -> Text,
        at -> UtcTime,
        markdown -> Bool,
        unverified_from -> Nullable<Text>,
        quoted -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    journal (id) {
        id -> BigInt,
        at -> UtcTime,
        actor_id -> Nullable<BigInt>,
        actor -> Text,
        subject -> Text,
        subject_id -> BigInt,
        seq -> Integer,
        event -> Text,
        data -> JsonDoc,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    changes (id) {
        id -> BigInt,
        reference -> Text,
        title -> Text,
        proposal -> Text,
        ex -> SmallInt,
        cx -> SmallInt,
        effort -> Double,
        confidence -> Double,
        owner_id -> Nullable<BigInt>,
        target_on -> Nullable<Date>,
        status -> Text,
        public -> Bool,
        outcome_en -> Nullable<Text>,
        outcome_ru -> Nullable<Text>,
        version -> Integer,
        created_by -> Nullable<BigInt>,
        created_at -> UtcTime,
        status_at -> UtcTime,
        updated_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_cases (change_id, case_id) {
        change_id -> BigInt,
        case_id -> BigInt,
        linked_by -> Nullable<BigInt>,
        linked_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    outbox (id) {
        id -> BigInt,
        message_id -> Text,
        person_id -> BigInt,
        template -> Text,
        event_id -> BigInt,
        case_id -> Nullable<BigInt>,
        lang -> Text,
        address -> Text,
        name -> Text,
        data -> JsonDoc,
        status -> Text,
        attempts -> Integer,
        next_at -> UtcTime,
        leased_by -> Nullable<Text>,
        leased_until -> Nullable<UtcTime>,
        reply -> Nullable<Text>,
        sent_at -> Nullable<UtcTime>,
        created_at -> UtcTime,
        tries -> JsonDoc,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    digests (id) {
        id -> BigInt,
        starts_on -> Date,
        ends_on -> Date,
        created_at -> UtcTime,
        queued_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    imports (id) {
        id -> BigInt,
        file_hash -> Text,
        name -> Text,
        rows_done -> BigInt,
        added -> BigInt,
        skipped -> BigInt,
        failed -> BigInt,
        started_at -> UtcTime,
        finished_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    idempotency (id) {
        id -> BigInt,
        owner -> Text,
        key -> Text,
        request_hash -> Text,
        status -> SmallInt,
        body -> Text,
        created_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    calendars (id) {
        id -> BigInt,
        name -> Text,
        zone -> Text,
        week -> JsonDoc,
        exceptions -> JsonDoc,
        is_default -> Bool,
        updated_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    policies (id) {
        id -> BigInt,
        position -> Integer,
        name -> Text,
        criteria -> JsonDoc,
        targets -> JsonDoc,
        warn_percent -> Integer,
        ladder -> JsonDoc,
        apart -> Bool,
        archived_at -> Nullable<UtcTime>,
        updated_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    assignment_rules (id) {
        id -> BigInt,
        position -> Integer,
        name -> Text,
        criteria -> JsonDoc,
        team_id -> Nullable<BigInt>,
        person_id -> Nullable<BigInt>,
        by_load -> Bool,
        archived_at -> Nullable<UtcTime>,
        updated_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    root_causes (id) {
        id -> BigInt,
        name_en -> Text,
        name_ru -> Text,
        position -> Integer,
        archived_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    pending_replies (id) {
        id -> BigInt,
        case_id -> BigInt,
        author_id -> BigInt,
        body -> Text,
        wait -> Bool,
        send_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    attachments (id) {
        id -> BigInt,
        case_id -> BigInt,
        message_id -> Nullable<BigInt>,
        pending_id -> Nullable<BigInt>,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        created_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    attachment_data (id) {
        id -> BigInt,
        bytes -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    saved_answers (id) {
        id -> BigInt,
        name -> Text,
        team_id -> Nullable<BigInt>,
        body_en -> Text,
        body_ru -> Text,
        archived_at -> Nullable<UtcTime>,
        updated_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    saved_filters (id) {
        id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        query -> Text,
        created_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    case_tags (tag, case_id) {
        tag -> Text,
        case_id -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    watchers (case_id, person_id) {
        case_id -> BigInt,
        person_id -> BigInt,
        since -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    presence (case_id, person_id) {
        case_id -> BigInt,
        person_id -> BigInt,
        writing -> Bool,
        seen_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    authorities (id) {
        id -> BigInt,
        role -> Text,
        team_id -> Nullable<BigInt>,
        may_resolve -> Bool,
        may_apologise -> Bool,
        limit_cents -> BigInt,
        updated_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    decisions (id) {
        id -> BigInt,
        case_id -> BigInt,
        person_id -> BigInt,
        at -> UtcTime,
        outcome -> Text,
        apology -> Bool,
        amount_cents -> BigInt,
        data -> JsonDoc,
        status -> Text,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<UtcTime>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    inbound_mails (id) {
        id -> BigInt,
        source -> Text,
        raw -> Binary,
        digest -> Text,
        message_id -> Nullable<Text>,
        sender -> Text,
        subject -> Text,
        status -> Text,
        reason -> Nullable<Text>,
        case_id -> Nullable<BigInt>,
        attempts -> Integer,
        received_at -> UtcTime,
        next_at -> UtcTime,
        processed_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    undeliverable (address) {
        address -> Text,
        points -> Integer,
        scored_at -> UtcTime,
        stopped_at -> Nullable<UtcTime>,
        said -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    mail_domains (domain) {
        domain -> Text,
        minute_at -> UtcTime,
        minute_sent -> Integer,
        day_at -> UtcTime,
        day_sent -> Integer,
        planned_at -> UtcTime,
        planned -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    nodes (id) {
        id -> Text,
        host -> Text,
        version -> Text,
        started_at -> UtcTime,
        seen_at -> UtcTime,
        state -> JsonDoc,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    backups (id) {
        id -> BigInt,
        node -> Text,
        started_at -> UtcTime,
        ended_at -> Nullable<UtcTime>,
        file -> Text,
        bytes -> Nullable<BigInt>,
        contents -> Nullable<JsonDoc>,
        error -> Nullable<Text>,
    }
}

diesel::joinable!(cases -> feedback (id));
diesel::joinable!(people -> teams (team_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(api_tokens -> people (person_id));
diesel::joinable!(links -> people (person_id));
diesel::joinable!(feedback -> people (person_id));
diesel::joinable!(feedback -> topics (topic_id));
diesel::joinable!(cases -> people (owner_id));
diesel::joinable!(messages -> cases (case_id));
diesel::joinable!(change_cases -> changes (change_id));
diesel::joinable!(change_cases -> cases (case_id));
diesel::joinable!(changes -> people (owner_id));
diesel::joinable!(outbox -> people (person_id));
diesel::joinable!(pending_replies -> cases (case_id));
diesel::joinable!(pending_replies -> people (author_id));
diesel::joinable!(attachments -> cases (case_id));
diesel::joinable!(attachment_data -> attachments (id));
diesel::joinable!(case_tags -> cases (case_id));
diesel::joinable!(watchers -> people (person_id));
diesel::joinable!(presence -> people (person_id));
diesel::joinable!(decisions -> cases (case_id));
diesel::joinable!(decisions -> people (person_id));
diesel::joinable!(inbound_mails -> cases (case_id));
diesel::joinable!(saved_filters -> people (person_id));

diesel::allow_tables_to_appear_in_same_query!(
    teams,
    people,
    sessions,
    links,
    api_tokens,
    settings,
    topics,
    feedback,
    cases,
    messages,
    journal,
    changes,
    change_cases,
    outbox,
    digests,
    imports,
    idempotency,
    calendars,
    policies,
    assignment_rules,
    root_causes,
    pending_replies,
    attachments,
    attachment_data,
    saved_answers,
    saved_filters,
    case_tags,
    watchers,
    presence,
    authorities,
    decisions,
    inbound_mails,
);

// Reach is counted per change and voice.
diesel::allow_columns_to_appear_in_same_group_by_clause!(change_cases::change_id, feedback::voice);
