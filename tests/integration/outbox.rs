//! The outbox over both databases: who is not written to, what waits, and what admins see of it.

use crate::both;
use chrono::Duration;
use heard::mail::undeliverable::{self, Kind};

both! {
    async fn bounces_are_counted_by_address(world: World) {
        let now = world.now();
        let stopped = |address: &'static str, kind, day| {
            world.write(move |c| Ok(undeliverable::note(c, address, kind, "5.0.0 no", now + Duration::days(day))?))
        };
        assert!(stopped("Ann@Example.com", Kind::Hard, 0).await);
        assert!(!stopped("ann@example.com", Kind::Hard, 1).await, "told once");
        for day in 0..5 {
            assert!(!stopped("bob@example.com", Kind::Soft, day).await);
            assert!(!stopped("bob@example.com", Kind::Soft, day).await);
        }
        assert!(stopped("bob@example.com", Kind::Soft, 5).await);
        let known = world.write(|c| Ok(undeliverable::find(c, "BOB@example.com")?)).await.unwrap();
        assert_eq!((known.points, known.said.as_str()), (30, "5.0.0 no"));
        assert!(world.write(|c| Ok(undeliverable::lift(c, "Bob@example.com")?)).await);
        assert!(!world.write(|c| Ok(undeliverable::lift(c, "bob@example.com")?)).await);
    }
}
