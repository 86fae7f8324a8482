//! How many people stand behind each change: the kept sums, and how they are checked against what is linked.

use super::model::Reach;
use crate::cases::standing::{self, Speaker};
use crate::db::Conn;
use crate::db::schema::change_reach;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;
use std::collections::HashMap;

/// A case was linked to a change: in the transaction that links it.
pub fn linked(c: &mut Conn, change_id: i64, case_id: i64) -> QueryResult<()> {
    let speaker = Speaker::of(c, case_id)?;
    standing::enter(c, change_id, speaker)
}

/// A link was taken back: in the same transaction.
pub fn unlinked(c: &mut Conn, change_id: i64, case_id: i64) -> QueryResult<()> {
    let speaker = Speaker::of(c, case_id)?;
    standing::leave(c, change_id, speaker)
}

/// Who stands behind these changes; a change without any case may be missing.
pub fn kept(c: &mut Conn, change_ids: &[i64]) -> QueryResult<HashMap<i64, Reach>> {
    let rows: Vec<(i64, Sums)> = change_reach::table
        .filter(change_reach::change_id.eq_any(change_ids.to_vec()))
        .select((change_reach::change_id, Sums::as_select()))
        .load(c)?;
    Ok(rows.into_iter().map(|(id, sums)| (id, sums.into())).collect())
}

/// The sums as they are stored.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = change_reach)]
pub struct Sums {
    people: i32,
    employees: i32,
    customers: i32,
    machines: i32,
    cases: i32,
}

#[cfg(test)]
impl Sums {
    /// So many employees with a case each.
    pub fn of_people(people: i32) -> Sums {
        Sums { people, employees: people, customers: 0, machines: 0, cases: people }
    }
}

impl From<Sums> for Reach {
    fn from(sums: Sums) -> Reach {
        Reach {
            people: sums.people.into(),
            employees: sums.employees.into(),
            customers: sums.customers.into(),
            machines: sums.machines.into(),
            cases: sums.cases.into(),
        }
    }
}

/// Who stands behind each change, counted anew from what is linked.
const COUNTED_PEOPLE: &str = "select change_cases.change_id as change_id,
        case when feedback.machine then 'machine' else feedback.voice end as voice,
        coalesce(feedback.person_id, feedback.id) as person, count(*) as cases
    from change_cases join feedback on feedback.id = change_cases.case_id
    group by change_cases.change_id, case when feedback.machine then 'machine' else feedback.voice end,
        coalesce(feedback.person_id, feedback.id)";

/// The sums of `change_people`.
const COUNTED_SUMS: &str = "select change_id, count(distinct case when voice <> 'machine' then person end) as people,
        count(case when voice = 'employee' then 1 end) as employees,
        count(case when voice = 'customer' then 1 end) as customers,
        count(case when voice = 'machine' then 1 end) as machines, sum(cases) as cases
    from change_people group by change_id";

const KEPT_PEOPLE: &str = "select change_id, voice, person, cases from change_people";
/// A change that lost its last case keeps a row of nothing.
const KEPT_SUMS: &str =
    "select change_id, people, employees, customers, machines, cases from change_reach where cases <> 0 or people <> 0";

#[derive(QueryableByName)]
struct Off {
    #[diesel(sql_type = BigInt)]
    change_id: i64,
}

/// The changes whose kept sums are not what counting anew gives. Reads every link.
pub fn differing(c: &mut Conn) -> QueryResult<Vec<i64>> {
    let sides = [
        (COUNTED_PEOPLE, KEPT_PEOPLE),
        (KEPT_PEOPLE, COUNTED_PEOPLE),
        (COUNTED_SUMS, KEPT_SUMS),
        (KEPT_SUMS, COUNTED_SUMS),
    ];
    let without = |(these, those)| {
        format!("select change_id from (select * from ({these}) a except select * from ({those}) b) d")
    };
    let off: Vec<Off> = sql_query(sides.map(without).join(" union ")).load(c)?;
    Ok(off.into_iter().map(|off| off.change_id).collect())
}

/// Counts everything anew and keeps that.
pub fn rebuild(c: &mut Conn) -> QueryResult<()> {
    sql_query("delete from change_people").execute(c)?;
    sql_query("delete from change_reach").execute(c)?;
    sql_query(format!("insert into change_people (change_id, voice, person, cases) {COUNTED_PEOPLE}")).execute(c)?;
    let sums = "insert into change_reach (change_id, people, employees, customers, machines, cases)";
    sql_query(format!("{sums} {COUNTED_SUMS}")).execute(c).map(|_| ())
}
