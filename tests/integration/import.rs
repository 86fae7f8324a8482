//! Importing files: what is taken, what is refused, and what is left when it is cut short.

use crate::both;
use crate::support::World;
use chrono::{Duration, TimeZone, Utc};
use diesel::prelude::*;
use heard::db::schema::{cases, feedback, imports, journal, outbox, people, topics};
use heard::db::search;
use heard::db::types::{Doc, Ts};
use heard::feedback::import::{ImportArgs, Outcome, Progress, Report, command, import, mapping::Mapping, rehearse};
use heard::feedback::model::{Kind, Voice};
use heard::feedback::store::Feedback;
use heard::i18n::Lang;
use heard::web::viewer::Role;
use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A file of its own for one test.
fn file(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let folder = std::env::temp_dir().join("heard-tests").join(heard::id::secret());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    folder.join(name)
}

fn customers(set: &[&str]) -> Mapping {
    let mut mapping = Mapping::default();
    mapping.set("voice=customer").unwrap();
    set.iter().for_each(|value| mapping.set(value).unwrap());
    mapping
}

async fn run(world: &World, path: &Path, mapping: &Mapping) -> Report {
    import(&world.app, path, mapping, &|_| ControlFlow::Continue(())).await.unwrap()
}

fn counts(report: &Report) -> (u64, u64, u64, u64) {
    (report.rows, report.added, report.skipped, report.failed)
}

async fn everything(world: &World) -> Vec<Feedback> {
    world.read(|c| Ok(feedback::table.order(feedback::external_id).select(Feedback::as_select()).load(c)?)).await
}

/// Rows of every table that an import could touch.
async fn table_sizes(world: &World) -> Vec<i64> {
    world
        .read(|c| {
            Ok(vec![
                feedback::table.count().get_result(c)?,
                cases::table.count().get_result(c)?,
                journal::table.count().get_result(c)?,
                people::table.count().get_result(c)?,
                topics::table.count().get_result(c)?,
                imports::table.count().get_result(c)?,
                outbox::table.count().get_result(c)?,
                search::find(c, "a", 1_000_000)?.len() as i64,
            ])
        })
        .await
}

async fn found(world: &World, query: &'static str) -> usize {
    world.read(move |c| Ok(search::find(c, query, 1_000_000)?.len())).await
}

/// Rows `from..to` of a file with a column for the id.
fn numbered(range: std::ops::Range<u32>) -> String {
    let rows: String = range.map(|n| format!("A-{n},The app is slow {n}\n")).collect();
    format!("external_id,text\n{rows}")
}

both! {
    async fn a_russian_csv_is_taken_with_everything_it_says(world: World) {
        let text = "Текст;Тип;Тема;Дата;Почта;Имя;Оценка\r\n\
                    Приложение тормозит при оплате;жалоба;Мобильное приложение;15.09.2025;Anna@Example.ru;Анна;4\r\n\
                    Добавьте тёмную тему;идея;Мобильное приложение;;anna@example.ru;Анна П.;\r\n";
        let (cp1251, _, lost) = encoding_rs::WINDOWS_1251.encode(text);
        assert!(!lost);
        let path = file("отзывы.csv", cp1251);
        let mapping = Mapping::from_toml(
            "[map]\n'Текст' = 'text'\n'Тип' = 'kind'\n'Тема' = 'topic'\n'Дата' = 'received_at'\n\
             'Почта' = 'contact.email'\n'Имя' = 'contact.name'\n'Оценка' = 'scores.csat'\n\
             [set]\nvoice = 'customer'\nchannel = 'Store'\n[values.kind]\n'жалоба' = 'complaint'\n'идея' = 'idea'",
        )
        .unwrap();

        let report = run(&world, &path, &mapping).await;
        assert_eq!((report.encoding, counts(&report)), ("windows-1251", (2, 2, 0, 0)));
        assert_eq!(report.new_topics, ["Мобильное приложение"]);
        let rows = everything(&world).await;
        let first = &rows[0];
        assert_eq!((first.voice, first.kind, first.channel.as_str()), (Voice::Customer, Kind::Complaint, "store"));
        assert_eq!(
            (first.title.as_str(), first.lang, first.csat),
            ("Приложение тормозит при оплате", Lang::Ru, Some(4))
        );
        assert_eq!(*first.received_at, Utc.with_ymd_and_hms(2025, 9, 15, 0, 0, 0).unwrap());
        assert_eq!((*first.created_at, *rows[1].received_at), (world.now(), world.now()));
        assert!(first.topic_id.is_some() && first.topic_id == rows[1].topic_id);
        assert!(first.person_id.is_some() && first.person_id == rows[1].person_id);
        assert_eq!(found(&world, "приложения тормозят").await, 1);
        assert_eq!(found(&world, "темная").await, 1);
    }
}

both! {
    async fn history_sends_no_mail_and_claims_nothing(world: World) {
        let path = file(
            "a.json",
            r#"[
            {"text": "Open complaint", "status": "new", "received_at": "2020-01-02",
                "contact.email": "ann@example.org"},
            {"text": "Closed complaint", "status": "closed", "contact.email": "bob@example.org", "kind": "complaint"},
            {"text": "Nobody in particular"}
        ]"#,
        );
        assert_eq!(counts(&run(&world, &path, &customers(&[])).await), (3, 3, 0, 0));
        let rows = world
            .read(|c| {
                let mails: i64 = outbox::table.count().get_result(c)?;
                assert_eq!(mails, 0);
                let columns = (
                    cases::status,
                    cases::next_due,
                    cases::told_how,
                    cases::outcome,
                    cases::resolved_at,
                    feedback::anonymous,
                );
                let query = cases::table.inner_join(feedback::table).order(feedback::external_id).select(columns);
                Ok(query.load::<(String, Option<Ts>, Option<String>, Option<String>, Option<Ts>, bool)>(c)?)
            })
            .await;
        let promised = Some(Ts::from(world.now() + Duration::hours(48)));
        assert_eq!(rows[0], ("new".into(), promised, None, None, None, false));
        assert_eq!(rows[1], ("closed".into(), None, None, None, None, false));
        assert_eq!(rows[2], ("new".into(), promised, None, None, None, false));
        let events =
            world
                .read(|c| {
                    Ok(journal::table
                        .order(journal::id)
                        .select((journal::actor, journal::event, journal::data))
                        .load::<(String, String, Doc)>(c)?)
                })
                .await;
        let said: Vec<_> = events
            .iter()
            .map(|(actor, event, data)| (actor.as_str(), event.as_str(), data.0["closed"].as_bool()))
            .collect();
        let expected = [Some(false), Some(true), Some(false)].map(|closed| ("import", "received", closed));
        assert_eq!((&said[..3], said[3]), (&expected[..], ("import", "imported", None)));
    }
}

both! {
    async fn a_file_that_was_imported_adds_nothing(world: World) {
        let path = file("a.csv", "text\nSlow\nRude\nSlow\n");
        assert_eq!(counts(&run(&world, &path, &customers(&[])).await), (3, 3, 0, 0));
        let before = table_sizes(&world).await;
        for _ in 0..2 {
            let again = run(&world, &path, &customers(&["kind=idea"])).await;
            assert_eq!((again.outcome, again.added), (Outcome::AlreadyImported, 3));
            let rehearsed = rehearse(&world.app, &path, &customers(&[])).await.unwrap();
            assert_eq!(rehearsed.outcome, Outcome::AlreadyImported);
        }
        assert_eq!(table_sizes(&world).await, before);
    }
}

both! {
    async fn an_import_that_was_cut_short_goes_on_exactly(world: World) {
        // A bad row and a row of an earlier file in the part that is done twice if anything is.
        let rows = numbered(0..2500).replace("A-700,The app is slow 700\n", "A-700,\n");
        let path = file("big.csv", rows);
        run(&world, &file("earlier.csv", numbered(900..901)), &customers(&[])).await;

        let batches = Cell::new(0);
        let stop = |_: Progress| {
            batches.set(batches.get() + 1);
            if batches.get() < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let cut = import(&world.app, &path, &customers(&[]), &stop).await.unwrap();
        assert_eq!((cut.outcome, counts(&cut)), (Outcome::Interrupted, (2000, 1998, 1, 1)));
        let rehearsed = rehearse(&world.app, &path, &customers(&[])).await.unwrap();
        assert_eq!((rehearsed.done_before, counts(&rehearsed)), (2000, (500, 500, 0, 0)));

        let rest = run(&world, &path, &customers(&[])).await;
        assert_eq!((rest.outcome, rest.done_before, counts(&rest)), (Outcome::Finished, 2000, (500, 500, 0, 0)));
        let mut ids: Vec<String> = everything(&world).await.into_iter().filter_map(|row| row.external_id).collect();
        let mut expected: Vec<String> = (0..2500).filter(|n| *n != 700).map(|n| format!("A-{n}")).collect();
        ids.sort();
        expected.sort();
        assert_eq!(ids, expected);
        assert_eq!(found(&world, "slow").await, 2499);
        let again = run(&world, &path, &customers(&[])).await;
        assert_eq!((again.outcome, counts(&again)), (Outcome::AlreadyImported, (2500, 2498, 1, 1)));
    }
}

both! {
    async fn two_processes_do_not_import_a_file_twice(world: World) {
        let path = file("big.csv", numbered(0..1500));
        let mapping = customers(&[]);
        let go_on = |_| ControlFlow::Continue(());
        let (one, two) = futures_util::join!(
            import(&world.app, &path, &mapping, &go_on),
            import(&world.app, &path, &mapping, &go_on)
        );
        assert!(one.is_ok() || two.is_ok());
        run(&world, &path, &mapping).await;
        assert_eq!(everything(&world).await.len(), 1500);
    }
}

both! {
    async fn what_another_file_brought_is_not_taken_again(world: World) {
        run(&world, &file("january.csv", numbered(0..30)), &customers(&[])).await;
        let report = run(&world, &file("february.csv", numbered(20..50)), &customers(&[])).await;
        assert_eq!(counts(&report), (30, 20, 10, 0));
        // The same number from elsewhere is something else; the same within a file is not.
        let twice = file("march.csv", format!("{}A-7,Again\n", numbered(7..8)));
        let report = run(&world, &twice, &customers(&["channel=survey"])).await;
        assert_eq!(counts(&report), (2, 1, 1, 0));
        // Without numbers, the same words are another person's.
        run(&world, &file("x.csv", "text\nGood\n"), &customers(&[])).await;
        let report = run(&world, &file("y.csv", "text\nGood\nGood\n"), &customers(&[])).await;
        assert_eq!(counts(&report), (2, 2, 0, 0));
    }
}

both! {
    async fn rows_that_are_wrong_are_named_and_the_others_go_on(world: World) {
        let path = file(
            "a.csv",
            "text,kind,scores.nps\nFine,idea,9\n\"Two\nlines\",rant,11\n,idea,\nToo,few\nGood,praise,10\n",
        );
        let report = run(&world, &path, &customers(&[])).await;
        assert_eq!(counts(&report), (5, 2, 0, 3));
        let lines: Vec<u64> = report.problems.iter().map(|p| p.line).collect();
        assert_eq!(lines, [3, 5, 6]);
        assert!(report.problems[0].message.contains("'rant'") && report.problems[0].message.contains("'11'"));
        let mut text = Vec::new();
        report.write_text(&mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("  line 5: text: is empty\n") && text.contains("Added 2 of 5 rows"), "{text}");
    }
}

both! {
    async fn a_mapping_that_took_nothing_can_be_put_right(world: World) {
        let path = file("a.csv", "text,kind\nSlow,bad\nRude,bad\n");
        assert_eq!(counts(&run(&world, &path, &customers(&[])).await), (2, 0, 0, 2));
        let report = run(&world, &path, &customers(&["kind=complaint"])).await;
        assert_eq!((report.outcome, counts(&report)), (Outcome::Finished, (2, 2, 0, 0)));
    }
}

both! {
    async fn a_rehearsal_changes_nothing_and_tells_what_would_happen(world: World) {
        run(&world, &file("earlier.csv", numbered(0..1)), &customers(&[])).await;
        let before = table_sizes(&world).await;
        let mut rows = numbered(0..1200).replace("external_id,text", "external_id,text,topic,contact.email");
        rows = rows
            .lines()
            .map(|row| if row.starts_with('A') { format!("{row},App,ann@example.org\n") } else { format!("{row}\n") })
            .collect();
        rows.push_str("A-1200,,App,\nA-3,Again,App,\n");
        let path = file("a.csv", rows);
        let report = rehearse(&world.app, &path, &customers(&[])).await.unwrap();
        assert_eq!((report.outcome, counts(&report)), (Outcome::Rehearsed, (1202, 1199, 2, 1)));
        assert_eq!(
            (report.sample.len(), report.sample[0].line, report.sample[0].from.as_str()),
            (5, 3, "ann@example.org")
        );
        assert_eq!((report.new_topics.as_slice(), report.problems[0].line), (&["App".to_owned()][..], 1202));
        assert_eq!(table_sizes(&world).await, before);

        let done = run(&world, &path, &customers(&[])).await;
        assert_eq!(
            (counts(&done), &done.new_topics, &done.problems),
            (counts(&report), &report.new_topics, &report.problems)
        );
    }
}

both! {
    async fn a_file_that_cannot_be_used_changes_nothing(world: World) {
        let before = table_sizes(&world).await;
        let broken = file("broken.json", r#"[{"text": "fine"}, {"text": "#);
        let fine = file("fine.csv", "text\nSlow\n");
        let go_on = |_: Progress| ControlFlow::Continue(());
        for (path, mapping) in
            [(&broken, customers(&[])), (&fine, Mapping::default()), (&fine.with_file_name("none"), customers(&[]))]
        {
            let error = import(&world.app, path, &mapping, &go_on).await.unwrap_err().to_string();
            assert!(error.contains(&path.display().to_string()), "{error}");
        }
        assert_eq!(table_sizes(&world).await, before);
    }
}

both! {
    async fn anonymous_rows_leave_no_time_no_order_and_no_name(world: World) {
        let rows: String =
            (0..40).map(|n| format!("R-{n},Words {n},2024-03-05T14:{n:02}:07Z,ann@example.org,yes\n")).collect();
        let path = file("a.csv", format!("external_id,text,received_at,contact.email,anonymous\n{rows}"));
        assert_eq!(counts(&run(&world, &path, &customers(&[])).await), (40, 40, 0, 0));

        let stored =
            world.read(|c| Ok(feedback::table.order(feedback::id).select(Feedback::as_select()).load(c)?)).await;
        let day = Utc.with_ymd_and_hms(2024, 3, 5, 0, 0, 0).unwrap();
        let today = Utc.with_ymd_and_hms(2026, 11, 23, 0, 0, 0).unwrap();
        assert!(stored.iter().all(|row| row.anonymous && row.person_id.is_none()));
        assert!(stored.iter().all(|row| (*row.received_at, *row.created_at) == (day, today)));
        assert!(stored.iter().all(|row| row.external_id.as_ref().is_some_and(|id| !id.contains("R-"))));
        let numbers: Vec<u32> = stored.iter().map(|row| row.text[6..].parse().unwrap()).collect();
        assert!(!numbers.is_sorted(), "keys follow the file");

        let events: Vec<(i64, Ts)> = world
            .read(|c| {
                Ok(journal::table
                    .filter(journal::event.eq("received"))
                    .select((journal::subject_id, journal::at))
                    .order(journal::id)
                    .load(c)?)
            })
            .await;
        assert!(events.iter().all(|(_, at)| **at == today));
        assert_ne!(
            events.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            stored.iter().map(|row| row.id).collect::<Vec<_>>()
        );
        let people: i64 = world.read(|c| Ok(people::table.count().get_result(c)?)).await;
        assert_eq!(people, 0);

        // Known again in another file, by what the source calls them.
        let again = file("b.csv", "external_id,text,anonymous\nR-3,Words,yes\nR-99,New words,yes\n");
        assert_eq!(counts(&run(&world, &again, &customers(&[])).await), (2, 1, 1, 0));
        // Without a number of its own, no line number stands in.
        run(&world, &file("c.csv", "text,anonymous\nSecret,yes\n"), &customers(&[])).await;
        let unnumbered: i64 =
            world.read(|c| Ok(feedback::table.filter(feedback::external_id.is_null()).count().get_result(c)?)).await;
        assert_eq!(unnumbered, 1);
    }
}

both! {
    async fn contacts_are_people_once(world: World) {
        let ann = world.person("Ann", Role::Employee).await;
        let path = file(
            "a.csv",
            "text,contact.email,contact.name,contact.locale\n\
            One,ANN@heard.example,Somebody,\nTwo,bob@example.org,Bob,ru-RU\nThree,Bob@example.org,,\n",
        );
        run(&world, &path, &customers(&[])).await;
        run(
            &world,
            &file("b.csv", "text,contact.email\nFour,bob@example.org\nПять,vera@example.org\n"),
            &customers(&[]),
        )
        .await;
        let known = world
            .read(|c| {
                Ok(people::table
                    .order(people::email)
                    .select((people::id, people::email, people::name, people::lang, people::role))
                    .load::<(i64, Option<String>, String, Lang, String)>(c)?)
            })
            .await;
        let said: Vec<_> = known.iter().map(|p| (p.1.as_deref().unwrap(), p.2.as_str(), p.3, p.4.as_str())).collect();
        assert_eq!(
            said,
            [
                ("ann@heard.example", "Ann", Lang::En, "employee"),
                ("bob@example.org", "Bob", Lang::Ru, "contact"),
                ("vera@example.org", "", Lang::Ru, "contact"),
            ]
        );
        let of = |id: i64| {
            world.read(move |c| Ok(feedback::table.filter(feedback::person_id.eq(id)).count().get_result::<i64>(c)?))
        };
        assert_eq!((of(ann.id).await, of(known[1].0).await), (1, 3));
    }
}

both! {
    async fn topics_are_found_by_name_and_not_made_without_end(world: World) {
        world
            .write(|c| {
                let row = (
                    topics::id.eq(7),
                    topics::slug.eq("pay"),
                    topics::name_en.eq("Pay"),
                    topics::name_ru.eq("Зарплата"),
                    topics::position.eq(4),
                );
                diesel::insert_into(topics::table).values(row).execute(c)?;
                Ok(())
            })
            .await;
        let rows: String = (0..230).map(|n| format!("Words,Topic {n}\n")).collect();
        let path = file("a.csv", format!("text,topic\nWords,зарплата\nWords,PAY\n{rows}"));
        let report = run(&world, &path, &customers(&[])).await;
        assert_eq!(counts(&report), (232, 202, 0, 30));
        assert_eq!((report.problems[0].line, report.new_topics.len()), (204, 200));
        let (paid, last): (i64, Option<i32>) = world
            .read(|c| {
                Ok((
                    feedback::table.filter(feedback::topic_id.eq(7)).count().get_result(c)?,
                    topics::table.select(diesel::dsl::max(topics::position)).first(c)?,
                ))
            })
            .await;
        assert_eq!((paid, last), (2, Some(204)));
    }
}

both! {
    async fn the_command_reads_its_mapping_and_reports(world: World) {
        let path = file(
            "a.jsonl",
            "{\"Message\": \"Slow\", \"Product\": \"Card\"}\n{\"Message\": \"\", \"Product\": \"Loan\"}\n",
        );
        let mapping = file("m.toml", "[map]\nMessage = 'text'\n[set]\nvoice = 'employee'");
        let args = ImportArgs {
            file: path,
            mapping: Some(mapping),
            map: vec!["Product=topic".into()],
            set: vec!["voice=customer".into()],
            date_format: vec!["%d.%m.%Y".into()],
            dry_run: true,
            json: false,
        };
        let mut out = Vec::new();
        command(&world.app, args.clone(), &mut out).await.unwrap();
        let text = String::from_utf8(std::mem::take(&mut out)).unwrap();
        assert!(text.contains("Would add 1 of 2 rows; already there 0, with errors 1."), "{text}");
        assert!(text.contains("New topics: Card.") && text.contains("nothing was changed"), "{text}");

        command(&world.app, ImportArgs { dry_run: false, json: true, ..args }, &mut out).await.unwrap();
        let report: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(
            (&report["outcome"], &report["added"], &report["problems"][0]["line"]),
            (&"finished".into(), &1.into(), &2.into())
        );
    }
}

both! {
    async fn imported_cases_can_be_worked(world: World) {
        let admin = world.person("Ann", Role::Admin).await;
        let rows = "text,status,anonymous,contact.email\nOpen,new,,bob@example.org\nClosed,closed,,bob@example.org\n\
                    Nobody,new,,\nSecret,new,yes,\nSecret and closed,closed,yes,\n";
        run(&world, &file("a.csv", rows), &customers(&[])).await;
        for row in everything(&world).await {
            let page = admin.get(&format!("/cases/{}", row.reference)).await.expect(200);
            page.says(&row.title);
        }
        admin.get("/cases?view=unassigned").await.expect(200).says("Nobody").says("Secret");
    }
}
