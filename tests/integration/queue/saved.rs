//! Filters of one's own.

use super::came;
use crate::both;
use heard::web::viewer::Role;

both! {
    async fn a_filter_is_kept_counted_renamed_and_deleted(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        came(&world, "One complaint.").await;
        let query = "view=open&kind=complaint&surprise=1&after=x";
        marta.get(&format!("/cases?{}", "view=open&kind=complaint")).await.expect(200).says("action=\"/cases/filters\"");
        marta.post("/cases/filters", &[("name", " "), ("query", query)]).await.expect(422).says("name-error");
        marta.post("/cases/filters", &[("name", &"x".repeat(61)), ("query", query)]).await.expect(422).says("60");
        let kept = marta.post("/cases/filters", &[("name", "<b>Жалобы</b>"), ("query", query)]).await.expect(303);
        assert_eq!(kept.location(), "/cases?view=open&kind=complaint", "only what we know is kept");
        marta.post("/cases/filters", &[("name", "<b>Жалобы</b>"), ("query", query)]).await.expect(422).says("in use already");
        let page = marta.get("/cases").await.expect(200).says("&lt;b&gt;Жалобы&lt;/b&gt;");
        let id = page.body.split("data-count=\"saved.").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let counted = marta.get("/cases/counts").await.expect(200).json();
        assert_eq!(counted["saved"][&id], "1");

        let petr = world.person("Petr", Role::Council).await;
        assert!(!petr.get("/cases").await.expect(200).body.contains("Жалобы"));
        petr.post(&format!("/cases/filters/{id}"), &[("name", "Mine now")]).await.expect(404);
        petr.post(&format!("/cases/filters/{id}/deletion"), &[]).await.expect(404);
        marta.post(&format!("/cases/filters/{id}"), &[("name", "")]).await.expect(422).says("name-error");
        marta.post(&format!("/cases/filters/{id}"), &[("name", "Complaints")]).await.expect(303);
        marta.get("/cases/filters").await.expect(200).says("Complaints");
        marta.post(&format!("/cases/filters/{id}/deletion"), &[]).await.expect(303);
        marta.get("/cases/filters").await.expect(200).says("You have kept no list yet");
    }
}

both! {
    async fn thirty_is_enough(world: World) {
        let marta = world.person("Marta", Role::Owner).await;
        for n in 0..30 {
            marta.post("/cases/filters", &[("name", &format!("List {n}")), ("query", "view=open")]).await.expect(303);
        }
        marta.post("/cases/filters", &[("name", "One more"), ("query", "view=open")]).await.expect(422).says("30");
        marta.get("/cases").await.expect(200).says("List 29");
        world.person("Emil", Role::Employee).await.get("/cases/filters").await.expect(403);
    }
}
