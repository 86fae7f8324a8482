//! Who may sit in a meeting, for whom, and whether enough are there. Pure.

use crate::council::model::Seat;
use crate::council::store::Member;
use crate::error::{Error, Result};
use serde::Serialize;

/// A seat that is taken: whose it is, and who sits there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present {
    pub member_id: i64,
    pub person_id: i64,
    pub seat: Seat,
}

/// The members a person may sit in for: first themselves, then whoever named them as delegate. A delegate has no
/// delegate: only who is named in the member's own row sits in for them.
pub fn seats_of(members: &[Member], person: i64) -> Vec<&Member> {
    let own = members.iter().filter(|member| member.person_id == person);
    let lent = members.iter().filter(|member| member.person_id != person && member.delegate_id == Some(person));
    own.chain(lent).collect()
}

/// Whether a person may take a member's seat now; the seat if so.
pub fn take(members: &[Member], present: &[Present], person: i64, member_id: i64) -> Result<Seat> {
    let member = seats_of(members, person).into_iter().find(|member| member.person_id == member_id);
    let member = member.ok_or(Error::Forbidden)?;
    if present.iter().any(|there| there.person_id == person && there.member_id != member_id) {
        return Err(Error::Conflict("error-one-seat-each"));
    }
    let holder = present.iter().find(|there| there.member_id == member_id).map(|there| there.person_id);
    match holder {
        // The member comes late: the seat is theirs. The other way round it is not.
        Some(holder) if holder == member_id && holder != person => Err(Error::Conflict("error-member-is-here")),
        _ => Ok(member.seat),
    }
}

/// Whose vote a person casts: the seat they hold at this moment.
pub fn seat_held(present: &[Present], person: i64) -> Option<Present> {
    present.iter().copied().find(|there| there.person_id == person)
}

/// Whether a person may hold the chair: a member who chairs, or their delegate.
pub fn may_chair(members: &[Member], person: i64) -> bool {
    members.iter().any(|member| member.chair && (member.person_id == person || member.delegate_id == Some(person)))
}

/// Whether a person belongs to the council, by themselves or for somebody.
pub fn belongs(members: &[Member], person: i64) -> bool {
    !seats_of(members, person).is_empty()
}

/// How many of a seat are there, of how many, and how many it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Strength {
    pub seat: Seat,
    pub present: usize,
    pub members: usize,
    pub needed: usize,
}

impl Strength {
    pub fn is_enough(&self) -> bool {
        self.present >= self.needed
    }
}

/// Every seat that has members or is asked for, in the order of [`Seat`].
pub fn strengths(members: &[Member], present: &[Present], needed: &[(Seat, i32)]) -> Vec<Strength> {
    let strength = |&seat: &Seat| Strength {
        seat,
        present: present.iter().filter(|there| there.seat == seat).count(),
        members: members.iter().filter(|member| member.seat == seat).count(),
        needed: needed
            .iter()
            .find(|(asked, _)| *asked == seat)
            .map_or(0, |(_, n)| usize::try_from(*n).unwrap_or_default()),
    };
    let all = Seat::ALL.iter().map(strength);
    all.filter(|strength| strength.members > 0 || strength.needed > 0).collect()
}

/// Whether what is decided now is decided. An empty room decides nothing.
pub fn is_met(strengths: &[Strength]) -> bool {
    strengths.iter().all(Strength::is_enough) && strengths.iter().any(|strength| strength.present > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PETR: i64 = 1;
    const OLGA: i64 = 2;
    const MARTA: i64 = 3;
    const IVAN: i64 = 4;

    fn member(person_id: i64, seat: Seat, delegate_id: Option<i64>) -> Member {
        Member { council_id: 9, person_id, seat, chair: person_id == PETR, delegate_id, feed_hash: None }
    }

    /// Olga sits in for Petr, Ivan for Olga.
    fn council() -> Vec<Member> {
        vec![
            member(PETR, Seat::Operations, Some(OLGA)),
            member(OLGA, Seat::Quality, Some(IVAN)),
            member(MARTA, Seat::FrontLine, None),
        ]
    }

    fn there(person_id: i64, member_id: i64, seat: Seat) -> Present {
        Present { member_id, person_id, seat }
    }

    fn refused(result: Result<Seat>) -> &'static str {
        match result {
            Err(Error::Conflict(key)) => key,
            Err(Error::Forbidden) => "forbidden",
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_delegate_sits_in_and_makes_room_for_the_member() {
        let council = council();
        assert_eq!(take(&council, &[], IVAN, OLGA).unwrap(), Seat::Quality);
        let ivan = [there(IVAN, OLGA, Seat::Quality)];
        assert_eq!(take(&council, &ivan, OLGA, OLGA).unwrap(), Seat::Quality, "the member comes late");
        let olga = [there(OLGA, OLGA, Seat::Quality)];
        assert_eq!(refused(take(&council, &olga, IVAN, OLGA)), "error-member-is-here");
        assert_eq!(take(&council, &olga, OLGA, OLGA).unwrap(), Seat::Quality, "a second phone");
    }

    #[test]
    fn the_delegate_of_a_delegate_has_no_seat() {
        let council = council();
        assert_eq!(refused(take(&council, &[], IVAN, PETR)), "forbidden");
        assert_eq!(seats_of(&council, OLGA).iter().map(|m| m.person_id).collect::<Vec<_>>(), [OLGA, PETR]);
        assert!(may_chair(&council, OLGA), "in for the one who chairs");
        assert!(!may_chair(&council, IVAN) && !may_chair(&council, MARTA));
    }

    #[test]
    fn nobody_holds_two_seats() {
        let council = council();
        let olga = [there(OLGA, OLGA, Seat::Quality)];
        assert_eq!(refused(take(&council, &olga, OLGA, PETR)), "error-one-seat-each");
        assert_eq!(seat_held(&olga, OLGA).map(|seat| seat.member_id), Some(OLGA));
        assert_eq!(seat_held(&olga, IVAN), None);
    }

    #[test]
    fn each_seat_has_a_quorum_of_its_own() {
        let (council, needed) = (council(), [(Seat::Operations, 1), (Seat::Wfm, 1)]);
        let petr = [there(PETR, PETR, Seat::Operations)];
        let strengths = strengths(&council, &petr, &needed);
        assert_eq!(strengths.len(), 4, "three with members and one that is asked for");
        assert!(strengths[0].is_enough() && !strengths[2].is_enough());
        assert!(!is_met(&strengths), "nobody speaks for workforce management");
        assert!(is_met(&super::strengths(&council, &petr, &needed[..1])));
        assert!(!is_met(&super::strengths(&council, &[], &[])), "an empty room");
    }
}
