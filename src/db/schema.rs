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
        site -> Nullable<Text>,
        zone -> Nullable<Text>,
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
        machine -> Bool,
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
        problem -> Text,
        kind -> Text,
        lever_id -> Nullable<BigInt>,
        sponsor_id -> Nullable<BigInt>,
        quick_fix -> Bool,
        impact -> Nullable<Double>,
        delay_cost -> Nullable<Double>,
        rank -> Nullable<Integer>,
        rank_reason -> Nullable<Text>,
        back_on -> Nullable<Date>,
        merged_into -> Nullable<BigInt>,
        archived_at -> Nullable<UtcTime>,
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
        from_change_id -> Nullable<BigInt>,
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
        page -> Text,
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

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    levers (id) {
        id -> BigInt,
        word -> Nullable<Text>,
        name_en -> Text,
        name_ru -> Text,
        position -> Integer,
        archived_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_plans (change_id) {
        change_id -> BigInt,
        via -> Nullable<Text>,
        metric -> Nullable<Text>,
        delta -> Nullable<Double>,
        delta_by -> Nullable<Date>,
        cost -> Nullable<BigInt>,
        pilot_group -> Nullable<Text>,
        control_group -> Nullable<Text>,
        article_url -> Nullable<Text>,
        reviewed_on -> Nullable<Date>,
        review_days -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_inputs (change_id, input) {
        change_id -> BigInt,
        input -> Text,
        set_by -> Nullable<BigInt>,
        set_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_steps (id) {
        id -> BigInt,
        change_id -> BigInt,
        position -> Integer,
        text -> Text,
        done_at -> Nullable<UtcTime>,
        done_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_notes (id) {
        id -> BigInt,
        change_id -> BigInt,
        author_id -> Nullable<BigInt>,
        body -> Text,
        at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_facts (id) {
        id -> BigInt,
        change_id -> BigInt,
        kind -> Text,
        text -> Text,
        url -> Nullable<Text>,
        noted_by -> Nullable<BigInt>,
        noted_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_quotes (change_id, feedback_id) {
        change_id -> BigInt,
        feedback_id -> BigInt,
        position -> Integer,
        excerpt -> Text,
        chosen_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    quote_consents (feedback_id) {
        feedback_id -> BigInt,
        given_by -> Text,
        admin_id -> Nullable<BigInt>,
        given_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_people (change_id, voice, person) {
        change_id -> BigInt,
        voice -> Text,
        person -> BigInt,
        cases -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    change_reach (change_id) {
        change_id -> BigInt,
        people -> Integer,
        employees -> Integer,
        customers -> Integer,
        machines -> Integer,
        cases -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    weight_sets (id) {
        id -> BigInt,
        name -> Text,
        ex -> Double,
        cx -> Double,
        in_use -> Bool,
        updated_by -> Nullable<BigInt>,
        updated_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    board_limits (status) {
        status -> Text,
        most -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    councils (id) {
        id -> BigInt,
        name -> Text,
        rule -> Text,
        zone -> Text,
        minutes -> Integer,
        calendar_id -> Nullable<BigInt>,
        place -> Nullable<Text>,
        quota -> Integer,
        version -> Integer,
        closed_at -> Nullable<UtcTime>,
        updated_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    council_members (council_id, person_id) {
        council_id -> BigInt,
        person_id -> BigInt,
        seat -> Text,
        chair -> Bool,
        delegate_id -> Nullable<BigInt>,
        feed_hash -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    council_quorums (council_id, seat) {
        council_id -> BigInt,
        seat -> Text,
        needed -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    meetings (id) {
        id -> BigInt,
        council_id -> BigInt,
        starts_at -> UtcTime,
        slot_at -> Nullable<UtcTime>,
        status -> Text,
        frozen_at -> Nullable<UtcTime>,
        started_at -> Nullable<UtcTime>,
        ended_at -> Nullable<UtcTime>,
        chair_id -> Nullable<BigInt>,
        join_code -> Nullable<Text>,
        item_id -> Nullable<BigInt>,
        notes -> Text,
        read_back_at -> Nullable<UtcTime>,
        signed_by -> Nullable<BigInt>,
        signed_at -> Nullable<UtcTime>,
        invited_at -> Nullable<UtcTime>,
        reminded_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    agenda_items (id) {
        id -> BigInt,
        meeting_id -> BigInt,
        position -> Integer,
        kind -> Text,
        change_id -> Nullable<BigInt>,
        action_id -> Nullable<BigInt>,
        case_id -> Nullable<BigInt>,
        title -> Text,
        minutes -> Integer,
        added_by -> Nullable<BigInt>,
        removed_at -> Nullable<UtcTime>,
        state -> Text,
        shown_at -> Nullable<UtcTime>,
        seconds -> Integer,
        decision -> Nullable<Text>,
        reason -> Nullable<Text>,
        owner_id -> Nullable<BigInt>,
        due_on -> Nullable<Date>,
        recommended -> Bool,
        ratified_at -> Nullable<UtcTime>,
        ratified_by -> Nullable<BigInt>,
        quick_fix -> Bool,
        quota_reason -> Nullable<Text>,
        decided_at -> Nullable<UtcTime>,
        decided_by -> Nullable<BigInt>,
        news_en -> Nullable<Text>,
        news_ru -> Nullable<Text>,
        carried_out_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    agenda_questions (id) {
        id -> BigInt,
        item_id -> BigInt,
        person_id -> BigInt,
        text -> Text,
        asked_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    attendances (meeting_id, member_id) {
        meeting_id -> BigInt,
        person_id -> BigInt,
        member_id -> BigInt,
        seat -> Text,
        joined_at -> UtcTime,
        seen_at -> UtcTime,
        left_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    council_votes (item_id, member_id) {
        item_id -> BigInt,
        member_id -> BigInt,
        cast_by -> BigInt,
        vote -> Text,
        cast_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    council_actions (id) {
        id -> BigInt,
        meeting_id -> BigInt,
        item_id -> Nullable<BigInt>,
        change_id -> Nullable<BigInt>,
        text -> Text,
        owner_id -> BigInt,
        due_on -> Date,
        done_at -> Nullable<UtcTime>,
        done_note -> Nullable<Text>,
        reminded_at -> Nullable<UtcTime>,
        created_by -> Nullable<BigInt>,
        created_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    minutes_addenda (id) {
        id -> BigInt,
        meeting_id -> BigInt,
        author_id -> BigInt,
        text -> Text,
        added_at -> UtcTime,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    digest_series (id) {
        id -> BigInt,
        name -> Text,
        audience -> Text,
        team_id -> Nullable<BigInt>,
        site -> Nullable<Text>,
        segment -> Nullable<Text>,
        rule -> Nullable<Text>,
        zone -> Text,
        calendar_id -> Nullable<BigInt>,
        moves -> Text,
        local -> Bool,
        days_ahead -> Integer,
        from_name -> Nullable<Text>,
        reply_to -> Nullable<Text>,
        intro_en -> Text,
        intro_ru -> Text,
        version -> Integer,
        since -> UtcTime,
        closed_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    digest_editions (id) {
        id -> BigInt,
        series_id -> BigInt,
        starts_on -> Date,
        ends_on -> Date,
        slot_at -> Nullable<UtcTime>,
        send_at -> Nullable<UtcTime>,
        status -> Text,
        made_at -> UtcTime,
        until_at -> Nullable<UtcTime>,
        intro_en -> Text,
        intro_ru -> Text,
        ask_en -> Text,
        ask_ru -> Text,
        numbers -> JsonDoc,
        created_by -> Nullable<BigInt>,
        submitted_by -> Nullable<BigInt>,
        submitted_at -> Nullable<UtcTime>,
        approved_by -> Nullable<BigInt>,
        approved_at -> Nullable<UtcTime>,
        cursor_id -> Nullable<BigInt>,
        runner -> Nullable<Text>,
        runner_until -> Nullable<UtcTime>,
        recipients -> BigInt,
        skips -> JsonDoc,
        clicks -> BigInt,
        why -> Nullable<Text>,
        queued_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    digest_items (id) {
        id -> BigInt,
        edition_id -> BigInt,
        position -> Integer,
        section -> Text,
        change_id -> BigInt,
        event_id -> Nullable<BigInt>,
        at -> UtcTime,
        facts -> JsonDoc,
        topic_id -> Nullable<BigInt>,
        seen_by -> Text,
        team_id -> Nullable<BigInt>,
        on_page -> Bool,
        line_en -> Text,
        line_ru -> Text,
        dropped_at -> Nullable<UtcTime>,
        dropped_by -> Nullable<BigInt>,
        drop_reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    digest_answers (case_id) {
        case_id -> BigInt,
        edition_id -> BigInt,
        item_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;

    thank_notes (id) {
        id -> BigInt,
        change_id -> BigInt,
        case_id -> BigInt,
        person_id -> BigInt,
        team_id -> Nullable<BigInt>,
        text -> Text,
        status -> Text,
        due_at -> UtcTime,
        edited_by -> Nullable<BigInt>,
        sent_at -> Nullable<UtcTime>,
        created_at -> UtcTime,
        version -> Integer,
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
diesel::joinable!(changes -> levers (lever_id));
diesel::joinable!(change_plans -> changes (change_id));
diesel::joinable!(change_reach -> changes (change_id));
diesel::joinable!(change_notes -> people (author_id));
diesel::joinable!(council_members -> people (person_id));
diesel::joinable!(meetings -> councils (council_id));
diesel::joinable!(agenda_items -> changes (change_id));
diesel::joinable!(agenda_questions -> people (person_id));

diesel::allow_columns_to_appear_in_same_group_by_clause!(change_cases::change_id, cases::topic_id, feedback::topic_id);
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
    levers,
    change_plans,
    change_inputs,
    change_steps,
    change_notes,
    change_facts,
    change_quotes,
    quote_consents,
    change_people,
    change_reach,
    weight_sets,
    board_limits,
    councils,
    council_members,
    council_quorums,
    meetings,
    agenda_items,
    agenda_questions,
    attendances,
    council_votes,
    council_actions,
    minutes_addenda,
    digest_series,
    digest_editions,
    digest_items,
    digest_answers,
    thank_notes,
);

// Reach is counted per change and voice.
diesel::allow_columns_to_appear_in_same_group_by_clause!(change_cases::change_id, feedback::voice);
