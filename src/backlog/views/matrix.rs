//! EX against CX: where every change lies, and how large it is drawn. Pure; the page turns it into a drawing and its table.
//!
//! Both impacts are whole numbers, so many changes lie on one point: each point is a cell, and what lies in it is laid out
//! side by side, the highest score in the middle.

use super::arrange::Scored;

/// Impacts go from 0 to this.
pub const TOP: i16 = 5;
/// The side of a cell; bubbles never leave it.
pub const CELL: f64 = 120.0;
/// How many bubbles fit in a cell and can still be told apart.
pub const MOST_IN_CELL: usize = 9;

const SMALLEST: f64 = 12.0;
const LARGEST: f64 = 26.0;

/// One change on the drawing, which has its origin at the upper left.
#[derive(Debug)]
pub struct Bubble {
    pub one: Scored,
    pub x: f64,
    pub y: f64,
    pub r: f64,
}

/// Changes of one point that no bubble shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    pub ex: i16,
    pub cx: i16,
    pub n: usize,
}

/// What is drawn, and what there is no room for.
#[derive(Debug)]
pub struct Matrix {
    pub bubbles: Vec<Bubble>,
    pub rest: Vec<Rest>,
}

/// The upper left corner of the cell of this point: CX grows to the right, EX upwards.
pub fn corner(ex: i16, cx: i16) -> (f64, f64) {
    (f64::from(cx) * CELL, f64::from(TOP - ex) * CELL)
}

/// Lays out changes that come in the order of their scores.
pub fn lay_out(scored: Vec<Scored>) -> Matrix {
    let most = scored.iter().map(|one| one.row.reach().people).max().unwrap_or(0);
    let mut cells: Vec<Vec<Scored>> = (0..36).map(|_| Vec::new()).collect();
    for one in scored {
        let (ex, cx) = (one.row.ex.clamp(0, TOP), one.row.cx.clamp(0, TOP));
        cells[(ex * (TOP + 1) + cx) as usize].push(one);
    }
    let mut matrix = Matrix { bubbles: Vec::new(), rest: Vec::new() };
    for (index, mut cell) in cells.into_iter().enumerate() {
        let (ex, cx) = (index as i16 / (TOP + 1), index as i16 % (TOP + 1));
        let beyond = cell.len().saturating_sub(MOST_IN_CELL);
        cell.truncate(MOST_IN_CELL);
        if beyond > 0 {
            matrix.rest.push(Rest { ex, cx, n: beyond });
        }
        let radii: Vec<f64> = cell.iter().map(|one| radius(one.row.reach().people, most)).collect();
        let places = places(&radii);
        let (left, top) = corner(ex, cx);
        let bubbles = cell.into_iter().zip(radii).zip(places);
        matrix.bubbles.extend(bubbles.map(|((one, r), (x, y, shrink))| Bubble {
            one,
            x: left + x,
            y: top + y,
            r: r * shrink,
        }));
    }
    matrix
}

/// The area stands for the people behind a change.
fn radius(people: i64, most: i64) -> f64 {
    let share = if most > 0 { people as f64 / most as f64 } else { 0.0 };
    SMALLEST + (LARGEST - SMALLEST) * share.max(0.0).sqrt()
}

/// Where bubbles of these sizes stand in their cell, and by how much they have to shrink to fit: one alone in the middle,
/// more on a grid.
fn places(radii: &[f64]) -> Vec<(f64, f64, f64)> {
    let across = (1..).find(|n| n * n >= radii.len()).unwrap_or(1);
    let down = radii.len().div_ceil(across).max(1);
    let (wide, high) = (CELL / across as f64, CELL / down as f64);
    let room = wide.min(high) / 2.0 - 2.0;
    let place = |(index, r): (usize, &f64)| {
        let (column, line) = (index % across, index / across);
        let (x, y) = ((column as f64 + 0.5) * wide, (line as f64 + 0.5) * high);
        (x, y, (room / r).min(1.0))
    };
    radii.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bubbles_stay_in_their_cell_and_never_touch(people in proptest::collection::vec(0i64..1_000_000, 0..=MOST_IN_CELL)) {
            let most = people.iter().copied().max().unwrap_or(0);
            let radii: Vec<f64> = people.iter().map(|n| radius(*n, most)).collect();
            let drawn: Vec<(f64, f64, f64)> =
                places(&radii).into_iter().zip(&radii).map(|((x, y, shrink), r)| (x, y, r * shrink)).collect();
            for (i, (x, y, r)) in drawn.iter().enumerate() {
                prop_assert!(*r > 0.0 && x - r >= 0.0 && x + r <= CELL && y - r >= 0.0 && y + r <= CELL);
                for (other_x, other_y, other_r) in &drawn[i + 1..] {
                    prop_assert!((x - other_x).hypot(y - other_y) >= r + other_r);
                }
            }
        }
    }

    #[test]
    fn more_people_are_more_area() {
        assert!((radius(0, 0) - SMALLEST).abs() < 1e-9);
        assert!((radius(100, 100) - LARGEST).abs() < 1e-9);
        assert!(radius(25, 100) < radius(26, 100));
    }
}
