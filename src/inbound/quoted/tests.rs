use super::fold;
use rstest::rstest;

#[rstest]
#[case::gmail(
    "It broke again.\n\nOn Mon, 23 Nov 2026 at 10:00, Heard <feedback@acme.org> wrote:\n\n> We fixed it.\n> Did it help?\n",
    "It broke again."
)]
#[case::gmail_wrapped(
    "It broke again.\n\nOn Mon, 23 Nov 2026 at 10:00, Heard of the Acme Company\n<feedback+0a1b2c3d@acme.org> wrote:\n\n> We fixed it.\n",
    "It broke again."
)]
#[case::gmail_russian(
    "Снова сломалось.\n\nпн, 23 нояб. 2026 г. в 10:00, Heard <feedback@acme.org>:\n\n> Мы починили.\n",
    "Снова сломалось."
)]
#[case::gmail_russian_wrapped(
    "Снова сломалось.\n\nпн, 23 нояб. 2026 г. в 10:00, Очень длинное имя отправителя\n<feedback@acme.org>:\n\n> Мы починили.\n",
    "Снова сломалось."
)]
#[case::apple(
    "No, it did not.\n\nSent from my iPhone\n\n> On 23 Nov 2026, at 10:00, Heard <f@acme.org> wrote:\n> \n> We fixed it.",
    "No, it did not."
)]
#[case::apple_russian(
    "Нет, не помогло.\n\nОтправлено с iPhone\n\n> 23 нояб. 2026 г., в 10:00, Heard <f@acme.org> написал(а):\n> \n> Мы починили.",
    "Нет, не помогло."
)]
#[case::thunderbird_below(
    "On 23/11/2026 10:00, Heard wrote:\n> We fixed it.\n> Did it help?\n\nNo, it did not.\nIt is still slow.",
    "No, it did not.\nIt is still slow."
)]
#[case::thunderbird_russian("Не помогло.\n\n23.11.2026 10:00, Heard пишет:\n> Мы починили.\n", "Не помогло.")]
#[case::yandex("Не помогло.\n\n23.11.2026, 10:00, \"Heard\" <f@acme.org>:\n> Мы починили.\n", "Не помогло.")]
#[case::mail_ru(
    "Не помогло.\n\n \n>Понедельник, 23 ноября 2026, 10:00 +03:00 от Heard <f@acme.org>:\n>\n>Мы починили.\n",
    "Не помогло."
)]
#[case::mail_ru_unmarked(
    "Не помогло.\n\nПонедельник, 23 ноября 2026, 10:00 +03:00 от Heard <f@acme.org>:\n \nМы починили.\n",
    "Не помогло."
)]
#[case::outlook(
    "Still slow.\n\n________________________________\nFrom: Heard <f@acme.org>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Ann <ann@acme.org>\nSubject: We fixed it\n\nWe fixed it.",
    "Still slow."
)]
#[case::outlook_russian(
    "Всё ещё медленно.\n\nОт: Heard <f@acme.org>\nОтправлено: понедельник, 23 ноября 2026 г. 10:00\nКому: Анна\nТема: Починили\n\nМы починили.",
    "Всё ещё медленно."
)]
#[case::outlook_bold(
    "Still slow.\n\n*From:* Heard <f@acme.org>\n*Sent:* Monday 10:00\n*To:* Ann\n*Subject:* x\n\nWe fixed it.",
    "Still slow."
)]
#[case::outlook_old("Still slow.\n\n-----Original Message-----\nFrom: Heard\nWe fixed it.", "Still slow.")]
#[case::outlook_old_russian("Медленно.\n\n-------- Исходное сообщение --------\nОт: Heard\n\nПочинили.", "Медленно.")]
#[case::android(
    "Hello\n\n02.04.2012 14:20 пользователь \"bob@example.com\" <\nbob@example.com> написал:\n\n> Hi",
    "Hello"
)]
#[case::signature("Still slow.\n-- \nAnn Smith\nAcme", "Still slow.")]
#[case::bare_quote("Still slow.\n\n> We fixed it.\n> Did it help?", "Still slow.")]
#[case::phone("Ок, спасибо\n\nОтправлено из мобильной Почты Mail.ru", "Ок, спасибо")]
fn quotes_are_folded_away(#[case] body: &str, #[case] new: &str) {
    let (text, quoted) = fold(body);
    assert_eq!(text, new);
    assert!(quoted.is_some_and(|quoted| !quoted.is_empty()));
}

#[rstest]
#[case::plain("Hello,\n\nthe parcel never came.\n\nAnn")]
#[case::only_a_quote("> We fixed it.\n> Did it help?")]
#[case::a_quotation("Your agent wrote:\n\"go away\"\nThat is no way to talk.")]
#[case::on_a_day("On Monday your agent wrote:\nwe do not care.\nI want my money back.")]
#[case::between("On 23/11/2026 10:00, Heard wrote:\n> Is it slow?\nYes.\n> Is it red?\nNo.")]
#[case::between_below_a_greeting("Hi,\n\nOn 23/11/2026 10:00, Heard wrote:\n> Is it slow?\nYes.\n> Is it red?\nNo.")]
#[case::a_form("From: Berlin\nTo: Hamburg\nThe train was late.")]
#[case::dashes("Two things\n---\nare wrong")]
#[case::forwarded("---------- Forwarded message ---------\nFrom your shop: no refunds.")]
fn what_is_no_quote_stays(#[case] body: &str) {
    assert_eq!(fold(body), (body.to_owned(), None));
}

#[test]
fn nothing_is_lost() {
    let body = "No.\n-- \nAnn\n\nOn Mon, 23 Nov 2026 at 10:00, Heard <f@acme.org> wrote:\n> We fixed it.";
    let (text, quoted) = fold(body);
    assert_eq!(text, "No.");
    assert_eq!(quoted.unwrap(), "--\nAnn\n\nOn Mon, 23 Nov 2026 at 10:00, Heard <f@acme.org> wrote:\n> We fixed it.");
    assert_eq!(fold(""), (String::new(), None));
}
